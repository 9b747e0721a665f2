import Diagnostics
import RuleFormatting
import Testing

/// What is said of a file that is not in the standard form.
struct FirstDifferenceTests {
    @Test(
        arguments: [
            ("a: 1\n", nil),
            ("\u{FEFF}a: 1\n", "1 behind a byte order mark, which does not belong here"),
            ("a:\n  b: 1\r\n", "2 ends with a carriage return"),
            ("a: 1", "1 the line feed at the end of the file is missing"),
            ("a: 1\nb: 1\n", "2 a blank line belongs above"),
            ("a:\n\n  b: 1\n", "2 no blank line belongs here"),
            ("a: 1\n\n", "2 too many blank lines"),
            ("a: 1 \n", "1 white space at the end of the line"),
            ("a:\n   b: 1\n", "2 the first line that differs | 2   b: 1"),
        ] as [(String, String?)]
    )
    func `the first line that differs is named`(text: String, expected: String?) {
        let formatted = RuleFormatter.format(SourceFile(path: "rules.yml", text: text)).formatted
        let difference = formatted?.firstDifference
        let labels = [difference?.primary].compactMap(\.self)
        let others = difference?.context ?? []
        let found = labels.map { "\($0.span.line) \($0.text)" } + others.map { "\($0.span.line) \($0.span.text)" }
        #expect(formatted != nil)
        #expect((found.isEmpty ? nil : found.joined(separator: " | ")) == expected)
    }
}
