import Diagnostics
import RuleEngine
import RuleSyntax

/// Warns of facts that nothing asks for.
struct FactUsePass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        // What could not be read may ask for any of them.
        guard !diagnostics.hasErrors, !draft.files.diagnostics.hasErrors else { return }
        guard !draft.facts.isEmpty else { return }
        let named = draft.rules.flatMap { $0.rule?.then ?? [] }.flatMap(\.settings).flatMap(\.source.templates)
        let used = (named + draft.facts.compactMap(\.fact.value)).reduce(into: draft.conditions?.factsUsed ?? []) {
            $0.formUnion($1.factNames)
        }
        for fact in draft.facts where !used.contains(fact.entry.key) {
            diagnostics.append(.unusedFact(fact.entry))
        }
    }
}

extension BoundTemplate {
    /// The facts that it names.
    fileprivate var factNames: [String] {
        references.values.compactMap { reference in
            guard case .fact(let name) = reference else { return nil }
            return name
        }
    }
}

extension Diagnostic {
    fileprivate static func unusedFact(_ entry: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .withoutEffect,
            severity: .warning,
            message: "no rule asks for the fact '\(entry.key)'",
            primary: Label("it is remembered for nothing", at: entry.keySpan),
            help: "ask for it, 'when: { facts: { \(entry.key): … } }' or '{{facts.\(entry.key)}}', or remove it"
        )
    }
}
