public import Diagnostics

/// A YAML value with its place in the file.
///
/// The tree keeps what rule files need and a data model would lose: where everything stands, how a scalar was quoted, and
/// the text of every scalar as written. What a scalar *means* is asked of ``YAMLScalar/value``, by the YAML 1.2 core schema.
public struct YAMLNode: Sendable {
    /// What the value is.
    public enum Content: Sendable {
        /// A single value.
        case scalar(YAMLScalar)
        /// Values in order.
        case sequence([YAMLNode])
        /// Keys with values in order; each key once.
        case mapping([YAMLEntry])
    }

    /// What the value is.
    public var content: Content

    /// Where it stands; for an alias, where the alias stands.
    public var span: Span

    /// Whether part of the value was left out since it is no YAML that rule files use.
    ///
    /// That has been reported. Whoever finds the value to be of another kind than it wants, or empty, says nothing more of it.
    package internal(set) var isIncomplete = false

    /// Whether anything was reported while the value was read, here or below.
    package internal(set) var holdsProblem = false

    /// How large the value is with all aliases spelt out.
    let expanded: ExpandedSize

    /// Creates a plain scalar that stands in no YAML, such as a value of the environment.
    package init(plain text: String, span: Span) {
        content = .scalar(YAMLScalar(text: text, style: .plain))
        self.span = span
        expanded = ExpandedSize()
    }

    init(content: Content, span: Span, expanded: ExpandedSize) {
        self.content = content
        self.span = span
        self.expanded = expanded
    }

    /// The scalar, if the value is one.
    public var scalar: YAMLScalar? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar
    }

    /// The elements, if the value is a sequence.
    public var sequence: [YAMLNode]? {
        guard case .sequence(let nodes) = content else { return nil }
        return nodes
    }

    /// The entries, if the value is a mapping.
    public var mapping: [YAMLEntry]? {
        guard case .mapping(let entries) = content else { return nil }
        return entries
    }

    /// What the value is, as a diagnostic names it: `a list`, `a number`.
    public var kindName: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.value {
            case .null: "nothing"
            case .boolean: "true or false"
            case .integer, .number: "a number"
            case .string: "text"
            }
        }
    }
}

/// How large a value is with all its aliases spelt out, as whoever walks the tree will meet it.
struct ExpandedSize: Sendable {
    /// The number of values, itself included.
    private(set) var count = 1

    /// The number of levels, its own included.
    private(set) var depth = 1

    /// Takes a value of this size into one that holds it.
    mutating func hold(_ part: ExpandedSize) {
        count += part.count
        depth = max(depth, part.depth + 1)
    }
}

/// One `key: value`.
public struct YAMLEntry: Sendable {
    /// The key as written, without quotes.
    public var key: String

    /// Where the key stands.
    public var keySpan: Span

    /// The value.
    public var value: YAMLNode
}

extension [YAMLEntry] {
    /// The position of the first entry that has this key.
    ///
    /// Looks at keys where they lie: an entry that is taken out to be looked at is counted half a dozen times.
    package func firstIndex(of key: String) -> Int? {
        indices.first { self[$0].key == key }
    }
}

/// A single value: its text, and how it was written.
public struct YAMLScalar: Sendable {
    /// How a scalar was written.
    public enum Style: Sendable {
        /// Without quotes.
        case plain
        /// In single quotes.
        case singleQuoted
        /// In double quotes.
        case doubleQuoted
        /// As a block with `|`.
        case literal
        /// As a block with `>`.
        case folded
    }

    /// The text, quotes and escapes resolved.
    public var text: String

    /// How it was written.
    public var style: Style

    /// What the scalar means by the YAML 1.2 core schema; text unless it is plain.
    ///
    /// `on`, `off`, `yes`, `no`, `18:30` and dates are text. Where a rule takes text, it reads ``text`` and never this.
    public var value: CoreSchemaValue {
        style == .plain ? CoreSchemaValue(plain: text) : .string(text)
    }
}
