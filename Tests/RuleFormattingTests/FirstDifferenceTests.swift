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
            ("a:\n   b: 1\n", "2:3 the first line that differs ' ' | 2:3 ''"),
            ("a: {b: ключ,c: 1}\n", "1:5 the first line that differs 'b: ключ,c: 1' | 1:5 ' b: ключ, c: 1 '"),
            ("пп:   п # п\n", "1:5 the first line that differs '  п' | 1:5 'п '"),
            ("rules:\n  - on: п\n    id: р\n", "2:5 the first line that differs 'on: п' | 2:5 'id: р'"),
        ] as [(String, String?)]
    )
    func `the first line that differs is named`(text: String, expected: String?) {
        let formatted = RuleFormatter.format(SourceFile(path: "rules.yml", text: text)).formatted
        let difference = formatted?.firstDifference
        let found = difference.map { [$0.primary].compactMap(\.self) + $0.context } ?? []
        let isShown = found.count > 1
        let texts = found.map { label in
            let place = label.span.start
            return isShown
                ? "\(place.line):\(place.column) \(label.text) '\(label.span.text)'" : "\(place.line) \(label.text)"
        }
        #expect(formatted != nil)
        #expect(
            (texts.isEmpty ? nil : texts.joined(separator: " | ").replacing("as it should be ", with: "")) == expected
        )
    }

    @Test func `a long line is shown around what differs`() {
        let text = "rules:\n  - { then: [{ add-collaborator: { agents: [\(Self.agents)] } }], id: x } # c\n"
        let difference = RuleFormatter.format(SourceFile(path: "rules.yml", text: text)).formatted?.firstDifference
        #expect(
            difference.map { TextRenderer.render([$0], usesColor: false) } == """
                warning[R110]: 'rules.yml' is not in the standard form
                 --> rules.yml:2:249
                  |
                2 | …t-15, agent-16, agent-17, agent-18, agent-19] } }], id: x } # c
                  |                                                              ^ the first line that differs
                 ::: the standard form of rules.yml:2:249
                  |
                2 | …t-15, agent-16, agent-17, agent-18, agent-19] } }], id: x }  # c
                  |                                                              - as it should be
                  = help: run 'beckon fmt'
                """
        )
    }

    private static let agents = (0..<20).map { "agent-\($0)" }.joined(separator: ", ")
}
