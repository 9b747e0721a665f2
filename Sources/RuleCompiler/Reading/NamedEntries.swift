import Diagnostics
import RuleSyntax

extension Draft {
    /// The entries of a section of names in all files; a name defined twice is reported with both places.
    func namedEntries(of section: Sections.Name, reporting diagnostics: inout [Diagnostic]) -> [YAMLEntry] {
        var first: [String: Span] = [:]
        var entries: [YAMLEntry] = []
        for entry in sections[section] {
            guard let mapping = entry.value.mapping else {
                diagnostics.refuse(entry.value, wanted: "a mapping of names", of: "'\(section.rawValue)'")
                continue
            }
            for named in mapping {
                if let place = first[named.key] {
                    diagnostics.append(.duplicateID(named.key, first: place, second: named.keySpan))
                } else {
                    first[named.key] = named.keySpan
                    entries.append(named)
                }
            }
        }
        return entries
    }
}
