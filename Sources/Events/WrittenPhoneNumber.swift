/// A phone number as people and programs write it, reduced to its digits.
///
/// Rules and events are read by this one type, so that a number means the same in both. It knows how numbers are
/// written, not which ones exist: no country code is guessed here and no length is checked.
///
/// * Spaces of every width, hyphens and dashes, dots, slashes and brackets do not count, nor do the invisible characters
///   that phones copy along: directions, joiners, a byte order mark.
/// * Decimal digits of every script are digits: `+९१ ९९९९९ ००१०१`, `＋９１`.
/// * A plus sign stands in front, also inside a bracket: `(+91) 99999 00101`. So does the prefix 00 of international
///   calls, which is dropped, and `tel:`.
/// * A lone zero in brackets behind the country code is the one that is dialled only inside the country, and is dropped:
///   `+44 (0)20 7946 0018`. Italy's belongs to the number: `+39 (0)6 1234567`.
public struct WrittenPhoneNumber: Hashable, Sendable {
    /// The digits, at least one.
    public let digits: String

    /// Whether a plus sign or 00 says that the digits begin with a country code.
    public let isInternational: Bool

    /// Whether a zero in brackets was dropped.
    public let hadTrunkZero: Bool

    /// The country codes of Italy, San Marino and the Vatican, behind which a zero belongs to the number.
    private static let codesBeforeZero: Set<String> = ["39", "378", "379"]

    /// How many digits a country code has at most.
    private static let countryCodeMax = 3

    /// Reads a text; `nil` if it holds no digit, or anything that phone numbers do not hold.
    public init?(reading text: some StringProtocol) {
        guard var found = Scan(text), !found.digits.isEmpty else { return nil }
        // No country code begins with 0, and no number inside a country with 00.
        let hasPrefix =
            !found.hasPlus && found.digits.starts(with: "00") && found.digits.dropFirst(2).first ?? "0" != "0"
        if hasPrefix {
            found.digits.removeFirst(2)
            found.zeroInBrackets = found.zeroInBrackets.map { $0 - 2 }
        }
        isInternational = found.hasPlus || hasPrefix
        if let place = found.zeroInBrackets, (1...Self.countryCodeMax).contains(place),
            !Self.codesBeforeZero.contains(String(found.digits.prefix(place)))
        {
            found.digits.remove(at: found.digits.index(found.digits.startIndex, offsetBy: place))
            hadTrunkZero = true
        } else {
            hadTrunkZero = false
        }
        digits = found.digits
    }

    /// The digits of a text that may be part of a number only, such as `+91 (99)`; `nil` as in ``init(reading:)``.
    ///
    /// Nothing is dropped: `00` may be what the part begins with.
    public static func digits(inPart text: some StringProtocol) -> String? {
        Scan(text).flatMap { $0.digits.isEmpty ? nil : $0.digits }
    }
}

/// What stands in a text, before anything is concluded from it.
private struct Scan {
    var digits = ""
    var hasPlus = false

    /// How many digits stand before a zero that is alone in brackets.
    var zeroInBrackets: Int?

    init?(_ text: some StringProtocol) {
        var openBracket: Int?
        for scalar in Self.withoutScheme(text) {
            switch scalar {
            case "0"..."9":
                digits.unicodeScalars.append(scalar)
            case "+", "\u{FF0B}", "\u{FE62}":
                guard digits.isEmpty, !hasPlus else { return nil }
                hasPlus = true
            case "(", "\u{FF08}":
                openBracket = digits.utf8.count
            case ")", "\u{FF09}":
                if let open = openBracket, digits.utf8.count == open + 1, digits.hasSuffix("0") {
                    zeroInBrackets = open
                }
                openBracket = nil
            default:
                if let digit = scalar.decimalDigit {
                    digits.append(digit)
                } else if !scalar.isBetweenDigits {
                    return nil
                }
            }
        }
    }

    private static let scheme = "tel:"

    /// The text without white space at its ends and ``scheme`` in front.
    private static func withoutScheme(_ text: some StringProtocol) -> Substring.UnicodeScalarView {
        let all = Substring(text).unicodeScalars
        guard let first = all.firstIndex(where: { !$0.isInvisible }),
            let last = all.lastIndex(where: { !$0.isInvisible })
        else { return all[all.endIndex...] }
        let scalars = all[first...last]
        return Substring(scalars.prefix(scheme.count)).lowercased() == scheme
            ? scalars.dropFirst(scheme.count) : scalars
    }
}

extension Unicode.Scalar {
    /// The ASCII digit that a decimal digit of any script stands for.
    fileprivate var decimalDigit: Character? {
        guard properties.numericType == .decimal, let value = properties.numericValue else { return nil }
        return String(Int(value)).first
    }

    /// Whether a text may have it around a number: white space, or something that has no shape of its own.
    fileprivate var isInvisible: Bool {
        properties.isWhitespace || properties.generalCategory == .format
    }

    /// Whether a number may have it between its digits.
    fileprivate var isBetweenDigits: Bool {
        switch self {
        // The last three are the dot, slash and dash of full width that Japanese and Chinese keyboards give.
        case "\t", ".", "/", "\u{FF0E}", "\u{FF0F}", "\u{30FC}": true
        default:
            properties.generalCategory == .spaceSeparator || properties.generalCategory == .format || properties.isDash
        }
    }
}
