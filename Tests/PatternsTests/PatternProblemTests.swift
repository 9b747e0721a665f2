import Patterns
import Testing

struct PatternProblemTests {
    /// The place that is reported is marked with `«»`.
    @Test(
        arguments: [
            ("(«»", "missing closing parenthesis"),
            ("a«»)", "unmatched closing parenthesis"),
            ("«»*a", "quantifier does not follow a repeatable item"),
            ("é(?<n>«»", "missing closing parenthesis"),
            ("[a-«»", "missing terminating ] for character class"),
            ("[z-«»a]", "range out of order in character class"),
            ("a{2,1«»}", "numbers out of order in {} quantifier"),
            ("\\«»", "\\ at end of pattern"),
            ("(?<n>a)(?<n>«»b)", "two named subpatterns have the same name (PCRE2_DUPNAMES not set)"),
            ("(?<é«»", "syntax error in subpattern name (missing terminator?)"),
            ("\\C«»", "using \\C is disabled by the application"),
            ("\\p{Nope}«»", "unknown property after \\P or \\p"),
            ("«»(?<=a+)b", "lookbehind assertion is not fixed length"),
            ("(?&«»x)", "reference to non-existent subpattern"),
            ("\\«»1", "reference to non-existent subpattern"),
            ("(*NOPE«»)", "(*VERB) not recognized or malformed"),
            ("(?i«»", "missing closing parenthesis"),
            ("(?<=a\\K)b«»", "\\K is not allowed in lookarounds (but see PCRE2_EXTRA_ALLOW_LOOKAROUND_BSK)"),
            ("é\\x{110000«»}", "character code point value in \\x{} or \\o{} is too large"),
            ("\\L«»", "PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u"),
            ("(?«»z)", "unrecognized character after (? or (?-"),
            ("(((a{1000}){1000}){1000})«»", "regular expression is too large"),
        ]
    )
    func `a problem is reported where PCRE2 stopped reading`(marked: String, reason: String) {
        let source = marked.replacing("«»", with: "")
        let problem = #expect(throws: PatternProblem.self) { try Pattern(source) }
        #expect(problem?.reason == reason)
        var shown = Array(source.utf8)
        shown.insert(contentsOf: "«»".utf8, at: problem?.offset ?? 0)
        #expect(String(decoding: shown, as: UTF8.self) == marked)
    }

    @Test func `a pattern that is too long or too deep is a problem`() {
        let long = String(repeating: "a", count: MatchLimits.patternBytesMax + 1)
        let deep = String(repeating: "(", count: 300) + String(repeating: ")", count: 300)
        let problems = [long, deep].map { source in
            #expect(throws: PatternProblem.self) { try Pattern(source) }
        }
        #expect(
            problems.map { $0?.reason } == [
                "pattern string is longer than the limit set by the application", "parentheses are too deeply nested",
            ]
        )
        #expect(problems.map { $0?.offset } == [0, 251])
    }

    @Test func `every message of PCRE2 is one clause in lower case without a full stop`() {
        // PCRE2 10.42 numbers its compile errors from 101 to 199.
        for code in Int32(101)...199 {
            let message = PatternProblem.message(for: code)
            #expect(!message.hasSuffix("."), "\(code): \(message)")
            // Names such as POSIX stay in capitals.
            let isCapitalized = message.first?.isUppercase == true && message.dropFirst().first?.isLowercase == true
            #expect(!isCapitalized, "\(code): \(message)")
        }
    }
}
