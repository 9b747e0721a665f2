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
