/// Values that a matcher compares with, asked together.
///
/// Text compares byte for byte: Swift's `==` would take two spellings of one accent for the same. A whole number equals the
/// same number with a fraction of zero; otherwise kinds never mix.
public struct LiteralSet: Sendable {
    /// The values in written order.
    public let literals: [Literal]

    private let keys: Set<LiteralKey>

    /// Creates a set.
    ///
    /// - Complexity: O(n) in the size of the values; asking is O(1), whatever the length of the list.
    public init(_ literals: [Literal]) {
        self.literals = literals
        keys = Set(literals.map { LiteralKey($0) })
    }

    /// Whether a value of an event is one of these.
    func contains(_ value: JSONScalar) -> Bool {
        LiteralKey(value).map { keys.contains($0) } ?? false
    }

    /// Whether a text is one of these.
    func contains(_ text: String) -> Bool {
        keys.contains(.text(ExactText(text)))
    }
}

extension LiteralSet: ExpressibleByArrayLiteral {
    /// Creates a set.
    public init(arrayLiteral elements: Literal...) {
        self.init(elements)
    }
}

/// A value in the form in which equal ones are the same.
private enum LiteralKey: Hashable, Sendable {
    case text(ExactText)
    case integer(Int64)
    case number(Double)
    case boolean(Bool)

    init(_ literal: Literal) {
        switch literal {
        case .string(let text): self = .text(ExactText(text))
        case .integer(let integer): self = .integer(integer)
        case .number(let number): self = Self.numeral(number)
        case .boolean(let boolean): self = .boolean(boolean)
        }
    }

    /// `nil` for lists and objects, which equal no literal.
    init?(_ value: JSONScalar) {
        switch value {
        case .string(let text): self = .text(ExactText(text))
        case .integer(let integer): self = .integer(integer)
        case .number(let number): self = Self.numeral(number)
        case .boolean(let boolean): self = .boolean(boolean)
        case .list, .object: return nil
        }
    }

    private static func numeral(_ number: Double) -> LiteralKey {
        Int64(exactly: number).map { .integer($0) } ?? .number(number)
    }
}

/// Text that equals only the same bytes.
struct ExactText: Hashable, Sendable {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (one: ExactText, other: ExactText) -> Bool {
        one.text.utf8.elementsEqual(other.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
