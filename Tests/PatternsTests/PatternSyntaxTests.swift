import Patterns
import Testing

/// Everything in PCRE2's syntax summary (pcre2syntax) that UTF mode allows does what the manual says.
struct PatternSyntaxTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let pattern: String

        /// A text that matches.
        let text: String

        /// A text that does not match.
        let unlike: String

        var testDescription: String { pattern }

        init(_ pattern: String, _ text: String, not unlike: String) {
            self.pattern = pattern
            self.text = text
            self.unlike = unlike
        }
    }

    // A list of syntax, longer than other tests.
    static let rows: [Row] = [
        // Characters.
        Row("\\x{92A}\\x41", "पA", not: "पB"),
        Row("\\o{101}\\101", "AA", not: "A"),
        Row("\\N{U+1F64F}", "🙏", not: "x"),
        Row("\\t\\n\\r\\f\\a\\e\\cA", "\t\n\r\u{C}\u{7}\u{1B}\u{1}", not: "tnr"),
        Row("\\Qa.b*\\E+", "xa.b**", not: "aabb"),
        // Types.
        Row("\\d\\D\\s\\S\\w\\W", "५x y_!", not: "xx y_!"),
        Row("\\h\\H\\v\\V", "\u{A0}x\u{2028}y", not: "abcd"),
        Row("a\\N+", "xab\n", not: "a\n"),
        Row("\\R{2}", "\r\n\u{2029}", not: "\r\n"),
        Row("^\\X$", "👨‍👩‍👧", not: "ab"),
        Row("^\\X\\X$", "नि🏽a", not: "नि"),
        Row("(?s)a.b", "a\nb", not: "ab"),
        // Properties.
        Row("\\p{Lu}\\P{Lu}\\pL\\p{^L}", "Éé1".replacing("1", with: "x1"), not: "éÉx1"),
        Row("\\p{Devanagari}+", "xपैसे", not: "পয়সা"),
        Row("\\p{sc:Deva}\\p{scx:Deva}", "प।", not: "x।"),
        Row("\\p{scx=Hira}ー?", "ーx", not: "退"),
        Row("\\p{Script=Greek}", "λ", not: "л"),
        Row("\\p{bidiclass:R}|\\p{bc=AL}", "ش", not: "s"),
        Row("\\p{Emoji}\\p{Extended_Pictographic}", "1🙏", not: "xx"),
        Row("\\p{Any}\\p{L&}\\p{Xan}\\p{Xwd}\\p{Xsp}\\p{Xps}", "!a1_ \n", not: "!a1_ x"),
        // Classes.
        Row("[a-cé]+[^a-c]", "xabéd", not: "abc"),
        Row("[]a]+[^]a]", "a]b", not: "]"),
        Row("[[:alpha:]][[:digit:]][[:^space:]][[:punct:]]", "ß४x!", not: "ß४ !"),
        Row("[\\d\\p{Thai}\\Q]-\\E]+", "x4ก]-", not: "x"),
        Row("[[:<:]]cat[[:>:]]", "a cat", not: "cats"),
        // Quantifiers.
        Row("a?b*c+d{2}e{1,2}f{0,}", "bbccddee", not: "cde"),
        Row("<.+?>", "<a><b>", not: "<>"),
        Row("a*+b", "aab", not: "aac"),
        Row("\"[^\"]*+\"", "say \"hi\" now", not: "say \"hi"),
        // Anchors and assertions.
        Row("\\Aa\\b.\\Bb?\\z", "a-", not: "xa-"),
        Row("(?m)^b$", "a\nb", not: "ab"),
        Row("a\\Z", "a\n", not: "a\nb"),
        Row("\\Ga", "ab", not: "ba"),
        Row("foo(?=bar)", "foobar", not: "foobaz"),
        Row("foo(?!bar)", "foobaz", not: "foobar"),
        Row("(?<=\\$|₹)\\d+", "₹500", not: "500"),
        Row("(?<!no )refund", "a refund", not: "no refund"),
        Row("(*pla:a)\\w(*nlb:b)", "xa", not: "xb"),
        Row("(?*(a)|b)(?<*b|a)?.", "b", not: "c"),
        Row("foo\\Kbar", "foobar", not: "bar"),
        // Groups.
        Row("(?:a|b)+(?>x*)y", "abxxy", not: "xy"),
        Row("(?>a|ab)c", "xac", not: "abc"),
        Row("(*atomic:a|ab)c", "xac", not: "abc"),
        Row("(?|a(.)|b(.))\\1", "bxx", not: "bxy"),
        Row("(?i)REFUND(?-i)s", "refunds", not: "refundS"),
        Row("(?i:é)e", "Ée", not: "ÉE"),
        Row("(?^i:a)b", "Ab", not: "AB"),
        Row("(?x) a  b # comment\n c", "abc", not: "a b c"),
        Row("(?xx)[a b]+", "ab", not: " "),
        Row("(?U)a+(?-U)b+", "aabb", not: "bb"),
        Row("(?n)(a)(?<m2>b)\\k<m2>", "abb", not: "aba"),
        Row("a(?#comment)b", "ab", not: "a"),
        Row("(*script_run:\\w+)!", "привет!", not: "-!"),
        // References.
        Row("(\\w)\\1", "abb", not: "abc"),
        Row("(a)(b)\\g{-1}\\g1\\g{2}", "abbab", not: "abbaa"),
        Row("(?<q>['\"]).*?\\k<q>", "a 'b' c", not: "a 'b\" c"),
        Row("(?'q'x)\\k'q'\\k{q}\\g{q}(?P=q)", "xxxxx", not: "xxxx"),
        Row("(?P<q>x)(?P>q)", "xx", not: "x"),
        Row("(?i)(ß)\\1", "ßẞ", not: "ßs"),
        // Recursion and subroutines.
        Row("\\((?:[^()]++|(?R))*\\)", "f(a(b)c)", not: "(a(b"),
        Row("^((.)(?1)\\2|.?)$", "abcba", not: "abca"),
        Row("(?<d>\\d{2}):(?&d)\\g<d>\\g'1'", "12:345678", not: "12:3"),
        Row("(?+1)-(a|b)", "a-b", not: "a-c"),
        Row("(?(DEFINE)(?<byte>25[0-5]|\\d{1,2}))^(?&byte)$", "255", not: "256"),
        // Conditions.
        Row("(\\()?a(?(1)\\))$", "(a)", not: "(ab"),
        Row("(?<b>\\()?a(?(<b>)\\)|!)", "a!", not: "a)"),
        Row("(?(?=\\d)\\d{2}|[a-z])!", "12!", not: "A!"),
        Row("(?(VERSION>=10.42)a|b)", "a", not: "b"),
        Row("(a(?(R1)b|(?1)))$", "aab", not: "ab"),
        // Verbs.
        Row("a(*ACCEPT)b|x", "ac", not: "b"),
        Row("a(*FAIL)|b(*F)|c", "abc", not: "ab"),
        Row("(*MARK:here)a(*:there)b", "ab", not: "a"),
        Row("a(*COMMIT)b|ac", "ab", not: "ac"),
        Row("a(*PRUNE)b|ac", "ab", not: "ac"),
        Row("'[^']*'(*SKIP)(*FAIL)|\\w+", "'a' b", not: "'a'"),
        Row("(?:a(*THEN)b|ac)", "ac", not: "ad"),
        // Settings at the start.
        Row("(*UTF)(*UCP)(*NO_AUTO_POSSESS)(*NO_START_OPT)(*NO_JIT)(*NOTEMPTY)a*", "ba", not: "b"),
        Row("(*ANYCRLF)a.b", "a\u{2028}b", not: "a\rb"),
        Row("(*BSR_ANYCRLF)a\\Rb", "a\r\nb", not: "a\u{2028}b"),
        Row("(*LIMIT_MATCH=1000)(*LIMIT_HEAP=1000)(*LIMIT_DEPTH=1000)a", "a", not: "b"),
        Row("a(?C)b(?C7)(?C{te}}xt})c(?C'it''s')", "abc", not: "ab"),
    ]

    @Test(arguments: rows, [true, false])
    func `the syntax does what the manual says`(row: Row, usingJIT: Bool) throws {
        let scratch = MatchScratch()
        let pattern = try Pattern(row.pattern, options: [], usingJIT: usingJIT)
        #expect(pattern.matches(row.text, scratch: scratch) == .match)
        #expect(pattern.matches(row.unlike, scratch: scratch) == .noMatch)
    }

    @Test func `a backreference and what it repeats are named groups`() throws {
        let scratch = MatchScratch()
        let pattern = try Pattern("(?<day>\\d{2})[./-](?<month>\\d{2})(?:[./-](?<year>\\d{4}))?")
        #expect(
            pattern.captures("on 21.07.2026", scratch: scratch) == .match(["day": "21", "month": "07", "year": "2026"])
        )
        #expect(pattern.captures("on 21-07", scratch: scratch) == .match(["day": "21", "month": "07"]))
    }

    @Test(
        arguments: [
            ("a\\C", "using \\C is disabled by the application"),
            ("\\u0041", "PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u"),
            ("\\N{LATIN SMALL LETTER A}", "PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u"),
            ("(?{ code })", "unrecognized character after (? or (?-"),
            ("\\x{D800}", "disallowed Unicode code point (>= 0xd800 && <= 0xdfff)"),
            ("\\x{110000}", "character code point value in \\x{} or \\o{} is too large"),
        ]
    )
    func `what UTF mode does not allow is refused`(source: String, reason: String) {
        let problem = #expect(throws: PatternProblem.self) { try Pattern(source) }
        #expect(problem?.reason == reason)
    }
}
