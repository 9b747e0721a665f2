import Diagnostics
import Events
import RuleEngine
import RuleSyntax

/// Reads what a rule says about itself: all keys but `when` and `then`.
struct RulePass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        let days = DayReading(timezone: draft.settings.timezone, now: draft.now)
        var places: [String: Span] = [:]
        for section in draft.sections[.rules] {
            let nodes = section.value.elements(for: "'rules'", reporting: &diagnostics)
            draft.rules.reserveCapacity(draft.rules.count + nodes.count)
            for node in nodes {
                var found: [Diagnostic] = []
                guard let fields = MappingReader(node, as: Language.rule, reporting: &found) else {
                    diagnostics += found
                    continue
                }
                var rule = RuleDraft(fields: fields)
                rule.rule = read(fields, days, draft.settings.format, &places, &found)
                rule.hasErrors = found.hasErrors || node.holdsProblem
                draft.rules.append(rule)
                diagnostics += found
            }
        }
    }

    private func read(
        _ fields: MappingReader,
        _ days: DayReading,
        _ format: InputFormat,
        _ places: inout [String: Span],
        _ diagnostics: inout [Diagnostic]
    ) -> Rule? {
        let id = readID(fields, &places, &diagnostics)
        let source = fields.node.span
        var rule = Rule(
            id: id ?? "",
            when: nil,
            then: [],
            span: fields["id"]?.value.span ?? fields.node.firstLine,
            source: source,
            version: source.digest
        )
        rule.description = text("description", fields, &diagnostics)
        rule.owner = text("owner", fields, &diagnostics)
        if let node = fields.value("tags") {
            rule.tags = node.texts(for: "a tag", reporting: &diagnostics).map(\.text)
        }
        if let node = fields.value("on") { rule.on = node.eventTypes(in: format, reporting: &diagnostics) }
        if let node = fields.value("mode"),
            let mode = node.word(RuleMode.self, for: "'mode'", reporting: &diagnostics)
        {
            rule.mode = mode
        }
        if let node = fields.value("priority"),
            let priority = node.integer(
                for: "'priority'",
                help: "write a number; rules with a higher one are decided first",
                reporting: &diagnostics
            )
        {
            rule.priority = priority
        }
        if let node = fields.value("stop"), let stops = node.boolean(forKey: "stop", reporting: &diagnostics) {
            rule.stops = stops
        }
        rule.group = text("group", fields, &diagnostics)
        if let node = fields.value("otherwise") { rule.otherwise = otherwise(node, &diagnostics) }
        if let node = fields.value("expires") { rule.expiry = days.expiry(node, &diagnostics) }
        return id == nil ? nil : rule
    }

    private func text(_ key: String, _ fields: MappingReader, _ diagnostics: inout [Diagnostic]) -> String? {
        fields.value(key)?.text(for: "'\(key)'", reporting: &diagnostics)
    }

    private func readID(
        _ fields: MappingReader,
        _ places: inout [String: Span],
        _ diagnostics: inout [Diagnostic]
    ) -> String? {
        guard let node = fields.required("id", help: "id: what-the-rule-does", reporting: &diagnostics),
            let id = node.text(for: "'id'", reporting: &diagnostics)
        else { return nil }
        if !id.isKebabCase { diagnostics.append(.malformedID(id, at: node.span)) }
        if let first = places[id] {
            diagnostics.append(.duplicateID(id, first: first, second: node.span))
        } else {
            places[id] = node.span
        }
        return id
    }

    /// `true`, or the tags of the rules that must have left the event alone.
    private func otherwise(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> Otherwise? {
        switch node.scalar?.value {
        case .boolean(true): return .anyRule
        case .boolean(false): return nil
        case nil:
            let tags = node.elements(for: "'otherwise'", help: "otherwise: true", reporting: &diagnostics)
                .compactMap { $0.text(for: "a tag", reporting: &diagnostics) }
            return .tags(Set(tags))
        default:
            let help = "write 'otherwise: true', or a list of tags: 'otherwise: [\(node.scalar?.text ?? "")]'"
            diagnostics.refuse(node, wanted: "true, false or a list of tags", of: "'otherwise'", help: help)
            return nil
        }
    }
}

extension String {
    /// Whether the text consists of lower-case words and digits joined by single hyphens.
    fileprivate var isKebabCase: Bool {
        var isInWord = false
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): isInWord = true
            case UInt8(ascii: "-") where isInWord: isInWord = false
            default: return false
            }
        }
        return isInWord
    }

    /// The text in kebab case, as far as it can be told.
    fileprivate var kebabCased: String {
        var words = [""]
        var lastWasLower = false
        for character in self {
            let isWord = character.isASCII && (character.isLetter || character.isNumber)
            if !isWord || (character.isUppercase && lastWasLower), words.last?.isEmpty == false { words.append("") }
            if isWord { words[words.count - 1] += character.lowercased() }
            lastWasLower = character.isLowercase
        }
        return words.filter { !$0.isEmpty }.joined(separator: "-")
    }
}

extension Diagnostic {
    fileprivate static func malformedID(_ id: String, at span: Span) -> Diagnostic {
        let likely = id.kebabCased
        return Diagnostic(
            .malformedID,
            message: "id '\(id)' is not in kebab case",
            primary: Label("lower-case letters and digits, joined by single hyphens", at: span),
            help: likely.isEmpty ? nil : "write '\(likely)'"
        )
    }
}
