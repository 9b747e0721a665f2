import Diagnostics
import Patterns
import RuleSyntax

extension MatcherReader {
    /// The keywords of a value: words and phrases, a list by its name, or both mixed.
    func keywords(
        _ entry: YAMLEntry,
        _ options: MatcherOptions,
        _ diagnostics: inout [Diagnostic]
    ) -> KeywordSet {
        var keywords: [Keyword] = []
        for node in elements(entry.value, &diagnostics) {
            if node.mapping != nil {
                keywords += listed(node, &diagnostics)
            } else if let text = node.text(for: "a keyword", reporting: &diagnostics),
                let keyword = keyword(text, at: node.span, &diagnostics)
            {
                keywords.append(keyword)
            }
        }
        return KeywordSet(keywords, options: options.keywords)
    }

    /// A keyword or a reference to a list may stand alone or in a list.
    private func elements(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> [YAMLNode] {
        node.mapping == nil ? node.list(for: "a keyword list", reporting: &diagnostics) : [node]
    }

    /// The entries of the list that stands among keywords as `{ list: NAME }`.
    private func listed(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> [Keyword] {
        guard let reader = MappingReader(node, as: Language.listOfKeywords, reporting: &diagnostics),
            let name = reader.required("list", help: "{ list: vip }", reporting: &diagnostics),
            let list = list(named: name, for: "'list'", &diagnostics)
        else { return [] }
        var found: [Diagnostic] = []
        let keywords = list.compactMap { keyword($0.text, at: $0.span, &found) }
        diagnostics += found.prefix(Self.entryProblemsShownMax)
        return keywords
    }

    private func keyword(_ text: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> Keyword? {
        do throws(KeywordProblem) {
            return try Keyword(text)
        } catch {
            diagnostics.append(.keyword(text, error, at: span))
            return nil
        }
    }
}

extension Diagnostic {
    fileprivate static func keyword(_ text: String, _ problem: KeywordProblem, at span: Span) -> Diagnostic {
        let fault = text == "*" ? "is a star alone" : "cannot be looked for"
        return Diagnostic(
            .emptyKeyword,
            message: "keyword '\(text.prefix(keywordLengthShown))' \(fault)",
            primary: Label("no text could hold it", at: span),
            help: problem.reason
        )
    }

    /// How much of a keyword is repeated in a message; the longest of them are refused for their length.
    private static let keywordLengthShown = 60
}
