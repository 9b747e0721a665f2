import Diagnostics
import Events
import Patterns
import RuleEngine

/// What a rule asks for, as it is written or, where that is too long, with what matters of it.
struct ExplanationSource {
    /// How many columns there are.
    let columns: Int

    /// The leaf of a condition with its key.
    func text(_ condition: ConditionExplanation) -> String {
        let written = condition.span.text.shown
        guard case .value(let value) = condition.form else { return line(written).shortened(to: columns) }
        let prefix = value.subject.prefix
        let line = prefix + written
        if isOneLine(condition.span.text), DisplayWidth.of(line) <= columns { return line }
        let key = prefix + value.subject.spelling.shown + ": "
        let room = max(20, columns - DisplayWidth.of(key))
        return (key + matcher(value.clauses, room)).shortened(to: columns)
    }

    private func matcher(_ clauses: [ClauseExplanation], _ columns: Int) -> String {
        if clauses.count == 1, let only = clauses.first, key(of: only) == nil {
            return clause(only, key: nil, columns)
        }
        var options: [String] = []
        for option in clauses.flatMap({ $0.test.options }) where !options.contains(option) { options.append(option) }
        let fixed = options.reduce(4) { $0 + DisplayWidth.of($1) + 2 }
        let share = max(16, (columns - fixed) / max(1, clauses.count) - 2)
        let parts = clauses.map { self.clause($0, key: key(of: $0), share) } + options
        return "{ \(parts.joined(separator: ", ")) }"
    }

    /// One clause with its key.
    func text(_ clause: ClauseExplanation) -> String {
        self.clause(clause, key: key(of: clause), columns)
    }

    private func clause(_ clause: ClauseExplanation, key: String?, _ columns: Int) -> String {
        let written = clause.span.text.shown
        if isOneLine(clause.span.text), DisplayWidth.of(written) <= columns { return written }
        let prefix = key.map { "\($0): " } ?? ""
        if case .not = clause.test { return prefix + matcher(clause.parts, max(16, columns - prefix.count)) }
        guard let items = clause.test.items else { return line(written).shortened(to: columns) }
        // What was found stands first: with thousands of keywords it is the one that matters.
        let found = clause.foundItems
        let ordered = found + items.filter { !found.contains($0) }
        return prefix + list(ordered, max(12, columns - prefix.count))
    }

    /// A list of which as much is shown as fits.
    private func list(_ items: [String], _ columns: Int) -> String {
        let shown = items.map { $0.quotedForYAML.shown }
        let whole = "[\(shown.joined(separator: ", "))]"
        guard DisplayWidth.of(whole) > columns else { return whole }
        var parts: [String] = []
        var width = 2
        for (index, item) in shown.enumerated() {
            let more = "… \(items.count - index - 1) more"
            let itemWidth = DisplayWidth.of(item) + 2
            guard width + itemWidth + more.count <= columns else { break }
            parts.append(item)
            width += itemWidth
        }
        if parts.isEmpty, let first = shown.first {
            parts.append(first.shortened(to: max(4, columns - 2 - "… \(items.count - 1) more, ".count)))
        }
        let left = items.count - parts.count
        return "[\((left > 0 ? parts + ["… \(left) more"] : parts).joined(separator: ", "))]"
    }

    /// The key that a clause is written with; a scalar or a list alone has none.
    private func key(of clause: ClauseExplanation) -> String? {
        let text = clause.span.text
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let word = text[..<colon].trimmingQuotes
        return clause.test.keys.contains(word) ? word : nil
    }

    private func isOneLine(_ text: String) -> Bool { !text.contains(where: \.isNewline) }

    private func line(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension ValueExplanation.Subject {
    /// The name or path as it is written.
    var spelling: String {
        switch self {
        case .name(let name): name.spelling
        case .field(let path): path.description
        case .fact(let name): name
        }
    }

    /// What stands before it where it is spoken of alone.
    var prefix: String {
        switch self {
        case .name: ""
        case .field: "fields."
        case .fact: "facts."
        }
    }
}

extension ClauseExplanation {
    /// What was found of what was asked for, as it is written there.
    fileprivate var foundItems: [String] {
        switch finding {
        case .literal(let literal, _): [literal]
        case .pattern(let source, _, _): [source]
        case .fault(_, let pattern): [pattern]
        case .keywords(let found, let missing): missing + found.map(\.keyword)
        case .nothing: []
        }
    }
}

extension Matcher.Test {
    /// The keys that the test can be written with.
    fileprivate var keys: [String] {
        switch self {
        case .equals: ["equals", "in", "in_list"]
        case .literal(let relation, _, _): [relation.rawValue]
        case .matches: ["matches"]
        case .keywords: ["keywords"]
        case .allKeywords: ["all_keywords"]
        case .onlyKeywords: ["only_keywords"]
        case .compares(let comparison, _): [comparison.rawValue]
        case .exists: ["exists"]
        case .isKind: ["is"]
        case .not: ["not"]
        }
    }

    /// The values that the test lists.
    fileprivate var items: [String]? {
        switch self {
        case .equals(let literals, _): literals.literals.map(\.text)
        case .literal(_, let literals, _): literals
        case .matches(let patterns): patterns.map(\.source)
        case .keywords(let set), .allKeywords(let set), .onlyKeywords(let set): set.keywords.map(\.text)
        case .compares, .exists, .isKind, .not: nil
        }
    }

    /// The keys beside it that change how it compares.
    fileprivate var options: [String] {
        switch self {
        case .equals(_, true), .literal(_, _, true): return ["ignore_case: true"]
        case .matches(let patterns):
            return patterns.first?.options.contains(.ignoreCase) == true ? ["ignore_case: true"] : []
        case .keywords(let set), .allKeywords(let set), .onlyKeywords(let set):
            var options: [String] = []
            if set.options.typos > 0 { options.append("typos: \(set.options.typos)") }
            if set.options.ignoresAccents { options.append("accents: ignore") }
            if set.options.ignoresStretching { options.append("stretched: ignore") }
            return options
        case .equals, .literal, .compares, .exists, .isKind, .not: return []
        }
    }
}

extension Literal {
    /// The value as it is written.
    var text: String {
        switch self {
        case .string(let text): text
        case .integer(let integer): String(integer)
        case .number(let number): String(number)
        case .boolean(let boolean): String(boolean)
        }
    }
}

extension StringProtocol {
    fileprivate var trimmingQuotes: String {
        String(drop { $0 == "\"" || $0 == "'" || $0 == " " }.prefix { $0 != "\"" && $0 != "'" && $0 != " " })
    }
}

extension String {
    /// The text as an item of a flow list: in quotation marks where it would be taken for something else.
    fileprivate var quotedForYAML: String {
        let marks = Set<Character>(",[]{}:#'\"&*!|>%@`\n\r\t")
        guard isEmpty || first == " " || last == " " || contains(where: marks.contains) else { return self }
        if last == "*", !dropLast().contains(where: marks.contains) { return self }
        var writer = JSONWriter()
        writer.string(self)
        return writer.text
    }
}
