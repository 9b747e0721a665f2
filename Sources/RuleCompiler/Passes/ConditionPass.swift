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
            rule.rule?.when = reader.condition(entry, &found)
            if reader.hasUsedBrokenCondition { rule.hasErrors = true }
        }
        draft.conditions = reader
    }
}
