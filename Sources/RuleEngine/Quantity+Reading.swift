import Events

extension Quantity {
    /// Reads a bound as it is written in a rule: `5`, `15m`, `2026-01-31`, `2026-01-31T10:00:00Z`.
    public init?(written text: String) {
        if let number = Self.number(text) {
            self = .number(number)
        } else if let seconds = Self.seconds(text) {
            self = .duration(seconds: seconds)
        } else if let date = Instant(iso8601: text) {
            self = .date(date)
        } else {
            return nil
        }
    }

    /// The number that a text wholly is; `nil` for words that a lenient reader would take, such as `inf` or `0x10`.
    static func number(_ text: String) -> Double? {
        guard let first = text.utf8.first, let last = text.utf8.last, last != UInt8(ascii: ".") else { return nil }
        let digitsOrSign = first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: ".")
        guard digitsOrSign || (0x30...0x39).contains(first) else { return nil }
        let isNumeral = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "+") || byte | 0x20 == UInt8(ascii: "e")
        }
        guard isNumeral, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// The seconds of a length of time: a number with `s`, `m`, `h` or `d`.
    public static func seconds(_ text: String) -> Double? {
        guard let unit = text.last, let seconds = secondsByUnit[unit] else { return nil }
        let digits = text.dropLast()
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Double(digits)
        else { return nil }
        return count * seconds
    }

    /// A length of time as people write it, in the largest unit that it is a multiple of: `3600` is `1h`.
    public static func written(seconds: Int) -> String {
        let unit = secondsByUnit.filter { seconds.isMultiple(of: Int($0.value)) }.max { $0.value < $1.value }
        guard let unit, seconds != 0 else { return "\(seconds)s" }
        return "\(seconds / Int(unit.value))\(unit.key)"
    }

    private static let secondsByUnit: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]

    /// Whether a value stands on that side of this bound; one on another scale stands on none.
    ///
    /// Whole numbers compare as such: as `Double`, those beyond 2^53 would run together.
    func compares(_ value: LentScalar, _ comparison: Matcher.Comparison) -> Bool {
        if case (.number(let bound), .integer(let integer)) = (self, value), let whole = Int64(exactly: bound) {
            return comparison.holds(integer, whole)
        }
        return scale(value).map { comparison.holds($0.value, $0.bound) } ?? false
    }

    /// Where a value stands to this bound: the two on a common scale, or `nil` when they have none.
    func scale(_ value: LentScalar) -> (value: Double, bound: Double)? {
        if case .text(let text) = value { return scale(of: unsafe String(decoding: text, as: UTF8.self)) }
        switch (self, value) {
        case (.number(let bound), .integer(let integer)): return (Double(integer), bound)
        case (.number(let bound), .number(let number)): return (number, bound)
        case (.duration(let bound), .integer(let integer)): return (Double(integer), bound)
        case (.duration(let bound), .number(let number)): return (number, bound)
        default: return nil
        }
    }

    private func scale(of text: String) -> (value: Double, bound: Double)? {
        switch self {
        case .number(let bound): Self.number(text).map { ($0, bound) }
        case .duration(let bound): (Self.seconds(text) ?? Self.number(text)).map { ($0, bound) }
        case .date(let bound): Instant(iso8601: text).map { (Double($0.milliseconds), Double(bound.milliseconds)) }
        }
    }
}

/// A value of an event as clauses look at it.
enum JSONScalar: Sendable {
    case string(String)
    case integer(Int64)
    case number(Double)
    case boolean(Bool)
    case list
    case object

    /// `nil` for `null`, which conditions treat as missing.
    init?(_ value: JSONValue) {
        switch value.kind {
        case .null: return nil
        case .string: self = .string(value.string ?? "")
        case .boolean: self = .boolean(value.boolean ?? false)
        case .list: self = .list
        case .object: self = .object
        case .number:
            if let integer = value.integer { self = .integer(integer) } else { self = .number(value.number ?? .nan) }
        }
    }

    var kind: JSONValue.Kind {
        switch self {
        case .string: .string
        case .integer, .number: .number
        case .boolean: .boolean
        case .list: .list
        case .object: .object
        }
    }
}
