import Patterns
import SeededRandom
import Testing

struct WordEscapeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        /// The pattern; escapes that are reported stand in `«»`.
        let marked: String

        /// The scripts that are named, one for each escape.
        var scripts: [String] = []
        let why: String

        var testDescription: String { "\(marked): \(why)" }
    }

    static let rows: [Row] = [
        Row(marked: "«\\b»पैसे«\\b»", scripts: ["Devanagari", "Devanagari"], why: "the issue itself"),
        Row(marked: "\\brefund\\b", why: "Latin"),
        Row(marked: "\\bпривет\\b|\\w+é\\W", why: "Cyrillic and an accent"),
        Row(marked: "\\bسلام\\b|\\bשָׁלוֹם\\b", why: "points of Arabic and Hebrew are not part of the spelling"),
        Row(marked: "\\b退款\\b|\\bガス\\b|\\b환불\\b", why: "scripts without vowel signs"),
        Row(marked: "«\\b»ফেরত", scripts: ["Bengali"], why: "Bengali"),
        Row(marked: "பணம்«\\b»", scripts: ["Tamil"], why: "Tamil"),
        Row(marked: "«\\b»คืน", scripts: ["Thai"], why: "Thai"),
        Row(marked: "«\\b»ވަ", scripts: ["Thaana"], why: "Thaana"),
        Row(marked: "«\\b»(?:refund|पैसे)«\\b»", scripts: ["Devanagari", "Devanagari"], why: "a branch of a group"),
        Row(marked: "(?:\\brefund\\b|«\\b»पैसे)", scripts: ["Devanagari"], why: "the other branch is Latin"),
        Row(marked: "\\brefund\\b.*पैसे", why: "a boundary beside Latin letters only"),
        Row(marked: "«\\b»x?पैसे", scripts: ["Devanagari"], why: "past what is optional"),
        Row(marked: "«\\b»(?:x*)(?=पैसे)", scripts: ["Devanagari"], why: "past an empty group, into an assertion"),
        Row(marked: "«\\b»[\"(]?पैसे", scripts: ["Devanagari"], why: "past an optional class"),
        Row(marked: "\\bno\\b\\s*पैसे", why: "not past what is there to stand between"),
        Row(marked: "\\bx+पैसे", why: "not past what is there"),
        Row(marked: "((«\\b»))पै", scripts: ["Devanagari"], why: "out of groups"),
        Row(marked: "पै(?:«\\b»|x)", scripts: ["Devanagari"], why: "out of a branch"),
        Row(marked: "प(?:ै|x)*«\\b»", scripts: ["Devanagari"], why: "before an optional group stands a letter too"),
        Row(marked: "पै«\\B»", scripts: ["Devanagari"], why: "the opposite"),
        Row(marked: "[क-ह]«\\b»", scripts: ["Devanagari"], why: "a class"),
        Row(marked: "«\\b»[^क]", scripts: ["Devanagari"], why: "even a negated one"),
        Row(marked: "«\\b»\\x{92A}", scripts: ["Devanagari"], why: "a number"),
        Row(marked: "«\\b»\\o{4452}", scripts: ["Devanagari"], why: "an octal number"),
        Row(marked: "«\\b»\\N{U+92A}", scripts: ["Devanagari"], why: "a number by its Unicode name"),
        Row(marked: "«\\b»\\p{Devanagari}+", scripts: ["Devanagari"], why: "a property"),
        Row(marked: "«\\b»\\p{scx:Beng}", scripts: ["Bengali"], why: "a property by its short name"),
        Row(marked: "\\b\\p{L}+\\b", why: "a property that names no script"),
        Row(marked: "\\b\\P{Devanagari}\\b", why: "whatever is not of the script"),
        Row(marked: "\\b\\p{^Devanagari}\\b", why: "whatever is not of the script"),
        Row(marked: "\\b५५१२\\b", why: "digits are word characters in every script"),
        Row(marked: "\\b।", why: "a danda is no letter"),
        Row(marked: "पैसे «\\w»+", scripts: ["Devanagari"], why: "a word character anywhere"),
        Row(marked: "«\\W»x पैसे", scripts: ["Devanagari"], why: "its opposite anywhere"),
        Row(marked: "[«\\w».]+@पैसे", scripts: ["Devanagari"], why: "within a class"),
        Row(marked: "[^«[:word:]»]पैसे", scripts: ["Devanagari"], why: "a class by name"),
        Row(marked: "[«[:^word:]»]पैसे", scripts: ["Devanagari"], why: "its opposite"),
        Row(marked: "[\\b]पैसे", why: "a backspace within a class"),
        Row(marked: "«[[:<:]]»पैसे«[[:>:]]»", scripts: ["Devanagari", "Devanagari"], why: "ends of words"),
        Row(marked: "\\Q\\b\\w\\Eपैसे", why: "quoted"),
        Row(marked: "[\\Q\\w]\\Ex]पैसे", why: "quoted within a class"),
        Row(marked: "\\\\bपैसे", why: "a backslash and a b"),
        Row(marked: "(?#\\b)पैसे", why: "a comment"),
        Row(marked: "(?#पैसे)\\bx\\w", why: "letters in a comment"),
        Row(marked: "(?x) «\\b» # \\w\n पैसे", scripts: ["Devanagari"], why: "white space and a comment with (?x)"),
        Row(marked: "(?x: # \\w\n)# «\\w» पै", scripts: ["Devanagari"], why: "(?x) ends with its group"),
        Row(marked: "(?-x)# «\\w» पै", scripts: ["Devanagari"], why: "(?x) turned off"),
        Row(marked: "(?x)\\# «\\w» पै", scripts: ["Devanagari"], why: "an escaped hash"),
        Row(marked: "(?x)[#]«\\w»पै", scripts: ["Devanagari"], why: "a hash within a class"),
        Row(marked: "(*MARK:पै)\\bx\\w", why: "the name of a mark"),
        Row(marked: "(*atomic:«\\b»पै)(*pla:x)", scripts: ["Devanagari"], why: "groups by name"),
        Row(marked: "(?<n>«\\b»)पै\\k<n>(?&n)", scripts: ["Devanagari"], why: "named groups"),
        Row(marked: "(?C'\\b''पै')\\bx", why: "a callout"),
        Row(marked: "(?(?=x)«\\b»पै|y)", scripts: ["Devanagari"], why: "a condition"),
        Row(marked: "(x)?(?(1)«\\b»पै)", scripts: ["Devanagari"], why: "a condition on a group"),
        Row(marked: "(?|«\\b»पै|(x))(?1)", scripts: ["Devanagari"], why: "branch reset"),
        Row(marked: "(?<=«\\b»पै)(?<!x)(?i)y", scripts: ["Devanagari"], why: "look-behind"),
        Row(marked: "é🙏«\\b»पै", scripts: ["Devanagari"], why: "offsets are in bytes"),
        Row(marked: "«\\b»ก|«\\b»क", scripts: ["Thai", "Devanagari"], why: "each with its own script"),
        Row(marked: "", why: "nothing"),
        Row(marked: "\\b", why: "a boundary alone"),
    ]

    @Test(arguments: rows)
    func `escapes are found where they meet a script with vowel signs`(row: Row) throws {
        let pattern = try Pattern(row.marked.replacing("«", with: "").replacing("»", with: ""))
        let escapes = pattern.wordEscapes()
        var shown = Array(pattern.source.utf8)
        for escape in escapes.reversed() {
            #expect(Array(escape.escape.utf8) == Array(shown[escape.range]))
            shown.insert(contentsOf: "»".utf8, at: escape.range.upperBound)
            shown.insert(contentsOf: "«".utf8, at: escape.range.lowerBound)
        }
        #expect(String(decoding: shown, as: UTF8.self) == row.marked, "\(row.why)")
        #expect(escapes.map(\.script) == row.scripts)
    }

    @Test(
        arguments: [
            ("\\bपैसा\\b", "(?<![\\p{L}\\p{M}\\p{N}])पैसा(?![\\p{L}\\p{M}\\p{N}])"),
            (
                "\\b(?:refund|पैसा)\\b",
                "(?<![\\p{L}\\p{M}\\p{N}])(?:refund|पैसा)(?![\\p{L}\\p{M}\\p{N}])"
            ),
            ("पैसा \\w+", "पैसा [\\p{L}\\p{M}\\p{N}_]+"),
            ("पैसा[\\w-]+", "पैसा[\\p{L}\\p{M}\\p{N}_-]+"),
            ("\\Wपैसा", "[^\\p{L}\\p{M}\\p{N}_]पैसा"),
            ("[[:word:]]पैसा", "[\\p{L}\\p{M}\\p{N}_]पैसा"),
            ("[\\W]पैसा", nil),
            ("\\bเงิน\\b", nil),
            (
                "\\b(?:पैसा|-)",
                "(?:(?<![\\p{L}\\p{M}\\p{N}])(?=[\\p{L}\\p{M}\\p{N}])|(?<=[\\p{L}\\p{M}\\p{N}])(?![\\p{L}\\p{M}\\p{N}]))(?:पैसा|-)"
            ),
            ("refund", "refund"),
        ] as [(String, String?)]
    )
    func `the cure is the pattern with marks as letters`(source: String, cured: String?) throws {
        let pattern = try Pattern(source)
        #expect(pattern.source(replacing: pattern.wordEscapes()) == cured)
    }

    /// What PCRE2 really does, measured with the version that is installed: `ा` takes space, and no version counts it.
    @Test(
        arguments: [
            ("\\bपैसा\\b", "मेरा पैसा दो"), ("\\bपैसा\\b", "पैसा"), ("^\\w+$", "पैसा"), ("\\bটাকা\\b", "টাকা চাই"),
            ("\\bநிலா\\b", "நிலா"), ("\\bడబ్బు\\b", "డబ్బు"),
        ]
    )
    func `the escapes do not find what the cure finds`(source: String, text: String) throws {
        let scratch = MatchScratch()
        #expect(try Pattern(source).matches(text, scratch: scratch) == .noMatch)
        // A pattern of escapes alone has no script to meet; a comment cannot give it one, an empty assertion can.
        let pattern = try Pattern(source + "|(?!)क")
        let cured = try #require(pattern.source(replacing: pattern.wordEscapes()))
        #expect(try Pattern(cured).matches(text, scratch: scratch) == .match)
    }

    @Test func `the cure is no match within a longer word`() throws {
        let pattern = try Pattern("\\bकर\\b")
        let cured = try Pattern(#require(pattern.source(replacing: pattern.wordEscapes())))
        let results = ["कर", "करो", "नौकर", "ओ कर।", "कर_"].map { cured.matches($0, scratch: MatchScratch()) }
        #expect(results == [.match, .noMatch, .noMatch, .match, .match])
        // While the pattern as it was takes a vowel sign for the end of the word.
        #expect(pattern.matches("करो", scratch: MatchScratch()) == .match)
    }

    @Test(
        arguments: [
            ("\\bपैसे\\b", "पैसे"), ("\\bमेरे पैसे\\b", "मेरे पैसे"), ("\\bपै.\\b", nil), ("पैसे", nil), ("\\b\\b", nil),
            ("\\b \\b", nil), ("\\b", nil),
        ] as [(String, String?)]
    )
    func `a text between boundaries is a keyword`(source: String, keyword: String?) throws {
        #expect(try Pattern(source).keywordInstead == keyword)
    }

    @Test(arguments: [31, 32])
    func `whatever compiles is read, and its cure compiles`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let tokens =
            PatternPropertyTests.tokens + [
                "\\w", "\\W", "\\B", "[[:word:]]", "कि", "[क", "\\p{Deva}", "(?(?=", "(*pla:",
            ]
        var metCount = 0
        for _ in 0..<8_000 {
            guard let pattern = try? Pattern(generator.text(from: tokens, countMax: 9)) else { continue }
            let escapes = pattern.wordEscapes()
            metCount += escapes.isEmpty ? 0 : 1
            let bytes = Array(pattern.source.utf8)
            for escape in escapes where Array(bytes[escape.range]) != Array(escape.escape.utf8) {
                Issue.record("seed \(seed): \(pattern.source.debugDescription)")
            }
            if escapes.allSatisfy({ $0.replacement != nil }), pattern.source(replacing: escapes) == nil {
                Issue.record("seed \(seed): no cure for \(pattern.source.debugDescription)")
            }
        }
        #expect(metCount > 40, "seed \(seed) makes few patterns with such escapes")
    }
}
