import Diagnostics
import RuleSyntax

extension YAMLEntry {
    /// Whether templates can name what stands under the key; a dot would end its name there, which is reported.
    @discardableResult
    func checkTemplateName(of what: String, reporting diagnostics: inout [Diagnostic]) -> Bool {
        let isName = !key.isEmpty && key.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        if !isName { diagnostics.append(.malformedTemplateName(self, of: what)) }
        return isName
    }
}

extension Diagnostic {
    fileprivate static func malformedTemplateName(_ entry: YAMLEntry, of what: String) -> Diagnostic {
        Diagnostic(
            .malformedID,
            message: "'\(entry.key)' cannot be the name of \(what)",
            primary: Label("a name has letters, digits, '-' and '_'", at: entry.keySpan)
        )
    }
}
