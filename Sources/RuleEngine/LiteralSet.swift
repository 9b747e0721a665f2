/// Values that a matcher compares with, asked together.
///
/// Text compares byte for byte: Swift's `==` would take two spellings of one accent for the same. A whole number equals the
/// same number with a fraction of zero; otherwise kinds never mix.
public struct LiteralSet: Sendable {
    /// The values in written order.
    public let literals: [Literal]

    private let texts: ByteTable
    private let others: Set<LiteralKey>

    /// Creates a set.
    ///
    /// - Complexity: O(n) in the size of the values; asking is O(1), whatever the length of the list.
    public init(_ literals: [Literal]) {
        self.literals = literals
        texts = ByteTable(literals.lazy.compactMap(\.text))
        others = Set(literals.lazy.compactMap { LiteralKey($0) })
    }

    /// Whether a value of an event is one of these.
    func contains(_ value: LentScalar) -> Bool {
        guard case .text(let text) = value else { return LiteralKey(value).map { others.contains($0) } ?? false }
        return unsafe contains(text)
    }

    /// Whether a text is one of these.
    func contains(_ text: UnsafeRawBufferPointer) -> Bool {
        unsafe texts.position(of: text) != nil
    }
}

extension LiteralSet: ExpressibleByArrayLiteral {
    /// Creates a set.
    public init(arrayLiteral elements: Literal...) {
        self.init(elements)
    }
}

extension Literal {
    fileprivate var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }
}

/// A value other than text in the form in which equal ones are the same.
enum LiteralKey: Hashable, Sendable {
    case integer(Int64)
    case number(Double)
    case boolean(Bool)

    /// `nil` for text.
    init?(_ literal: Literal) {
        switch literal {
        case .string: return nil
        case .integer(let integer): self = .integer(integer)
        case .number(let number): self = Self.numeral(number)
        case .boolean(let boolean): self = .boolean(boolean)
        }
    }

    /// `nil` for text, and for lists and objects, which equal no literal.
    init?(_ value: LentScalar) {
        switch value {
        case .integer(let integer): self = .integer(integer)
        case .number(let number): self = Self.numeral(number)
        case .boolean(let boolean): self = .boolean(boolean)
        case .text, .list, .object: return nil
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
