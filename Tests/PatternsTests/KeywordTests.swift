import Patterns
import Testing

struct KeywordTests {
    @Test(arguments: KeywordCase.everything)
    func `a keyword is found as the definition says`(row: KeywordCase) throws {
        let keyword = try Keyword(row.keyword)
        #expect(keyword.isFound(in: FoldedText(row.text)) == row.isFound, "\(row.why)")
    }

    @Test(arguments: KeywordCase.everything)
    func `the reference reads the definition the same way`(row: KeywordCase) throws {
        let reference = try #require(KeywordReference(row.keyword))
        #expect(reference.isFound(in: row.text) == row.isFound, "\(row.why)")
    }

    @Test(arguments: KeywordOptionCase.everything)
    func `options find what they say`(row: KeywordOptionCase) throws {
        let set = KeywordSet([try Keyword(row.keyword)], options: row.options)
        #expect(set.anyIsFound(in: FoldedText(row.text)) == row.isFound, "\(row.why)")
        let reference = try #require(KeywordReference(row.keyword, options: row.options))
        #expect(reference.isFound(in: row.text) == row.isFound, "\(row.why)")
    }

    /// Two ways lead to every answer: the search for exact words and the automaton with nothing to forgive.
    @Test(arguments: KeywordCase.everything)
    func `what is found without options is found with them`(row: KeywordCase) throws {
        let keyword = try Keyword(row.keyword)
        let text = FoldedText(row.text)
        #expect(KeywordSet([keyword]).anyIsFound(in: text) == row.isFound, "\(row.why)")
        for options in [
            KeywordOptions(typos: 2), KeywordOptions(ignoresAccents: true), KeywordOptions(ignoresStretching: true),
        ] where row.isFound {
            #expect(KeywordSet([keyword], options: options).anyIsFound(in: text), "\(row.why), \(options)")
        }
    }

    @Test(arguments: WholeTextCase.everything)
    func `a keyword is the whole text as the definition says`(row: WholeTextCase) throws {
        let set = KeywordSet([try Keyword(row.keyword)], options: row.options)
        #expect(set.anyIsTheWhole(of: FoldedText(row.text)) == row.isWhole, "\(row.why)")
        let reference = try #require(KeywordReference(row.keyword, options: row.options))
        #expect(reference.isTheWhole(of: row.text) == row.isWhole, "\(row.why)")
    }

    @Test func `sets ask for any or for all`() throws {
        let keywords = try ["refund", "money back"].map { try Keyword($0) }
        for options in [KeywordOptions(), KeywordOptions(typos: 1), KeywordOptions(ignoresAccents: true)] {
            let set = KeywordSet(keywords, options: options)
            let texts = ["refund", "money back refund", "back", "refund money"].map { FoldedText($0) }
            #expect(texts.map { set.anyIsFound(in: $0) } == [true, true, false, true])
            #expect(texts.map { set.allAreFound(in: $0) } == [false, true, false, false])
            #expect(texts.map { set.anyIsTheWhole(of: $0) } == [true, false, false, false])
            let empty = KeywordSet([], options: options)
            #expect(
                !empty.anyIsFound(in: texts[0]) && empty.allAreFound(in: texts[0]) && !empty.anyIsTheWhole(of: texts[0])
            )
        }
    }

    @Test func `options out of range are taken for the nearest`() {
        #expect([-1, 0, 2, 3, .max, .min].map { KeywordOptions(typos: $0).typos } == [0, 0, 2, 2, 2, 0])
    }

    @Test func `a keyword keeps the text that was written`() throws {
        #expect(try Keyword(" Money  BACK* ").text == " Money  BACK* ")
    }

    @Test(
        arguments: [
            ("", "a keyword needs a character that is compared; white space and invisible characters are not"),
            (
                " \t\n\u{A0}\u{3000}",
                "a keyword needs a character that is compared; white space and invisible characters are not"
            ),
            (
                "\u{200B}\u{AD}\u{FEFF}",
                "a keyword needs a character that is compared; white space and invisible characters are not"
            ),
            ("*", "'*' takes any ending of the word before it, and there is none; '\\*' is a literal star"),
            ("money * back", "'*' takes any ending of the word before it, and there is none; '\\*' is a literal star"),
            (String(repeating: "a", count: 16_385), "a keyword may have at most 16384 bytes"),
            (String(repeating: "a ", count: 1_001), "a keyword may have at most 1000 words"),
        ]
    )
    func `a text that could never be found is no keyword`(text: String, reason: String) {
        let problem = #expect(throws: KeywordProblem.self) { try Keyword(text) }
        #expect(problem?.reason == reason)
    }

    @Test func `the longest keyword and the longest phrase are found`() throws {
        let word = String(repeating: "ab", count: 8_192)
        #expect(try Keyword(word).isFound(in: FoldedText("x \(word) x")))
        let phrase = String(repeating: "a ", count: 1_000)
        #expect(try Keyword(phrase).isFound(in: FoldedText(phrase)))
        #expect(try !Keyword(phrase).isFound(in: FoldedText(String(phrase.dropFirst(2)))))
    }
}
