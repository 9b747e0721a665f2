/// Why a text is not a whole phone number.
public enum PhoneNumberProblem: Error, Hashable, Sendable {
    /// It holds something that phone numbers do not hold.
    case notANumber(String)

    /// It is longer than any number with country code; the digits it has.
    case wrongLength(Int)

    /// Numbers of its country have another length; the digits it has behind the country code.
    case wrongLengthInCountry(Int, NumberingPlan)

    /// It begins with no country code that exists; its first digits, and the number that was probably meant.
    case unknownCountryCode(String, likely: PhoneNumber?)

    /// It has no country code; the number that was probably meant.
    case noCountryCode(likely: PhoneNumber?)

    /// Between country code and number stand digits that are dialled only inside the country; those, and the number
    /// without them.
    case trunkPrefix(String, likely: PhoneNumber)

    /// It has a zero in brackets, as if it were dialled only inside the country, and there is none in that country.
    case noTrunkZero(NumberingPlan)

    /// It is a number of the business's own country as well as one that begins with a country code.
    case ambiguous(PhoneNumber, PhoneNumber)
}
