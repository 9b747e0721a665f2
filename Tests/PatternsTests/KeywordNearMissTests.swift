import Patterns
import Testing

struct KeywordNearMissTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let keywords: [String]
        var options = KeywordOptions()
        var question = KeywordSet.Question.any
        let text: String
        let explanation: String?

        var testDescription: String { "\(keywords) in \(text)" }
    }

    static let rows: [Row] = [
        Row(
            keywords: ["refund"],
            text: "I want a Refnud, now",
            explanation: "'Refnud' is one typo from keyword 'refund'; `typos: 1` would match"
        ),
        Row(
            keywords: ["refund"],
            text: "my rfeunnd",
            explanation: "'rfeunnd' is two typos from keyword 'refund'; `typos: 2` would match"
        ),
        Row(
            keywords: ["refund"],
            options: KeywordOptions(typos: 1),
            text: "my rfeunnd",
            explanation: "'rfeunnd' is two typos from keyword 'refund'; `typos: 2` would match"
        ),
        Row(
            keywords: ["return", "refund"],
            text: "rfeunnd retunr",
            explanation: "'retunr' is one typo from keyword 'return'; `typos: 1` would match"
        ),
        Row(
            keywords: ["refund", "return"],
            text: "rfeunnd retunr",
            explanation: "'retunr' is one typo from keyword 'return'; `typos: 1` would match"
        ),
        Row(
            keywords: ["cafe"],
            text: "CAFE\u{301} Rio",
            explanation: "'CAFE\u{301}' is keyword 'cafe' but for accents; `accents: ignore` would match"
        ),
        Row(
            keywords: ["café"],
            text: "ein Cafe!",
            explanation: "'Cafe' is keyword 'café' but for accents; `accents: ignore` would match"
        ),
        Row(
            keywords: ["please"],
            text: "PLEEEASE 🙏",
            explanation: "'PLEEEASE' is keyword 'please', stretched; `stretched: ignore` would match"
        ),
        Row(
            keywords: ["please refund"],
            text: "pleeeease, 🙏 re\u{200B}fund and pleaseee - re\u{AD}fund",
            explanation:
                "'pleaseee - re\u{AD}fund' is keyword 'please refund', stretched; `stretched: ignore` would match"
        ),
        Row(
            keywords: ["refund"],
            text: "is it Non\u{200D}Refundable?",
            explanation: "keyword 'refund' stands inside of 'Non\u{200D}Refundable'"
        ),
        Row(
            keywords: ["refund"],
            text: "two REFUNDS",
            explanation: "keyword 'refund' stands inside of 'REFUNDS'; `refund*` would match"
        ),
        Row(
            keywords: ["refund"],
            text: "refundable",
            explanation: "keyword 'refund' stands inside of 'refundable'; `refund*` would match"
        ),
        Row(keywords: ["to"], text: "tomorrow", explanation: nil),
        Row(
            keywords: ["money back"],
            text: "I want my money",
            explanation: "'money' is there of keyword 'money back', but not 'back'"
        ),
        Row(
            keywords: ["money back"],
            text: "back with my money",
            explanation: "the words of keyword 'money back' stand apart"
        ),
        Row(keywords: ["all my money back"], text: "all that", explanation: nil),
        Row(keywords: ["refund"], text: "hello", explanation: nil),
        Row(keywords: ["refund"], text: "a refund", explanation: nil),
        Row(keywords: [], text: "a refund", explanation: nil),
        Row(
            keywords: ["order", "refund"],
            question: .all,
            text: "my order, my refnud",
            explanation: "'refnud' is one typo from keyword 'refund'; `typos: 1` would match"
        ),
        Row(
            keywords: ["stop"],
            question: .theWhole,
            text: "please STOP",
            explanation: "keyword 'stop' stands in the text, but is not all of it; `keywords` would match"
        ),
        Row(
            keywords: ["cancel", "stop"],
            question: .theWhole,
            text: "«cancle»",
            explanation: "'cancle' is one typo from keyword 'cancel'; `typos: 1` would match"
        ),
        Row(keywords: ["stop"], question: .theWhole, text: "STOP 🙏", explanation: nil),
        Row(
            keywords: ["रिफंड"],
            options: KeywordOptions(ignoresAccents: true),
            text: "मुझे रिफंडड",
            explanation: "keyword 'रिफंड' stands inside of 'रिफंडड'; `रिफंड*` would match"
        ),
        Row(
            keywords: ["café latte"],
            options: KeywordOptions(ignoresAccents: true),
            text: "Cafe\u{301} LÄTTTTE",
            explanation: "'Cafe\u{301} LÄTTTTE' is keyword 'café latte', stretched; `stretched: ignore` would match"
        ),
    ]

    @Test(arguments: rows)
    func `what was nearest is told as it was sent`(row: Row) throws {
        let set = KeywordSet(try row.keywords.map { try Keyword($0) }, options: row.options)
        #expect(set.nearMiss(in: row.text, asking: row.question)?.explanation == row.explanation)
    }

    @Test func `long texts and many keywords are looked at up to a limit`() throws {
        let text = String(repeating: "hello wrold ", count: 1 << 17)
        let keywords = try (0..<5_000).map { try Keyword("refund\($0)") } + [Keyword("world")]
        #expect(KeywordSet(keywords).nearMiss(in: text) == nil)
        let miss = KeywordSet([try Keyword("world")]).nearMiss(in: text)
        #expect(miss == KeywordNearMiss(keyword: "world", found: "wrold", kind: .typos(1)))
        let late = String(repeating: "x ", count: KeywordNearMiss.textBytesMax) + "wrold"
        #expect(KeywordSet([try Keyword("world")]).nearMiss(in: late) == nil)
    }
}
