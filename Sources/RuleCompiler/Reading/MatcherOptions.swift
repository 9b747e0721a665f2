import Diagnostics
import Patterns
import RuleSyntax

/// The keys of a matcher that say how the others compare.
struct MatcherOptions {
    /// Whether literals and patterns match without regard to case.
    private(set) var ignoresCase = false

    /// How keywords are looked for.
    private(set) var keywords = KeywordOptions()

    /// The keys that `ignore_case` changes.
    private static let caseKeys = ["equals", "in", "in_list", "contains", "starts_with", "ends_with", "matches"]

    /// The keys that the options of keywords change.
    private static let keywordKeys = ["keywords", "all_keywords", "only_keywords"]

    /// What `accents` and `stretched` may be set to.
    private enum Leniency: String, CaseIterable {
        case ignore
    }

    /// Reads the options of a matcher, and warns of those that no key beside them heeds.
    init(_ reader: MappingReader, reporting diagnostics: inout [Diagnostic]) {
        let besideKeywords = Self.keywordKeys.lazy.compactMap { reader[$0] }.first
        if let entry = reader["ignore_case"],
            let value = entry.value.boolean(forKey: entry.key, reporting: &diagnostics)
        {
            ignoresCase = value
            if !Self.caseKeys.contains(where: { reader[$0] != nil }) {
                diagnostics.append(.ignoreCaseAlone(entry, besideKeywords: besideKeywords))
            }
        }
        keywords = KeywordOptions(
            typos: reader["typos"].flatMap { Self.typos($0, &diagnostics) } ?? 0,
            ignoresAccents: Self.isIgnored("accents", reader, &diagnostics),
            ignoresStretching: Self.isIgnored("stretched", reader, &diagnostics)
        )
        for key in ["typos", "accents", "stretched"] where besideKeywords == nil {
            if let entry = reader[key] { diagnostics.append(.keywordOptionAlone(entry)) }
        }
    }

    private static func typos(_ entry: YAMLEntry, _ diagnostics: inout [Diagnostic]) -> Int? {
        let help = "write 0, 1 or 2: how many wrong letters a word may have"
        guard let typos = entry.value.integer(for: "'typos'", help: help, reporting: &diagnostics) else { return nil }
        guard (0...KeywordOptions.typosMax).contains(typos) else {
            diagnostics.append(
                .malformed(String(typos), at: entry.value.span, what: "a count of typos", example: "0, 1 or 2")
            )
            return nil
        }
        return typos
    }

    private static func isIgnored(
        _ key: String,
        _ reader: MappingReader,
        _ diagnostics: inout [Diagnostic]
    ) -> Bool {
        reader[key]?.value.word(Leniency.self, for: "'\(key)'", reporting: &diagnostics) != nil
    }
}

extension Diagnostic {
    fileprivate static func ignoreCaseAlone(_ entry: YAMLEntry, besideKeywords: YAMLEntry?) -> Diagnostic {
        Diagnostic(
            .withoutEffect,
            severity: .warning,
            message: "'ignore_case' changes nothing here",
            primary: Label("no key beside it looks at case", at: entry.keySpan),
            help: besideKeywords.map { "'\($0.key)' always ignores case; remove 'ignore_case'" }
        )
    }

    fileprivate static func keywordOptionAlone(_ entry: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .withoutEffect,
            severity: .warning,
            message: "'\(entry.key)' changes nothing here",
            primary: Label("no keywords stand beside it", at: entry.keySpan),
            help: "it is for 'keywords', 'all_keywords' and 'only_keywords'"
        )
    }
}
