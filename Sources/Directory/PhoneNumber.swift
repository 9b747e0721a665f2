import Events

/// A phone number with its country code.
///
/// Only the digits count: `+91 99999 00101` and `919999900101` are one number. What people write is read by
/// ``init(written:countryCode:)``, which never guesses: a number without a country code is a problem that carries the
/// likely correction. Which codes exist and how long numbers are comes from ``NumberingPlan``.
///
/// ```swift
/// try PhoneNumber(written: "(+91) 99999-00101").digits            // 919999900101
/// try PhoneNumber(written: "09999900101", countryCode: "91")      // throws .noCountryCode(likely: 919999900101)
/// try PhoneNumber(written: "+91 99999 0010")                      // throws .wrongLengthInCountry(9, …)
/// ```
public struct PhoneNumber: Hashable, Sendable {
    /// The digits with country code, without a plus sign.
    public let digits: String

    /// The shortest and longest number with country code.
    public static let digitCounts = PhoneDigits.lengthRange

    /// The length from which a number without a plus sign is taken to begin with its country code.
    ///
    /// Shorter ones are what people write inside their own country: ten digits in India and North America.
    static let bareDigitsMin = 11

    /// Creates a number from digits with country code, as events and the API carry them.
    ///
    /// Whether such a number exists is not asked, so that no event depends on the age of numbering data.
    public init?(digits: String) {
        guard Self.digitCounts.contains(digits.utf8.count), digits.utf8.allSatisfy(\.isASCIIDigit),
            !digits.hasPrefix("0")
        else { return nil }
        self.digits = digits
    }

    /// Reads a number as people write it.
    ///
    /// The ways of writing are those of `WrittenPhoneNumber`. A number that begins with `+`, or with the prefix 00, has its
    /// country code; one without is read only if it has at least eleven digits, does not begin with 0, and is no number
    /// inside the business's own country as well.
    ///
    /// The country code must exist, and subscribers' numbers behind it must have so many digits, or the number must lie in
    /// a range that the numbering data know. Nothing finer is asked: new ranges are given out before data know them.
    ///
    /// - Parameters:
    ///   - text: The number as written.
    ///   - countryCode: The country code of the business, for the correction that the problem suggests.
    /// - Throws: Why the text is not a whole phone number.
    public init(written text: String, countryCode: String? = nil) throws(PhoneNumberProblem) {
        guard let written = WrittenPhoneNumber(reading: text) else { throw .notANumber(text) }
        let digits = written.digits
        let home = countryCode.flatMap { NumberingPlan(countryCode: $0) }
        guard written.isInternational || (digits.utf8.count >= Self.bareDigitsMin && !digits.hasPrefix("0")) else {
            throw .noCountryCode(likely: home?.number(dialled: digits))
        }
        let number: PhoneNumber
        do throws(PhoneNumberProblem) {
            number = try Self.number(of: written, home)
        } catch {
            // It may have been meant as a number inside the business's country after all.
            guard !written.isInternational, let likely = home?.number(dialled: digits) else { throw error }
            throw .noCountryCode(likely: likely)
        }
        if !written.isInternational, let home, !digits.hasPrefix(home.countryCode), home.isKnown(digits),
            let other = PhoneNumber(digits: home.countryCode + digits)
        {
            throw .ambiguous(other, number)
        }
        self = number
    }

    /// The number that begins with its country code.
    private static func number(
        of written: WrittenPhoneNumber,
        _ home: NumberingPlan?
    ) throws(PhoneNumberProblem) -> PhoneNumber {
        guard let plan = NumberingPlan(of: written.digits) else {
            throw .unknownCountryCode(
                String(written.digits.prefix(NumberingPlan.countryCodeMax)),
                likely: home?.number(dialled: written.digits)
            )
        }
        return try plan.number(of: written)
    }

    /// The digits of a phone number however it is written; `nil` when it holds letters or nothing.
    ///
    /// For comparing what a rule names with what an event carries: `+91 (99999) 00-001` is `919999900001`. Neither country
    /// code nor length is checked.
    public static func comparableDigits(of text: String) -> String? {
        WrittenPhoneNumber(reading: text)?.digits
    }

    /// The digits of a text that may be only a part of a number; `nil` when it holds letters or nothing.
    ///
    /// For `starts_with` and its like: in `00101` the zeros are no prefix of international calls.
    public static func comparableDigits(ofPart text: String) -> String? {
        WrittenPhoneNumber.digits(inPart: text)
    }

    /// The number with its plus sign, grouped as in its country: `+91 99999 00101`.
    ///
    /// Without groups where the numbering data do not know the country code, or would show other digits.
    public var formatted: String {
        let formatted = NumberingPlan(of: digits)?.formatted(digits) ?? ""
        return Self.comparableDigits(of: formatted) == digits ? formatted : "+\(digits)"
    }

    /// The country code that a number begins with; its first three digits where there is no such code.
    public static func countryCode(of digits: String) -> String {
        NumberingPlan(of: digits)?.countryCode ?? String(digits.prefix(NumberingPlan.countryCodeMax))
    }
}

extension UInt8 {
    fileprivate var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
