import Patterns
import Testing

struct PatternTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let pattern: String
        var options: Pattern.Options = []
        let text: String
        let result: MatchResult
        let why: String

        var testDescription: String { "\(pattern) on \(text.debugDescription): \(why)" }
    }

    static let rows: [Row] = [
        Row(pattern: "refund", text: "nonrefundable", result: .match, why: "unanchored"),
        Row(pattern: "refund", text: "REFUND", result: .noMatch, why: "case counts"),
        Row(pattern: "", text: "", result: .match, why: "the empty pattern matches everything"),
        Row(pattern: "", text: "x", result: .match, why: "the empty pattern matches everything"),
        Row(pattern: "x", text: "", result: .noMatch, why: "an empty text"),
        Row(pattern: "refund$", text: "refund", result: .match, why: "the end"),
        Row(pattern: "refund$", text: "refund\n", result: .noMatch, why: "$ is the end and nothing before it"),
        Row(pattern: "refund\\Z", text: "refund\n", result: .match, why: "\\Z is not $"),
        Row(pattern: "^b", text: "a\nb", result: .noMatch, why: "^ is the beginning of the text"),
        Row(pattern: "a$", text: "a\nb", result: .noMatch, why: "$ is the end of the text"),
        Row(pattern: "(?m)^b$", text: "a\nb\nc", result: .match, why: "unless the pattern asks for lines"),
        Row(pattern: "a.b", text: "a\nb", result: .noMatch, why: ". stops at a line feed"),
        Row(pattern: "a.b", text: "a\rb", result: .match, why: ". takes a carriage return"),
        Row(pattern: "a.b", text: "a\u{2028}b", result: .match, why: ". takes a line separator"),
        Row(pattern: "a.b", text: "a\u{85}b", result: .match, why: ". takes a next line"),
        Row(pattern: "(?s)a.b", text: "a\nb", result: .match, why: "unless the pattern asks for everything"),
        Row(pattern: "(*CRLF)a..b", text: "a\r\nb", result: .noMatch, why: "a pattern may choose other line ends"),
        Row(pattern: "(*CRLF)a.b", text: "a\nb", result: .match, why: "a pattern may choose other line ends"),
        Row(pattern: "a\\Rb", text: "a\u{2028}b", result: .match, why: "\\R is any Unicode line end"),
        Row(pattern: "^.$", text: "🙏", result: .match, why: "a character, not a byte"),
        Row(pattern: "^\\w+$", text: "привет", result: .match, why: "Unicode properties"),
        Row(pattern: "^\\d{4}$", text: "५५१२", result: .match, why: "Unicode digits"),
        Row(pattern: "^\\d$", text: "²", result: .noMatch, why: "a superscript is no decimal digit"),
        Row(pattern: "\\s", text: "\u{A0}", result: .match, why: "Unicode white space"),
        Row(pattern: "^\\p{Devanagari}+$", text: "वापस", result: .match, why: "scripts"),
        Row(pattern: "^\\p{L}+$", text: "वापसी", result: .noMatch, why: "a vowel sign is no letter"),
        Row(pattern: "^[[:alpha:]]+$", text: "éß", result: .match, why: "POSIX classes know Unicode"),
        Row(pattern: "^\\X$", text: "👍🏽", result: .match, why: "grapheme clusters"),
        Row(pattern: "é", text: "e\u{301}", result: .noMatch, why: "the text is seen as it was sent"),
        Row(pattern: "k", options: .ignoreCase, text: "\u{212A}", result: .match, why: "the Kelvin sign"),
        Row(pattern: "\u{212A}", options: .ignoreCase, text: "K", result: .match, why: "the Kelvin sign"),
        Row(pattern: "sale", options: .ignoreCase, text: "ſale", result: .match, why: "the long s"),
        Row(pattern: "[r-t]", options: .ignoreCase, text: "ſ", result: .match, why: "the long s in a range"),
        Row(pattern: "(?i)k", text: "\u{212A}", result: .match, why: "the pattern's own option folds alike"),
        Row(pattern: "а", options: .ignoreCase, text: "А", result: .match, why: "Cyrillic"),
        Row(pattern: "σ", options: .ignoreCase, text: "ς", result: .match, why: "final sigma"),
        Row(pattern: "ss", options: .ignoreCase, text: "ß", result: .noMatch, why: "simple folding only"),
        Row(pattern: "i", options: .ignoreCase, text: "İ", result: .noMatch, why: "no locale"),
        Row(pattern: "(?-i)a", options: .ignoreCase, text: "A", result: .noMatch, why: "a pattern may turn it off"),
        Row(pattern: "a\u{0}b", text: "xa\u{0}b", result: .match, why: "NUL in both"),
        Row(pattern: "a\\x00b", text: "a\u{0}b", result: .match, why: "NUL as an escape"),
        Row(pattern: "b", text: "a\u{0}b", result: .match, why: "a text does not end at NUL"),
        Row(pattern: "a\u{0}b", text: "a\u{0}c", result: .noMatch, why: "a pattern does not end at NUL"),
        Row(pattern: "(?x) a b # comment", text: "ab", result: .match, why: "extended"),
        Row(pattern: "a|", text: "b", result: .match, why: "an empty branch"),
        Row(pattern: "a(?C1)b(?C'x')c", text: "abc", result: .match, why: "callouts do nothing"),
        Row(pattern: "(*UTF)(*UCP)é", text: "é", result: .match, why: "asking for what is on"),
        Row(pattern: "(*NO_JIT)a+b", text: "aab", result: .match, why: "without machine code"),
        Row(pattern: "(*LIMIT_MATCH=4000000000)a", text: "a", result: .match, why: "a limit of the pattern's own"),
        Row(pattern: "a(*COMMIT)c|ab", text: "ab", result: .noMatch, why: "verbs work"),
        Row(pattern: "a\\Kb", text: "ab", result: .match, why: "\\K only moves the start"),
        Row(pattern: "(?<=a)b", text: "ab", result: .match, why: "look-behind"),
        Row(pattern: "(?(DEFINE)(?<x>\\d))(?&x)a", text: "1a", result: .match, why: "subroutines"),
        Row(pattern: "^(\\((?:[^()]|(?1))*\\))$", text: "(a(b)c)", result: .match, why: "recursion"),
    ]

    @Test(arguments: rows)
    func `a pattern matches what PCRE2 says`(row: Row) throws {
        let pattern = try Pattern(row.pattern, options: row.options)
        #expect(pattern.matches(row.text, scratch: MatchScratch()) == row.result, "\(row.why)")
    }

    @Test(arguments: rows)
    func `the interpreter gives the same answer`(row: Row) throws {
        let pattern = try Pattern(row.pattern, options: row.options, usingJIT: false)
        #expect(pattern.matches(row.text, scratch: MatchScratch()) == row.result, "\(row.why)")
    }

    @Test(arguments: rows, [true, false])
    func `the meter changes no answer`(row: Row, usingJIT: Bool) throws {
        var limits = MatchLimits()
        limits.unmeteredBytesMax = -1
        let pattern = try Pattern(row.pattern, options: row.options, usingJIT: usingJIT)
        #expect(pattern.matches(row.text, scratch: MatchScratch(limits: limits)) == row.result, "\(row.why)")
    }

    @Test(
        arguments: [
            ("order (?<number>\\d+)", "my order 5512", ["number": "5512"]),
            ("(?<a>x)|(?<b>y)", "y", ["b": "y"]),
            ("(?<a>x)?y", "y", [:]),
            ("(?<a>x*)y", "y", ["a": ""]),
            ("(?J)(?<n>a)|(?<n>b)", "b", ["n": "b"]),
            ("(?J)(?<n>a)(?<n>b)", "ab", ["n": "a"]),
            ("(?<a>\\w)+", "abc", ["a": "c"]),
            ("(a)(?<b>b)(c)", "abc", ["b": "b"]),
            ("(?<a>é+)(?<b>.)", "xéé🙏", ["a": "éé", "b": "🙏"]),
            ("a(?<b>\\Kb)", "ab", ["b": "b"]),
            ("(?<a>\u{0})", "\u{0}", ["a": "\u{0}"]),
            ("no groups", "no groups", [:]),
        ] as [(String, String, [String: String])]
    )
    func `named groups are the values of the first match`(source: String, text: String, values: [String: String]) throws
    {
        let pattern = try Pattern(source)
        #expect(pattern.captures(text, scratch: MatchScratch()) == .match(values))
    }

    @Test func `no match and faults have no groups`() throws {
        let scratch = MatchScratch()
        #expect(try Pattern("(?<a>x)").captures("y", scratch: scratch) == .noMatch)
        let text = String(repeating: "a", count: 40) + "!"
        #expect(try Pattern("(?<x>a+)+$").captures(text, scratch: scratch) == .fault(.tooMuchWork))
    }

    @Test(
        arguments: [
            ("", []),
            ("(a)", []),
            ("(?<z>a)(b)(?<a>c)", ["z 1", "a 3"]),
            ("(?J)(?<n>a)|(?<n>b)|(?P<m>c)|(?'k'd)", ["n 1", "n 2", "m 3", "k 4"]),
        ]
    )
    func `groups are listed in the order of their numbers`(source: String, groups: [String]) throws {
        #expect(try Pattern(source).groupNames.map { "\($0.name) \($0.number)" } == groups)
    }

    @Test func `one scratch serves patterns of any size in turn`() throws {
        let scratch = MatchScratch()
        let many = try Pattern((0..<300).map { "(?<g\($0)>x)" }.joined())
        let one = try Pattern("(?<a>y)")
        for _ in 0..<3 {
            #expect(one.captures("y", scratch: scratch) == .match(["a": "y"]))
            let values = Dictionary(uniqueKeysWithValues: (0..<300).map { ("g\($0)", "x") })
            #expect(many.captures(String(repeating: "x", count: 300), scratch: scratch) == .match(values))
            #expect(one.matches("z", scratch: scratch) == .noMatch)
        }
    }
}
