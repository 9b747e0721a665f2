import SeededRandom
import Testing

@testable import Patterns

/// Patterns that give up on some text are found, with such a text; patterns that people write for good reasons are not.
struct SlowTextTests {
    /// The pattern; the part that is reported stands in `«»`.
    static let slow: [(marked: String, cure: String?)] = [
        ("«(x+x+)+»y", "(x+x+)++y"),
        ("«(a|a)*»b", "(a|a)*+b"),
        ("«(\\w+\\s?)*»$", "(\\w++\\s?)*$"),
        ("^«(\\w+\\s?)*»$", "^(\\w++\\s?)*$"),
        ("«(.*)*»x", "(.*+)*x"),
        ("^«(([a-z])+.)+»[A-Z]([a-z])+$", nil),
        ("«(a+)+»$", "(a++)+$"),
        ("«(a*)*»b", "(a*+)*b"),
        ("«(a|aa)+»$", "(a|aa)++$"),
        ("(?:«(?:a*)*»)*b", nil),
        ("«(?:a?){30}»a{30}", nil),
        ("«(x(?:a?|b?)y)*»z", nil),
        ("«(ab|c|a|bc)*»$", nil),
        ("^«(.*?,){12}»[PQ]", nil),
        ("«\\s*\\s*»\\s*[yz]", nil),
        ("«\\w+.*»refund", nil),
        ("«\\d+\\d+»x", nil),
        ("«\\s+»$", "\\s++$"),
        ("(?i)order«\\s*(?:no\\.?|number|#)?\\s*»:?\\s*(?<number>\\d+)", nil),
        ("^[^@\\s]+@«[^@\\s]+\\.[^@\\s]+»$", nil),
        ("^(?=.*\\d)«(\\w+)+»$", "^(?=.*\\d)(\\w++)+$"),
        ("^(?=«(a+)+»$)", nil),
        ("^(?!«(a+)+»$)", nil),
        ("«([\\s\\S]+)+»xy$", nil),
        ("(?s)«(.+)+»xy$", nil),
        ("^«(\\p{L}+\\p{M}*)+»$", "^(\\p{L}++\\p{M}*)+$"),
        ("बिल «(?:(?:पै)+)+»$", nil),
        ("(?x) «( a + ) +» $", nil),
        ("(?x) # a list (a+)+\n «(\\d+ ,?)+» end", nil),
        ("«(\\w{1,10}\\s?){1,20}»$", nil),
        ("(?i)^«(REFUND|refund\\s?)+»!$", nil),
        ("^«(?:[\\w.-]+)+»@example\\.com$", nil),
        ("^«(\\d+,?)+»$", "^(\\d++,?)+$"),
        ("order «(?:#?\\d*)*»;", nil),
        ("(?<name>«(?:\\w+ ?)+»):", nil),
        ("\\Q(a+)+\\E«(b+)+»$", nil),
        ("[(+]«(b+)+»$", nil),
        ("(?|x|«(b+)+»$)", nil),
        ("(?:é|«(б+)+»$)", nil),
        ("^«(\"[^\"]*\"|[^,]*|,)*»;$", nil),
        ("(*NO_AUTO_POSSESS)«(a+)+»$", nil),
        ("«(?:a+b?)+?»$", nil),
    ]

    private static func unmarked(_ marked: String) -> String {
        marked.replacing("«", with: "").replacing("»", with: "")
    }

    @Test(arguments: slow)
    func `a pattern that goes back too often is found, with a text and a cure that is not slow`(
        marked: String,
        cure: String?
    ) throws {
        let pattern = try Pattern(Self.unmarked(marked))
        let slow = try #require(pattern.slowText())
        var shown = Array(pattern.source.utf8)
        shown.insert(contentsOf: "»".utf8, at: slow.range.upperBound)
        shown.insert(contentsOf: "«".utf8, at: slow.range.lowerBound)
        #expect(String(decoding: shown, as: UTF8.self) == marked)
        #expect(slow.text.utf8.count <= 4_096)
        #expect(pattern.matches(slow.text, scratch: MatchScratch()) == .fault(.tooMuchWork))
        if let cure { #expect(slow.cure == cure) }
        guard let cured = try slow.cure.map({ try Pattern($0) }) else { return }
        #expect(cured.slowText() == nil)
        if case .fault = cured.matches(slow.text, scratch: MatchScratch()) {
            Issue.record("\(cured.source) is slow too")
        }
    }

    @Test(arguments: ["^(a+)+$", "\\s*\\s*\\s*[yz]", "\\s+$"])
    func `the answer is the same every time`(source: String) throws {
        #expect(try Pattern(source).slowText() == Pattern(source).slowText())
    }

    @Test func `letters without regard to case count as the same`() throws {
        #expect(try Pattern("^(?:a+|A+)+$").slowText()?.range == 1..<11)
        #expect(try Pattern("^(?:ab|AB)+$").slowText() == nil)
        #expect(try Pattern("^(?:ab|AB)+$", options: .ignoreCase).slowText()?.range == 1..<11)
        #expect(try Pattern("^(?i)(?:ab|AB)+$").slowText()?.range == 5..<15)
        #expect(try Pattern("^(?:ab|(?-i)AB)+$", options: .ignoreCase).slowText()?.range == 1..<16)
    }

    static let quick: [String] = [
        "refund", "(?i)refund|money\\s+back", "\\brefund\\b", "^(?:hi|hello|hey)\\b", "(?i)^stop$", "^STOP\\W*$",
        "[\\w.+-]+@[\\w-]+\\.[\\w.-]+", "\\b[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}\\b",
        "^[^@\\s]+@[^@\\s.]+(?:\\.[^@\\s.]+)+$", "(?i)^[a-z0-9._%+-]+@example\\.com$",
        "#?\\d{4,8}", "(?i)order\\s*(?:(?:no\\.?|number|#)\\s*)?(?::\\s*)?(?<number>\\d+)", "\\bORD-\\d{6}\\b",
        "[A-Z]{2,3}-\\d+",
        "(?i)\\b(?:inv|invoice)[-/ ]?(\\d{3,})\\b", "^\\d{12}$", "\\b[A-Z]{5}[0-9]{4}[A-Z]\\b",
        "\\b\\d{2}[A-Z]{5}\\d{4}[A-Z][A-Z\\d]Z[A-Z\\d]\\b", "\\b[A-Z]{4}0[A-Z0-9]{6}\\b",
        "\\d{4}-\\d{2}-\\d{2}", "\\b\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2,4}\\b", "\\b(?:[01]?\\d|2[0-3]):[0-5]\\d\\b",
        "(?i)\\b\\d{1,2}\\s*(?:am|pm)\\b", "(?i)\\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\b",
        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)",
        "https?://\\S+", "https?://[^\\s/]+/\\S*", "(?i)\\bhttps?://(?:www\\.)?[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?:/\\S*)?",
        "\\bwa\\.me/\\d+", "(?:\\+91|0)?[6-9]\\d{9}", "\\+?\\d[\\d -]{8,14}\\d", "^\\+\\d{1,3}[ -]?\\d{6,14}$",
        "\\(?\\d{3}\\)?[-. ]?\\d{3}[-. ]?\\d{4}", "^(?:\\+?44|0)7\\d{9}$",
        "(?i)\\b(?:rs\\.?|inr|₹)\\s*(?<amount>\\d+(?:,\\d+)*(?:\\.\\d\\d)?)", "^\\d{1,3}(?:,\\d{3})*(?:\\.\\d+)?$",
        "-?\\d+(?:\\.\\d+)?", "\\$\\d+(?:\\.\\d{2})?", "\\b\\d+(?:\\.\\d+)?\\s?(?:kg|g|lb)\\b", "\\b\\d{1,3}%",
        "\\b(?:\\d{4}[ -]?){3}\\d{4}\\b", "\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b",
        "\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b",
        "#[0-9a-fA-F]{6}\\b", "#\\w+", "@\\w+", "(?i)\\b(?:not|never|no)\\s+(?:working|received|delivered)\\b",
        "(?i)where(?:'s| is) my (?:order|parcel|package)", "(?i)cancel.{0,20}order", "(?i)^(?=.*refund)(?=.*order)",
        "^(?=.*refund)(?=.*order).*$", "(?i)^(?!.*\\btest\\b).*order", "(?<!un)happy", "thank(?:s| you)(?!\\s+but)",
        "^\\w+(?:\\s\\w+)*$", "^\\w+(?:,\\s*\\w+)*$", "^(?:\\w++\\s?)*$", "^(?>a+)+$", "(?>\\w+\\s?)+$", "(a++)+$",
        "(?:x+y)+z",
        "(?:[^\"\\\\]|\\\\.)*+\"", "\"(?:[^\"\\\\]|\\\\.)*\"", "'[^']*'", "<[^>]+>", "\\{\\{\\w+\\}\\}", "^\\s*$",
        "^\\s*\\S+\\s*$",
        "^[A-Z][a-z]+(?: [A-Z][a-z]+)*$", "^(?:yes|no|maybe)[.!]*$", "(\\w)\\1\\1", "\\p{Devanagari}{3,}",
        "(?<![\\p{L}\\p{M}\\p{N}])पैसे(?![\\p{L}\\p{M}\\p{N}])", "[\\x{1F600}-\\x{1F64F}]", "(?m)^>.*$",
        "(?s)^hello.*bye$",
        "^Order (?<number>\\d+) (?<state>\\w+)$", "^(?<key>\\w+)=(?<value>.*)$", "^/(?:start|help|stop)(?:\\s|$)",
        "^1$|^2$|^3$",
        "(?x) \\b (?: late | delay(?:ed)? ) \\b  # words\n", "^[1-5]\\s*(?:stars?|\\*)$", "(?i)v?\\d+\\.\\d+\\.\\d+",
        "\\R{2,}", "^\\X{1,10}$",
        "(?(?=\\d)\\d{4}|[a-z]+)", "(\\()?\\d{3}(?(1)\\))", "\\((?:[^()]++|(?R))*+\\)", "", ".*",
        "\\bmoney\\b.*\\bback\\b",
        "^.*refund.*$", "^#\\d+", "(?i)^(?:order|invoice)\\s+\\d+\\s+(?:is|was)\\s+late",
        "\\bnot?\\b(?:\\s+\\w+){0,3}\\s+happy\\b",
    ]

    @Test(arguments: quick)
    func `a pattern that people write for good reasons is not`(source: String) throws {
        #expect(try Pattern(source).slowText() == nil)
        #expect(try Pattern(source, options: .ignoreCase).slowText() == nil)
    }

    /// Large patterns, each of which has a long text behind, before or around many loops, or asks for one ahead.
    static let hostile: [String] = [
        String(repeating: "a*b*", count: 20) + String(repeating: "a{256}", count: 10_500),
        String(repeating: "a{256}", count: 10_000) + String(repeating: "a*b*", count: 20),
        String(repeating: "(?=a{256})", count: 6_000) + "a*b*",
        String(repeating: "(?:a{256}", count: 240) + String(repeating: "b*", count: 40)
            + String(repeating: ")", count: 240),
    ]

    @Test(.timeLimit(.minutes(10)), arguments: hostile)
    func `of a large pattern only short texts are kept`(source: String) throws {
        var reader = PatternReader(source)
        let part = reader.read(PatternModes())
        let graph = PatternGraph(part, PatternAlphabet(for: reader))
        #expect(!graph.loops.isEmpty)
        let texts = graph.loops.flatMap { [$0.before, $0.after] } + [graph.askedAhead, graph.whole.shortest]
        #expect(texts.map(\.count).max() == PatternGraph.shortestMax)
        let pattern = try Pattern(source)
        if let slow = pattern.slowText() {
            #expect(pattern.matches(slow.text, scratch: MatchScratch()) == .fault(.tooMuchWork))
        }
    }

    @Test(arguments: [41, 42])
    func `whatever is reported gives up`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        // Half of them as in all tests of patterns, half of them such as make slow ones.
        let repeats = [
            "(a+)+", "(a|a)*", "\\w+", "\\s*", ".*", "a+", "[ab]*", "(", "(?:", "(?=", ")", ")+", ")*", "|", "$", "x",
            "{2,}", "?",
        ]
        var foundCount = 0
        for number in 0..<4_000 where foundCount < 25 {
            let tokens = number.isMultiple(of: 2) ? repeats : PatternPropertyTests.tokens + repeats
            guard let pattern = try? Pattern(generator.text(from: tokens, countMax: 9)) else { continue }
            guard let slow = pattern.slowText() else { continue }
            foundCount += 1
            let isInside = slow.range.lowerBound >= 0 && slow.range.upperBound <= pattern.source.utf8.count
            guard isInside, !slow.range.isEmpty, slow.text.utf8.count <= 4_096,
                case .fault = pattern.matches(slow.text, scratch: MatchScratch())
            else {
                Issue.record("seed \(seed): \(pattern.source.debugDescription) on \(slow.text.debugDescription)")
                continue
            }
        }
        #expect(foundCount == 25, "seed \(seed) makes few patterns that are slow")
    }
}
