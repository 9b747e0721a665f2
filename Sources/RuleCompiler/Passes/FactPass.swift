import Diagnostics
import Events
import RuleEngine
import RuleSyntax
import Templates

/// Reads what is remembered: of whom, which events set and clear it, what it is, and for how long.
struct FactPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        guard let conditions = draft.conditions else { return }
        var events = EventSelectorReader(conditions, format: draft.settings.format)
        for entry in draft.factEntries {
            events.forgetBrokenCondition()
            var found: [Diagnostic] = []
            let fact = fact(entry, draft, &events, &found)
            if let fact, !found.hasErrors, !events.hasUsedBrokenCondition, !entry.value.holdsProblem {
                draft.facts.append(FactDraft(fact: fact, entry: entry))
            }
            diagnostics += found
        }
        draft.conditions = events.conditions
    }

    private func fact(
        _ entry: YAMLEntry,
        _ draft: Draft,
        _ events: inout EventSelectorReader,
        _ diagnostics: inout [Diagnostic]
    ) -> Fact? {
        let help = "\(entry.key): { set: { on: add-tag, when: { tag: VIP } } }"
        guard let fields = MappingReader(entry.value, as: Language.fact, help: help, reporting: &diagnostics) else {
            return nil
        }
        let per = fields.value("per").flatMap { $0.grouping(reporting: &diagnostics) } ?? .conversation
        let set = fields.required("set", help: help, reporting: &diagnostics)
            .flatMap { selector($0, of: "set", &events, &diagnostics) }
        let clear = fields.value("clear").flatMap { selector($0, of: "clear", &events, &diagnostics) }
        let duration = fields.value("for").flatMap { $0.duration(for: "'for'", &diagnostics) }
        guard let set else { return nil }
        var fact = Fact(name: entry.key, per: per, set: set, clear: clear, duration: duration, meaning: "")
        if let node = fields.value("value") { fact.value = value(node, set: set, draft, &diagnostics) }
        if !diagnostics.hasErrors, !events.hasUsedBrokenCondition {
            events.withMeanings { fact.giveMeaning(fields, &$0) }
        }
        return fact
    }

    private func selector(
        _ node: YAMLNode,
        of key: String,
        _ events: inout EventSelectorReader,
        _ diagnostics: inout [Diagnostic]
    ) -> EventSelector? {
        let help = "\(key): { on: add-tag, when: { tag: VIP } }"
        guard let mapping = node.mapping else {
            diagnostics.refuse(node, wanted: "a mapping", of: "'\(key)'", help: help)
            return nil
        }
        if mapping.isEmpty { diagnostics.refuseEmpty(node, of: "'\(key)'", help: help) }
        guard let fields = MappingReader(node, as: Language.step, reporting: &diagnostics) else { return nil }
        return events.selector(fields, on: .only([EventType.messageReceived]), &diagnostics)
    }

    /// What is remembered; `nil` for `true`, which is what is remembered where nothing is written.
    private func value(
        _ node: YAMLNode,
        set: EventSelector,
        _ draft: Draft,
        _ diagnostics: inout [Diagnostic]
    ) -> BoundTemplate? {
        guard let text = node.text(for: "'value'", reporting: &diagnostics), text != FactValue.yes.text else {
            return nil
        }
        let reader = TemplateReader(
            tables: draft.tables,
            unusableTables: draft.unusableTables,
            facts: Set(draft.factEntries.map(\.key)),
            events: TemplateEvents(settingFact: set)
        )
        if let template = reader.template(text, in: node, &diagnostics) { return template }
        // A text without tags is remembered as it is.
        return (try? Template(parsing: text)).map { BoundTemplate($0, references: [:]) }
    }
}
