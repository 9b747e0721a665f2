import Diagnostics
import Directory
import RuleSyntax

/// Reads the business numbers, which the settings may name.
struct NumberPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        for entry in draft.namedEntries(of: .businessNumbers, reporting: &diagnostics) {
            guard
                let text = entry.value.text(for: "a business number", reporting: &diagnostics),
                let phone = PhoneNumber(
                    text,
                    at: entry.value.span,
                    countryCode: draft.countryCode,
                    reporting: &diagnostics
                )
            else {
                draft.directory.brokenNames.insert(entry.key)
                continue
            }
            draft.directory.businessNumbers.append(BusinessNumber(name: entry.key, phone: phone))
        }
    }
}
