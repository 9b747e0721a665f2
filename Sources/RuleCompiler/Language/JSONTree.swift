import Events
import RuleSyntax

/// A JSON value that keeps the order of its members and prints itself for people.
package indirect enum JSONTree: Hashable, Sendable {
    /// Text.
    case string(String)
    /// A whole number.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// True or false.
    case boolean(Bool)
    /// Nothing.
    case null
    /// Values in order.
    case list([JSONTree])
    /// Members in order.
    case object([Member])

    /// A member of an object.
    package struct Member: Hashable, Sendable {
        /// The key.
        package var key: String
        /// The value.
        package var value: JSONTree

        /// Creates a member.
        package init(_ key: String, _ value: JSONTree) {
            self.key = key
            self.value = value
        }
    }

    /// The value of a member of an object.
    package subscript(key: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The object with further members behind its own.
    func adding(_ members: [Member]) -> JSONTree {
        guard case .object(let own) = self else { return self }
        return .object(own + members)
    }

    /// A list of texts.
    static func strings(_ texts: some Sequence<String>) -> JSONTree {
        .list(texts.map { .string($0) })
    }
}

extension JSONTree: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
    /// Creates an object.
    package init(dictionaryLiteral elements: (String, JSONTree)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    /// Creates a list.
    package init(arrayLiteral elements: JSONTree...) {
        self = .list(elements)
    }

    /// Creates text.
    package init(stringLiteral value: String) {
        self = .string(value)
    }

    /// Creates a whole number.
    package init(integerLiteral value: Int64) {
        self = .integer(value)
    }

    /// Creates `true` or `false`.
    package init(booleanLiteral value: Bool) {
        self = .boolean(value)
    }
}

extension JSONTree {
    /// A value of YAML, by the core schema.
    init(_ node: YAMLNode) {
        switch node.content {
        case .sequence(let nodes): self = .list(nodes.map { JSONTree($0) })
        case .mapping(let entries): self = .object(entries.map { Member($0.key, JSONTree($0.value)) })
        case .scalar(let scalar):
            switch scalar.value {
            case .null: self = .null
            case .boolean(let value): self = .boolean(value)
            case .integer(let value): self = .integer(value)
            case .number(let value): self = .number(value)
            case .string(let text): self = .string(text)
            }
        }
    }

    /// The value on one line.
    var line: String {
        switch self {
        case .list(let elements): return "[\(elements.map(\.line).joined(separator: ", "))]"
        case .object(let members):
            guard !members.isEmpty else { return "{}" }
            return "{ \(members.map { "\(Self.text($0.key)): \($0.value.line)" }.joined(separator: ", ")) }"
        case .string(let text): return Self.text(text)
        case .integer(let value): return Self.text(value)
        case .number(let value): return Self.text(value)
        case .boolean(let value): return Self.text(value)
        case .null: return "null"
        }
    }

    private static func text(_ value: some JSONWritable) -> String {
        var writer = JSONWriter()
        value.write(to: &writer)
        return writer.text
    }

    /// What fits a line of this width stands on one.
    private static let lineWidth = 120

    /// The value over as many lines as it needs, two spaces a level; without a line feed at the end.
    package var pretty: String {
        var text = ""
        write(to: &text, indent: 0, used: 0)
        return text
    }

    private func write(to text: inout String, indent: Int, used: Int) {
        let line = line
        let isLong = indent + used + line.count > Self.lineWidth
        switch self {
        case .list(let elements) where isLong:
            write(elements.map { ("", $0) }, between: "[", and: "]", to: &text, indent: indent)
        case .object(let members) where isLong || holdsObjects:
            let parts = members.map { (Self.text($0.key) + ": ", $0.value) }
            write(parts, between: "{", and: "}", to: &text, indent: indent)
        default: text += line
        }
    }

    /// Whether a member is an object with members, which reads better on lines of its own.
    private var holdsObjects: Bool {
        guard case .object(let members) = self else { return false }
        return members.contains { member in
            guard case .object(let inner) = member.value else { return false }
            return !inner.isEmpty
        }
    }

    private func write(
        _ parts: [(label: String, value: JSONTree)],
        between opening: String,
        and closing: String,
        to text: inout String,
        indent: Int
    ) {
        text += opening + "\n"
        for (index, part) in parts.enumerated() {
            text += String(repeating: " ", count: indent + 2) + part.label
            part.value.write(to: &text, indent: indent + 2, used: part.label.count + 1)
            text += index == parts.count - 1 ? "\n" : ",\n"
        }
        text += String(repeating: " ", count: indent) + closing
    }
}
