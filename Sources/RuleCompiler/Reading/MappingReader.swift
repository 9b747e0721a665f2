package import Diagnostics
package import RuleSyntax

/// A mapping whose keys have been held against its shape.
package struct MappingReader: Sendable {
    /// The mapping.
    package let node: YAMLNode

    private let shape: MappingShape
    /// All entries.
    ///
    /// A shape knows a handful of keys, which are found faster by looking at each than by hashing.
    private let entries: [YAMLEntry]

    /// The keys that the shape does not know, or that are not built yet.
    private let unread: Set<String>

    /// The keys that unknown ones were probably meant to be; that they are missing is the same mistake.
    private let misspelt: Set<String>

    /// Reads the keys of a mapping and reports those that are unknown or not built yet.
    ///
    /// Fails when the value is no mapping, which is reported with the help given.
    package init?(
        _ node: YAMLNode,
        as shape: MappingShape,
        help: String? = nil,
        reporting diagnostics: inout [Diagnostic]
    ) {
        guard let mapping = node.mapping else {
            diagnostics.refuse(node, wanted: "a mapping", of: shape.subject, help: help)
            return nil
        }
        var unread: Set<String> = []
        var misspelt: Set<String> = []
        for entry in mapping where !shape.keys.contains(entry.key) {
            unread.insert(entry.key)
            if shape.notBuiltYet.contains(entry.key) {
                diagnostics.append(.notBuiltYet("'\(entry.key)'", at: entry.keySpan))
            } else {
                let likely = shape.likely(entry.key)
                diagnostics.append(.unknownField(entry, of: shape, likely: likely))
                if let likely { misspelt.insert(likely) }
            }
        }
        self.node = node
        self.shape = shape
        self.entries = mapping
        self.unread = unread
        self.misspelt = misspelt
    }

    /// The entry of that key, if it is written.
    package subscript(key: String) -> YAMLEntry? {
        position(of: key).map { entries[$0] }
    }

    /// The value of that key, if it is written.
    package func value(_ key: String) -> YAMLNode? {
        position(of: key).map { entries[$0].value }
    }

    private func position(of key: String) -> Int? {
        unread.contains(key) ? nil : entries.firstIndex(of: key)
    }

    /// Whether the key is written, or an unknown one was probably meant to be it.
    func isMeant(_ key: String) -> Bool { position(of: key) != nil || misspelt.contains(key) }

    /// The value of a key that must be written; its absence is reported.
    package func required(
        _ key: String,
        help: String? = nil,
        reporting diagnostics: inout [Diagnostic]
    ) -> YAMLNode? {
        if let value = value(key) { return value }
        guard !misspelt.contains(key), !node.isIncomplete else { return nil }
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
            diagnostics.refuse(self, wanted: "text", of: subject)
            return nil
        }
        guard !scalar.text.isEmpty else {
            diagnostics.refuseEmpty(self, of: subject)
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
            if nodes.isEmpty { diagnostics.refuseEmpty(self, of: subject) }
            return nodes
        case .scalar: return [self]
        case .mapping:
            diagnostics.refuse(self, wanted: "text or a list", of: subject)
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

    /// The value as a list that must be written as one; anything else is reported with the help given.
    package func elements(
        for subject: String,
        help: String? = nil,
        reporting diagnostics: inout [Diagnostic]
    ) -> [YAMLNode] {
        guard let sequence else {
            diagnostics.refuse(self, wanted: "a list", of: subject, help: help)
            return []
        }
        if sequence.isEmpty { diagnostics.refuseEmpty(self, of: subject) }
        return sequence
    }

    /// What a key is set to: `true` or `false`.
    package func boolean(forKey key: String, reporting diagnostics: inout [Diagnostic]) -> Bool? {
        if case .boolean(let value)? = scalar?.value { return value }
        // Words that YAML 1.1 read as true and false, and people still write.
        let likely: Bool? =
            switch scalar?.text.lowercased() {
            case "yes", "on", "y", "true": true
            case "no", "off", "n", "false": false
            default: nil
            }
        let help = likely.map { "write '\(key): \($0)'" }
        diagnostics.refuse(self, wanted: "true or false", of: "'\(key)'", help: help)
        return nil
    }

    /// A whole number; anything else is reported with the help given.
    package func integer(
        for subject: String,
        help: String? = nil,
        reporting diagnostics: inout [Diagnostic]
    ) -> Int? {
        if case .integer(let value)? = scalar?.value, let integer = Int(exactly: value) { return integer }
        if case .number? = scalar?.value, let text = scalar?.text {
            diagnostics.append(.noWholeNumber(text, at: span, of: subject, help: help))
        } else {
            diagnostics.refuse(self, wanted: "a whole number", of: subject, help: help)
        }
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

extension [Diagnostic] {
    /// Reports a value of another kind than its place takes, unless part of it was refused before.
    package mutating func refuse(_ node: YAMLNode, wanted: String, of subject: String, help: String? = nil) {
        guard !node.isIncomplete else { return }
        append(
            Diagnostic(
                .wrongKind,
                message: "\(subject) must be \(wanted), not \(node.kindName)",
                primary: Label("this is \(node.kindName)", at: node.firstLine),
                help: help
            )
        )
    }

    /// Reports a list, mapping or text that must hold something, unless part of it was refused before.
    package mutating func refuseEmpty(_ node: YAMLNode, of subject: String, help: String? = nil) {
        guard !node.isIncomplete else { return }
        append(
            Diagnostic(
                .emptyValue,
                message: "\(subject) is empty",
                primary: Label("nothing here", at: node.firstLine),
                help: help
            )
        )
    }
}

extension Diagnostic {
    /// A number with a fraction, or one that is larger than any that is counted with.
    fileprivate static func noWholeNumber(_ text: String, at span: Span, of subject: String, help: String?)
        -> Diagnostic
    {
        Diagnostic(
            .wrongKind,
            message: "\(subject) must be a whole number, not '\(text)'",
            primary: Label("it has a fraction, or is too large", at: span),
            help: help
        )
    }

    /// A word that is not one of those allowed.
    package static func unknownValue(_ text: String, at span: Span, of subject: String, words: [String]) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "\(subject) cannot be '\(text)'",
            primary: Label(
                words.count == 1 ? "only '\(words[0])' belongs here" : "not one of \(words.joined(separator: ", "))",
                at: span
            ),
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

    fileprivate static func unknownField(_ entry: YAMLEntry, of shape: MappingShape, likely: String?) -> Diagnostic {
        Diagnostic(
            .unknownField,
            message: "unknown field '\(entry.key)'",
            primary: Label("not a field of \(shape.subject)", at: entry.keySpan),
            help: likely.map { "did you mean '\($0)'?" }
                ?? (shape.keys.contains("when") && Language.condition.keys.contains(entry.key)
                    ? "conditions stand under 'when': 'when: { \(entry.key): … }'"
                    : "known here: \(shape.keys.joined(separator: ", "))")
        )
    }
}
