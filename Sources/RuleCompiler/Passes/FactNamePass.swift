import Diagnostics
import RuleSyntax

/// Finds out which facts there are, since conditions ask for them by name.
struct FactNamePass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        draft.factEntries = draft.namedEntries(of: .facts, reporting: &diagnostics)
        for entry in draft.factEntries { entry.checkTemplateName(of: "a fact", reporting: &diagnostics) }
    }
}
