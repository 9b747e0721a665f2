import Diagnostics
import Patterns
import RuleSyntax

extension MatcherReader {
    /// The regexes of a value, compiled.
    func patterns(_ node: YAMLNode, ignoringCase: Bool, _ diagnostics: inout [Diagnostic]) -> [Pattern] {
        node.list(for: "'matches'", reporting: &diagnostics).compactMap { node in
            guard let text = regex(node, &diagnostics) else { return nil }
            if let control = text.unicodeScalars.first(where: { $0.isControlInPattern }) {
                diagnostics.append(.controlCharacter(control, in: node))
                return nil
            }
            do throws(PatternProblem) {
                let pattern = try Pattern(text, options: ignoringCase ? .ignoreCase : [])
                if pattern.matchesEverything { diagnostics.append(.matchesEverything(node)) }
                let escapes = pattern.wordEscapes()
                if let first = escapes.first { diagnostics.append(.wordEscape(first, of: escapes, pattern, in: node)) }
                if looksForSlowPatterns, let slow = pattern.slowText() { diagnostics.append(.slow(slow, in: node)) }
                return pattern
            } catch {
                diagnostics.append(.patternSyntax(error, in: node))
                return nil
            }
        }
    }

    /// The text of a regex, which may be empty in quotes: PCRE2 compiles it, so it is no error.
    private func regex(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> String? {
        if let scalar = node.scalar, scalar.text.isEmpty, scalar.style != .plain { return scalar.text }
        return node.text(for: "'matches'", reporting: &diagnostics)
    }
}

extension Unicode.Scalar {
    /// Whether the character is one that nobody means to write into a regex.
    ///
    /// White space is: patterns with `(?x)` are written over several lines.
    fileprivate var isControlInPattern: Bool {
        properties.generalCategory == .control && !["\t", "\n", "\r"].contains(self)
    }
}

extension YAMLNode {
    /// What a regex in double quotes that holds escapes would look like in single quotes; `nil` for all others.
    fileprivate var inSingleQuotes: String? {
        guard scalar?.style == .doubleQuoted, span.text.contains("\\") else { return nil }
        let source = String(span.text.dropFirst().dropLast())
        return source.replacing("\\\\", with: "\\").replacing("\\\"", with: "\"").replacing("'", with: "''")
    }
}

extension String {
    /// How much of a text is shown.
    private static let shownMax = 20

    /// The text with what cannot be seen as a regex would have it, cut where it is long.
    fileprivate var shown: String {
        let characters = unicodeScalars.prefix(Self.shownMax).map { scalar in
            switch scalar {
            case "\n": "\\n"
            case "\t": "\\t"
            case _ where scalar.properties.generalCategory == .control: "\\x{\(String(scalar.value, radix: 16))}"
            default: String(scalar)
            }
        }
        return characters.joined() + (unicodeScalars.count > Self.shownMax ? "…" : "")
    }
}

extension Pattern {
    /// Texts that have nothing in common but being texts.
    private static let unlikeTexts = ["", "x", "7 \u{E9}!", "\u{935}\n\u{4E2D}", "-"]

    /// Whether the pattern matches whatever is written, as `.*` and `a?` do.
    fileprivate var matchesEverything: Bool {
        let scratch = MatchScratch()
        return Self.unlikeTexts.allSatisfy { text in
            guard case .match = matches(text, scratch: scratch) else { return false }
            return true
        }
    }
}

extension Diagnostic {
    fileprivate static func patternSyntax(_ problem: PatternProblem, in node: YAMLNode) -> Diagnostic {
        let place = node.span(ofTextOffset: problem.offset)
        let looksEscaped = node.scalar?.style == .doubleQuoted && node.span.text.contains("\\")
        return Diagnostic(
            .patternSyntax,
            message: "regex does not compile: \(problem.reason)",
            primary: Label("PCRE2 stopped here", at: place),
            help: looksEscaped ? "in double quotes YAML reads backslashes itself; put the regex in single quotes" : nil
        )
    }

    fileprivate static func controlCharacter(_ scalar: Unicode.Scalar, in node: YAMLNode) -> Diagnostic {
        let code = String(scalar.value, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
        let isBackspace = scalar == "\u{8}"
        let reading = isBackspace ? "'\\b' as a backspace" : "such an escape itself"
        let help = node.inSingleQuotes.map { "in double quotes YAML reads \(reading); write '\($0)' in single quotes" }
        return Diagnostic(
            .patternControlCharacter,
            message: "a control character in a regex: \(name)\(isBackspace ? " (backspace)" : "")",
            primary: Label("this regex could never match what people write", at: node.firstLine),
            help: help
        )
    }

    /// One warning a pattern, at the first of its escapes, with the whole pattern as it should be.
    fileprivate static func wordEscape(
        _ first: WordEscape,
        of escapes: [WordEscape],
        _ pattern: Pattern,
        in node: YAMLNode
    ) -> Diagnostic {
        let cured = pattern.source(replacing: escapes).map { "write '\($0.replacing("'", with: "''"))'" }
        let keyword = pattern.keywordInstead.map { "write 'keywords: [\($0)]', which takes them for letters" }
        return Diagnostic(
            .patternWordEscape,
            severity: .warning,
            message: "'\(first.escape)' does not take the vowel signs of \(first.script) for letters",
            primary: Label("PCRE2 sees the end of a word at each of them", at: node.span(ofText: first.range)),
            help: keyword ?? cured ?? "ask with 'keywords', which take them for letters"
        )
    }

    fileprivate static func slow(_ slow: SlowText, in node: YAMLNode) -> Diagnostic {
        let begins = slow.prefix.isEmpty ? "" : "'\(slow.prefix.shown)', then "
        let ends = slow.suffix.isEmpty ? "" : " and then '\(slow.suffix.shown)'"
        let cured = slow.cure.map { "try '\($0.replacing("'", with: "''"))', where a repeat keeps what it has taken" }
        let advice =
            slow.isFromEachStart
            ? "the search begins anew at each character; begin the regex with '^' if the whole text is meant"
            : "let no two repeats take the same characters, or make one possessive ('a++') or atomic ('(?>a+)')"
        return Diagnostic(
            .patternSlow,
            severity: .warning,
            message: "this regex takes too many steps on some texts, and then leaves the condition undecided",
            primary: Label(
                "one is \(begins)'\(slow.repeated.shown)' \(slow.count) times\(ends)",
                at: node.span(ofText: slow.range)
            ),
            help: cured ?? advice
        )
    }

    fileprivate static func matchesEverything(_ node: YAMLNode) -> Diagnostic {
        Diagnostic(
            .patternMatchesAll,
            severity: .warning,
            message: "this regex matches every text",
            primary: Label("it can match nothing at all, so it always matches", at: node.firstLine),
            help: "write '{ exists: true }' if every text is meant"
        )
    }
}
