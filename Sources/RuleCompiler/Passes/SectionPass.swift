import Diagnostics
import RuleSyntax

/// Sorts the top-level keys of all files into sections.
struct SectionPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        for parsed in draft.files.files {
            guard let root = parsed.root else { continue }
            guard let reader = MappingReader(root, as: Language.file, reporting: &diagnostics) else { continue }
            for name in Sections.Name.allCases {
                // A key with nothing behind it is what is left when somebody has commented its value out.
                guard let entry = reader[name.rawValue], entry.value.scalar?.value != .null else { continue }
                draft.sections[name].append(entry)
            }
        }
    }
}
