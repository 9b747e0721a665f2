import Diagnostics
import RuleCompiler
import RuleEngine
import RuleSyntax

/// Reads what is remembered when a test begins.
struct GivenReader {
    private let compilation: Compilation

    init(_ compilation: Compilation) {
        self.compilation = compilation
    }

    /// The facts that are given, in written order.
    func facts(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> [GivenFact] {
        let help = "given: { facts: { vip: true } }"
        guard let fields = MappingReader(node, as: Language.given, help: help, reporting: &diagnostics),
            let facts = fields.required("facts", help: help, reporting: &diagnostics)
        else { return [] }
        guard let entries = facts.mapping else {
            diagnostics.refuse(facts, wanted: "a mapping", of: "'facts'", help: help)
            return []
        }
        if entries.isEmpty { diagnostics.refuseEmpty(facts, of: "'facts'", help: help) }
        return entries.compactMap { fact($0, &diagnostics) }
    }

    private func fact(_ entry: YAMLEntry, _ diagnostics: inout [Diagnostic]) -> GivenFact? {
        let known = compilation.program.facts
        guard let fact = known.first(where: { $0.name == entry.key }) else {
            // While rule files have errors of their own, a fact that is missing here may be one of them.
            if !compilation.diagnostics.hasErrors {
                let names = known.map(\.name)
                diagnostics.append(.unknownName(entry.key, at: entry.keySpan, what: "fact", known: names))
            }
            return nil
        }
        let value = fact.value == nil ? yes(entry, &diagnostics) : text(entry, &diagnostics)
        return value.map { GivenFact(name: fact.name, value: $0) }
    }

    /// What is remembered under a fact without a `value`.
    private func yes(_ entry: YAMLEntry, _ diagnostics: inout [Diagnostic]) -> FactValue? {
        if case .boolean(let isSet)? = entry.value.scalar?.value {
            if !isSet { diagnostics.append(.givenAsFalse(entry)) }
            return isSet ? .yes : nil
        }
        let help = "it has no 'value', so it only tells that it was set: \(entry.key): true"
        diagnostics.refuse(entry.value, wanted: "true", of: "fact '\(entry.key)'", help: help)
        return nil
    }

    /// What is remembered under a fact with a `value`, which is a text whatever it looks like.
    private func text(_ entry: YAMLEntry, _ diagnostics: inout [Diagnostic]) -> FactValue? {
        switch entry.value.scalar?.value {
        case .boolean(false): diagnostics.append(.givenAsFalse(entry))
        case .boolean(true):
            let help = "it has a 'value': write what is remembered, as templates see it"
            diagnostics.refuse(entry.value, wanted: "text", of: "fact '\(entry.key)'", help: help)
        default: return entry.value.text(for: "fact '\(entry.key)'", reporting: &diagnostics).map { .text($0) }
        }
        return nil
    }
}

extension Diagnostic {
    fileprivate static func givenAsFalse(_ entry: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "fact '\(entry.key)' cannot be false",
            primary: Label("a fact is remembered, or it is not there", at: entry.value.span),
            help: "leave '\(entry.key)' out: without it nothing is remembered"
        )
    }
}
