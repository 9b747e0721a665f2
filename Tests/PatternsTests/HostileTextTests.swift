import Patterns
import Testing

/// A mebibyte of whatever is worst, in time that grows with the text and not with its square.
///
/// A quadratic step anywhere would take hours here; the time limit turns that into a failure.
@Suite(.timeLimit(.minutes(10)))
struct HostileTextTests {
    static let bytes = 1 << 20

    static func text(_ piece: String) -> String {
        String(repeating: piece, count: bytes / piece.utf8.count)
    }

    static let rows: [(piece: String, keyword: String)] = [
        ("a", String(repeating: "a", count: 5_000) + "b"),
        ("a", "b" + String(repeating: "a", count: 5_000)),
        ("ab", String(repeating: "ab", count: 5_000) + "c"),
        ("a-", "a " + String(repeating: "a-", count: 2_000) + "b"),
        ("-", "- - - x"),
        ("-", "-- -- -- x"),
        ("a ", "a* a* a* b"),
        ("a", "a* b"),
        ("a" + String(repeating: ".", count: 999), "a b"),
        (" ", "a b"),
        ("ก", "กข"),
        ("é", "e\u{301}x"),
        ("\u{301}\u{323}", "a\u{301}"),
        ("\u{FF9E}\u{301}", "a"),
        ("\u{F73}\u{F71}", "a"),
        ("\u{345}\u{301}", "α"),
        ("\u{200D}", "a"),
        ("\u{34F}\u{301}\u{34F}\u{323}", "a"),
        ("\u{FDFA}", "a"),
        ("\u{1161}", "\u{1100}"),
        ("👨‍👩‍👧", "👧👧"),
        ("\u{0}", "a"),
    ]

    @Test(arguments: rows)
    func `a hostile text is folded and searched in linear time`(piece: String, keyword: String) throws {
        #expect(try !Keyword(keyword).isFound(in: FoldedText(Self.text(piece))))
    }

    static let looseRows: [(piece: String, keyword: String)] = [
        ("a", "aaaaaaaaaabbb"),
        ("a", String(repeating: "a", count: 100) + "bbb"),
        ("ab", String(repeating: "ab", count: 31) + "ccc"),
        ("abcde ", "abcde abcde abcde xxxxx"),
        ("abcd-", "abcde abcde xxxxx"),
        ("-", "- - - abcdex"),
        ("abcdee", "abcde* abcde* xxxxx"),
        ("กก", "กกขกก"),
        ("e\u{301}e\u{323}", "eeeeeexyz"),
        ("\u{301}\u{323}", "abcde\u{301}"),
        ("أ", "ااااااbbb"),
        ("\u{FDFA}", "abcdef"),
        ("🏽", "🏽🏽x"),
    ]

    @Test(arguments: looseRows)
    func `options keep to linear time`(piece: String, keyword: String) throws {
        let options = KeywordOptions(typos: 2, ignoresAccents: true, ignoresStretching: true)
        let set = KeywordSet([try Keyword(keyword)], options: options)
        let text = String(repeating: piece, count: Self.bytes / 8 / piece.utf8.count)
        #expect(!set.anyIsFound(in: FoldedText(text)))
        #expect(!set.anyIsTheWhole(of: FoldedText(text)))
        #expect(set.anyIsFound(in: FoldedText(text + " " + keyword.replacing("*", with: ""))))
    }

    @Test func `the end of a hostile text is still searched`() throws {
        let text = FoldedText(Self.text("\u{301}\u{323}") + " refund")
        #expect(try Keyword("refund").isFound(in: text))
        let phrase = FoldedText(Self.text("-") + "x")
        #expect(try Keyword("- - - x").isFound(in: phrase))
    }

    @Test(arguments: ["\u{301}\u{323}", "\u{0}", "🏽", "\u{200D}", "\u{2028}", "ÿ"])
    func `patterns take any text`(piece: String) throws {
        let text = Self.text(piece)
        let scratch = MatchScratch()
        #expect(try Pattern("refund").matches(text, scratch: scratch) == .noMatch)
        #expect(try Pattern("(?i)[a-q]x").matches(text, scratch: scratch) == .noMatch)
        #expect(try Pattern("^\\X").matches(text, scratch: scratch) == .match)
    }
}
