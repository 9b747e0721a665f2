/// A scalar by the YAML 1.2 core schema (YAML 1.2.2, section 10.3.2).
public enum CoreSchemaValue: Hashable, Sendable {
    /// `null`, `~` or nothing at all.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A whole number that fits 64 bits.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// Everything else.
    case string(String)

    /// Resolves a plain scalar.
    ///
    /// YAML 1.1 reads `on` as true, `18:30` as 1110 and `0123` as 83; the core schema reads two texts and 123.
    public init(plain text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .boolean(true)
        case "false", "False", "FALSE": self = .boolean(false)
        default: self = Self.number(text) ?? .string(text)
        }
    }

    private static func number(_ text: String) -> CoreSchemaValue? {
        switch text {
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .number(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .number(-.infinity)
        case ".nan", ".NaN", ".NAN": return .number(.nan)
        default: break
        }
        if text.hasPrefix("0o") { return digits(text.dropFirst(2), radix: 8, allowed: "0"..."7") }
        if text.hasPrefix("0x") { return hexadecimal(text.dropFirst(2)) }
        return decimal(text)
    }

    private static func digits(
        _ text: Substring,
        radix: Int,
        allowed: ClosedRange<Character>
    ) -> CoreSchemaValue? {
        guard !text.isEmpty, text.allSatisfy({ allowed.contains($0) && $0.isASCII }) else { return nil }
        return Int64(text, radix: radix).map { .integer($0) } ?? .number(.infinity)
    }

    private static func hexadecimal(_ text: Substring) -> CoreSchemaValue? {
        guard !text.isEmpty, text.utf8.allSatisfy(\.isHexadecimalDigit) else { return nil }
        return Int64(text, radix: 16).map { .integer($0) } ?? .number(.infinity)
    }

    /// `[-+]?[0-9]+` is a whole number; `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?` is a number.
    private static func decimal(_ text: String) -> CoreSchemaValue? {
        var rest = text.utf8[...]
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let whole = rest.prefix { $0.isDecimalDigit }
        rest = rest.dropFirst(whole.count)
        if rest.isEmpty {
            guard !whole.isEmpty else { return nil }
            return Int64(text).map { .integer($0) } ?? Double(text).map { .number($0) }
        }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            let fraction = rest.prefix { $0.isDecimalDigit }
            guard !whole.isEmpty || !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(fraction.count)
        } else if whole.isEmpty {
            return nil
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            guard !rest.isEmpty, rest.allSatisfy(\.isDecimalDigit) else { return nil }
            rest = rest.dropFirst(rest.count)
        }
        guard rest.isEmpty else { return nil }
        return Double(text.hasSuffix(".") ? text + "0" : text).map { .number($0) }
    }
}

extension UInt8 {
    fileprivate var isDecimalDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    fileprivate var isHexadecimalDigit: Bool {
        isDecimalDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
    }
}
