package import Diagnostics
package import RuleSyntax

/// The keys that a mapping of the rule language may have.
package struct MappingShape: Sendable {
    /// What the mapping is, with its article: `a rule`.
    package var subject: String

    /// The keys that are read.
    package var keys: [String]

    /// Keys of the language that this version does not read yet; they are refused, never ignored.
    package var notBuiltYet: [String]

    /// Creates a shape.
    package init(_ subject: String, keys: [String], notBuiltYet: [String] = []) {
        self.subject = subject
        self.keys = keys
        self.notBuiltYet = notBuiltYet
    }
}

/// A mapping whose keys have been held against its shape.
package struct MappingReader: Sendable {
    /// The mapping.
    package let node: YAMLNode

    private let shape: MappingShape
    private let entries: [String: YAMLEntry]

    /// Reads the keys of a mapping and reports those that are unknown or not built yet.
    ///
    /// - Returns: `nil` when the value is no mapping, which is reported.
    package init?(_ node: YAMLNode, as shape: MappingShape, reporting diagnostics: inout [Diagnostic]) {
        guard let mapping = node.mapping else {
            diagnostics.append(.wrongKind(node, wanted: "a mapping", of: shape.subject))
            return nil
        }
        var entries: [String: YAMLEntry] = [:]
        for entry in mapping {
            if shape.keys.contains(entry.key) {
                entries[entry.key] = entry
            } else if shape.notBuiltYet.contains(entry.key) {
                diagnostics.append(.notBuiltYet("'\(entry.key)'", at: entry.keySpan))
            } else {
                diagnostics.append(.unknownField(entry, of: shape))
            }
        }
        self.node = node
        self.shape = shape
        self.entries = entries
    }

    /// The entry of that key, if it is written.
    package subscript(key: String) -> YAMLEntry? {
        entries[key]
    }

    /// The value of that key, if it is written.
    package func value(_ key: String) -> YAMLNode? {
        entries[key]?.value
    }

    /// The value of a key that must be written; its absence is reported.
    package func required(
        _ key: String,
        help: String? = nil,
        reporting diagnostics: inout [Diagnostic]
    ) -> YAMLNode? {
        if let entry = entries[key] { return entry.value }
        diagnostics.append(
            Diagnostic(
                .missingField,
                message: "\(shape.subject) without '\(key)'",
                primary: Label("'\(key)' is missing here", at: node.firstLine),
                help: help
            )
        )
        return nil
    }
}

extension YAMLNode {
    /// The text of a scalar as written; anything else is reported.
    package func text(for subject: String, reporting diagnostics: inout [Diagnostic]) -> String? {
        guard let scalar else {
            diagnostics.append(.wrongKind(self, wanted: "text", of: subject))
            return nil
        }
        guard !scalar.text.isEmpty else {
            diagnostics.append(.emptyValue(self, of: subject))
            return nil
        }
        return scalar.text
    }

    /// The value as a list, where one that stands alone is a list of one.
    ///
    /// An empty list is reported.
    package func list(for subject: String, reporting diagnostics: inout [Diagnostic]) -> [YAMLNode] {
        switch content {
        case .sequence(let nodes):
            if nodes.isEmpty { diagnostics.append(.emptyValue(self, of: subject)) }
            return nodes
        case .scalar: return [self]
        case .mapping:
            diagnostics.append(.wrongKind(self, wanted: "text or a list", of: subject))
            return []
        }
    }

    /// The texts of one scalar or a list of them.
    package func texts(for subject: String, reporting diagnostics: inout [Diagnostic]) -> [(
        text: String, node: YAMLNode
    )] {
        list(for: subject, reporting: &diagnostics).compactMap { node in
            node.text(for: subject, reporting: &diagnostics).map { ($0, node) }
        }
    }

    /// The value as a list that must be written as one.
    package func elements(for subject: String, reporting diagnostics: inout [Diagnostic]) -> [YAMLNode] {
        guard let sequence else {
            diagnostics.append(.wrongKind(self, wanted: "a list", of: subject))
            return []
        }
        if sequence.isEmpty { diagnostics.append(.emptyValue(self, of: subject)) }
        return sequence
    }

    /// `true` or `false`.
    package func boolean(for subject: String, reporting diagnostics: inout [Diagnostic]) -> Bool? {
        if case .boolean(let value)? = scalar?.value { return value }
        diagnostics.append(.wrongKind(self, wanted: "true or false", of: subject))
        return nil
    }

    /// A whole number.
    package func integer(for subject: String, reporting diagnostics: inout [Diagnostic]) -> Int? {
        if case .integer(let value)? = scalar?.value, let integer = Int(exactly: value) { return integer }
        diagnostics.append(.wrongKind(self, wanted: "a whole number", of: subject))
        return nil
    }

    /// One of the words of an enumeration.
    package func word<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type,
        for subject: String,
        notBuiltYet: [String] = [],
        reporting diagnostics: inout [Diagnostic]
    ) -> Word? where Word.RawValue == String {
        guard let text = text(for: subject, reporting: &diagnostics) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue)
        if notBuiltYet.contains(text) {
            diagnostics.append(.notBuiltYet("'\(text)'", at: span))
        } else {
            diagnostics.append(.unknownValue(text, at: span, of: subject, words: words))
        }
        return nil
    }

    /// The first line of the value, for problems that concern the whole of it.
    package var firstLine: Span {
        let line = span.file.range(ofLine: span.line)
        return Span(
            span.file,
            span.bytes.lowerBound..<max(span.bytes.lowerBound, min(span.bytes.upperBound, line.upperBound))
        )
    }
}

extension Diagnostic {
    /// A value of another kind than its place takes.
    package static func wrongKind(_ node: YAMLNode, wanted: String, of subject: String, help: String? = nil)
        -> Diagnostic
    {
        Diagnostic(
            .wrongKind,
            message: "\(subject) must be \(wanted), not \(node.kindName)",
            primary: Label("this is \(node.kindName)", at: node.firstLine),
            help: help
        )
    }

    /// A list, mapping or text that must hold something.
    package static func emptyValue(_ node: YAMLNode, of subject: String) -> Diagnostic {
        Diagnostic(.emptyValue, message: "\(subject) is empty", primary: Label("nothing here", at: node.firstLine))
    }

    /// A word that is not one of those allowed.
    package static func unknownValue(_ text: String, at span: Span, of subject: String, words: [String]) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "\(subject) cannot be '\(text)'",
            primary: Label("not one of \(words.joined(separator: ", "))", at: span),
            help: Spelling.suggestion(for: text, among: words)
        )
    }

    /// A name that nothing defines.
    package static func unknownName(_ text: String, at span: Span, what: String, known: some Sequence<String>)
        -> Diagnostic
    {
        let known = known.sorted()
        let list = known.count <= 8 && !known.isEmpty ? "known: \(known.joined(separator: ", "))" : nil
        return Diagnostic(
            .unknownName,
            message: "unknown \(what) '\(text)'",
            primary: Label("nothing defines this name", at: span),
            help: Spelling.suggestion(for: text, among: known) ?? list
        )
    }

    /// Part of the rule language that this version does not have yet.
    package static func notBuiltYet(_ what: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .notBuiltYet,
            message: "\(what) is part of the rule language, but not built yet",
            primary: Label("this version cannot do it, and will not pretend to", at: span),
            help: "remove it, or use a later version of beckon"
        )
    }

    fileprivate static func unknownField(_ entry: YAMLEntry, of shape: MappingShape) -> Diagnostic {
        let all = shape.keys + shape.notBuiltYet
        let help =
            Spelling.suggestion(for: entry.key, among: all) ?? "known here: \(shape.keys.joined(separator: ", "))"
        return Diagnostic(
            .unknownField,
            message: "unknown field '\(entry.key)'",
            primary: Label("not a field of \(shape.subject)", at: entry.keySpan),
            help: help
        )
    }
}
