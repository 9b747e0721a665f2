import Diagnostics
import RuleEngine
import RuleSyntax

/// Reads the named conditions, then those of rules.
struct ConditionPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        let named = draft.namedEntries(of: .conditions, reporting: &diagnostics)
        var reader = ConditionReader(draft, named: named)
        for entry in named { reader.readNamed(entry.key, &diagnostics) }
        draft.forEachRule(reporting: &diagnostics) { rule, found in
            guard let entry = rule.fields["when"] else { return }
            guard !entry.value.isNothing else {
                found.refuseEmpty(entry.value, of: "'when'", help: "leave 'when' out to take every event")
                return
            }
            rule.rule?.when = reader.condition(entry, &found)
            if reader.hasUsedBrokenCondition { rule.hasErrors = true }
        }
    }
}

extension YAMLNode {
    /// Whether nothing is written, or a mapping without keys.
    fileprivate var isNothing: Bool { scalar?.value == .null || mapping?.isEmpty == true }
}
