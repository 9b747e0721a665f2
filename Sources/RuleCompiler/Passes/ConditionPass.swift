import Diagnostics
import Directory
import Events
import RuleEngine
import RuleSyntax

/// Reads the conditions of rules.
struct ConditionPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        let matchers = MatcherReader(directory: draft.directory)
        draft.forEachRule(reporting: &diagnostics) { rule, found in
            guard let entry = rule.fields["when"] else { return }
            guard !entry.value.isNothing else {
                found.refuseEmpty(entry.value, of: "'when'", help: "leave 'when' out to take every event")
                return
            }
            rule.rule?.when = condition(entry, matchers, &found)
        }
    }

    private static let connectives = ["all", "any", "none", "not"]
    /// A mapping of conditions that must all hold; one that stands alone is itself.
    private func condition(
        _ entry: YAMLEntry,
        _ matchers: MatcherReader,
        _ diagnostics: inout [Diagnostic]
    ) -> Condition? {
        condition(entry.value, whole: Span(entry.keySpan, through: entry.value.span), matchers, &diagnostics)
    }

    private func condition(
        _ node: YAMLNode,
        whole: Span,
        _ matchers: MatcherReader,
        _ diagnostics: inout [Diagnostic]
    ) -> Condition? {
        let help = node.sequence.map { _ in "remove the '- ', or write 'all:' above the list" }
        guard let reader = MappingReader(node, as: Language.condition, help: help, reporting: &diagnostics),
            let entries = node.mapping
        else { return nil }
        if entries.isEmpty { diagnostics.refuseEmpty(node, of: "a condition") }
        let parts = entries.filter { reader[$0.key] != nil }.flatMap { self.parts($0, matchers, &diagnostics) }
        return parts.count == 1 ? parts[0] : Condition(.all(parts), span: whole)
    }

    /// What one key of a condition asks for; several for `fields`, which lists several.
    private func parts(
        _ entry: YAMLEntry,
        _ matchers: MatcherReader,
        _ diagnostics: inout [Diagnostic]
    ) -> [Condition] {
        let span = Span(entry.keySpan, through: entry.value.span)
        if let name = EventName(spelling: entry.key), EventName.inConditions.contains(name) {
            return [Condition(.name(name, matchers.matcher(entry.value, of: .name(name), &diagnostics)), span: span)]
        }
        switch entry.key {
        case "fields": return fields(entry.value, matchers, &diagnostics)
        case "not":
            guard let part = condition(entry, matchers, &diagnostics) else { return [] }
            return [Condition(.not(part), span: span)]
        case "all": return [Condition(.all(conditions(entry, matchers, &diagnostics)), span: span)]
        case "any": return [Condition(.any(conditions(entry, matchers, &diagnostics)), span: span)]
        case "none": return [Condition(.none(conditions(entry, matchers, &diagnostics)), span: span)]
        default: return []
        }
    }

    private func conditions(
        _ entry: YAMLEntry,
        _ matchers: MatcherReader,
        _ diagnostics: inout [Diagnostic]
    ) -> [Condition] {
        guard entry.value.mapping == nil else {
            diagnostics.append(.connectiveNeedsList(entry))
            return []
        }
        return entry.value.elements(for: "'\(entry.key)'", reporting: &diagnostics).compactMap { node in
            condition(node, whole: node.span, matchers, &diagnostics)
        }
    }

    private func fields(
        _ node: YAMLNode,
        _ matchers: MatcherReader,
        _ diagnostics: inout [Diagnostic]
    ) -> [Condition] {
        guard let entries = node.mapping else {
            diagnostics.refuse(
                node,
                wanted: "a mapping of paths",
                of: "'fields'",
                help: "fields: { contact.name: Asha }"
            )
            return []
        }
        if entries.isEmpty { diagnostics.refuseEmpty(node, of: "'fields'") }
        return entries.compactMap { entry in
            let matcher = matchers.matcher(entry.value, of: .field, &diagnostics)
            do throws(FieldPathProblem) {
                let path = try FieldPath(parsing: entry.key)
                return Condition(.field(path, matcher), span: Span(entry.keySpan, through: entry.value.span))
            } catch {
                diagnostics.append(.malformedPath(entry.key, error, at: entry.keySpan))
                return nil
            }
        }
    }
}

extension YAMLNode {
    /// Whether nothing is written, or a mapping without keys.
    fileprivate var isNothing: Bool { scalar?.value == .null || mapping?.isEmpty == true }
}

extension Span {
    /// From the start of one span to the end of another of the same file.
    ///
    /// An alias stands where it is used, so both always are in one file; were they not, the first is the better answer.
    init(_ start: Span, through end: Span) {
        let upper = end.file == start.file ? max(start.bytes.upperBound, end.bytes.upperBound) : start.bytes.upperBound
        self.init(start.file, start.bytes.lowerBound..<upper)
    }
}

extension Diagnostic {
    fileprivate static func connectiveNeedsList(_ entry: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .wrongKind,
            message: "'\(entry.key)' must be a list of conditions, not a mapping",
            primary: Label("each condition begins with '- '", at: entry.value.firstLine),
            help: "\(entry.key): [{ text: { keywords: [refund] } }, { kind: image }]"
        )
    }
}
