/// A phone number with its country code.
///
/// Only the digits count: `+91 99999 00101` and `919999900101` are one number. What people write is read by
/// ``init(written:countryCode:)``, which never guesses: a number without a country code is a problem that carries the
/// likely correction.
public struct PhoneNumber: Hashable, Sendable {
    /// The digits with country code, without a plus sign.
    public let digits: String

    /// The shortest and longest number with country code (ITU-T E.164 allows 15 digits; 8 leaves out short codes).
    public static let digitCounts = 8...15

    /// The length from which a number without a plus sign is taken to begin with its country code.
    ///
    /// Shorter ones are what people write inside their own country: ten digits in India and North America.
    static let bareDigitsMin = 11

    /// Creates a number from digits with country code, as events and the API carry them.
    public init?(digits: String) {
        guard Self.digitCounts.contains(digits.utf8.count), digits.utf8.allSatisfy(\.isASCIIDigit),
            !digits.hasPrefix("0")
        else { return nil }
        self.digits = digits
    }

    /// Reads a number as people write it.
    ///
    /// Spaces, hyphens, dots and brackets do not count. A number that begins with `+` has its country code; one without is
    /// read only if it has at least eleven digits and does not begin with 0.
    ///
    /// - Parameters:
    ///   - text: The number as written.
    ///   - countryCode: The country code of the business, for the correction that the problem suggests.
    /// - Throws: Why the text is not a whole phone number.
    public init(written text: String, countryCode: String? = nil) throws(PhoneNumberProblem) {
        guard text.unicodeScalars.contains(where: { $0.properties.numericType == .decimal }) else {
            throw .notANumber(text)
        }
        var digits = ""
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            switch scalar {
            case "0"..."9": digits.unicodeScalars.append(scalar)
            case "+" where offset == 0: continue
            case " ", "-", ".", "(", ")", "/", "\u{A0}", "\u{2011}", "\u{2010}": continue
            default: throw .notANumber(text)
            }
        }
        if text.hasPrefix("+") {
            guard let number = PhoneNumber(digits: digits) else { throw .wrongLength(digits.count) }
            self = number
        } else if digits.hasPrefix("00") {
            throw .noCountryCode(likely: PhoneNumber(digits: String(digits.dropFirst(2))))
        } else if digits.hasPrefix("0") || digits.utf8.count < Self.bareDigitsMin {
            let national = digits.drop { $0 == "0" }
            throw .noCountryCode(likely: countryCode.flatMap { PhoneNumber(digits: $0 + national) })
        } else {
            guard let number = PhoneNumber(digits: digits) else { throw .wrongLength(digits.count) }
            self = number
        }
    }

    /// The digits of a phone number however it is written; `nil` when it holds letters or nothing.
    ///
    /// For comparing what a rule names with what an event carries: `+91 (99999) 00-001` is `919999900001`.
    public static func comparableDigits(of text: String) -> String? {
        var digits = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9": digits.unicodeScalars.append(scalar)
            case "+", " ", "-", ".", "(", ")", "/", "\u{A0}", "\u{2011}", "\u{2010}": continue
            default: return nil
            }
        }
        return digits.isEmpty ? nil : digits
    }

    /// The number with its plus sign, grouped for reading: `+91 99999 00101`.
    ///
    /// Groups of five for the ten digits behind a known short country code, else groups of up to four from the right.
    public var formatted: String {
        let code = Self.countryCode(of: digits)
        let national = Array(digits.dropFirst(code.count))
        let group = national.count == 10 ? 5 : 4
        var groups: [String] = []
        var rest = national[...]
        while !rest.isEmpty {
            groups.append(String(rest.prefix(group)))
            rest = rest.dropFirst(group)
        }
        return "+" + ([code] + groups).joined(separator: " ")
    }

    /// The country code that a number begins with.
    ///
    /// The zones of ITU-T E.164: 1 and 7 stand alone, some codes have two digits, all others three.
    public static func countryCode(of digits: String) -> String {
        let one = String(digits.prefix(1))
        if one == "1" || one == "7" { return one }
        let two = String(digits.prefix(2))
        return twoDigitCodes.contains(two) ? two : String(digits.prefix(3))
    }

    private static let twoDigitCodes: Set<String> = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
        "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
        "86", "90", "91", "92", "93", "94", "95", "98",
    ]
}

/// Why a text is not a whole phone number.
public enum PhoneNumberProblem: Error, Hashable, Sendable {
    /// It holds something that phone numbers do not hold.
    case notANumber(String)

    /// It is shorter or longer than any number with country code; the digits it has.
    case wrongLength(Int)

    /// It has no country code; the number that was probably meant.
    case noCountryCode(likely: PhoneNumber?)
}

extension UInt8 {
    fileprivate var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
