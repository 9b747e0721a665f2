import Diagnostics
import Testing

/// Lines and columns.
struct SourceFileTests {
    @Test(arguments: [
        (-5, 1, 1), (0, 1, 1), (1, 1, 2), (3, 1, 3), (4, 2, 1), (5, 2, 2), (9, 2, 3), (10, 3, 1), (11, 4, 1),
        (99, 4, 1),
    ])
    func `a byte offset has a line and a column of characters`(offset: Int, line: Int, column: Int) {
        let file = SourceFile(path: "a.yml", text: "aé\nb🙏\n\n")
        #expect(file.position(at: offset) == file.position(at: min(max(offset, 0), 11)))
        #expect(file.position(at: offset).line == line)
        #expect(file.position(at: offset).column == column)
    }

    @Test func `a byte order mark is no character of the first line`() {
        let file = SourceFile(path: "a.yml", text: "\u{FEFF}ab\nc")
        #expect(file.text(file.range(ofLine: 1)) == "ab")
        #expect(file.position(at: 0).column == 1)
        #expect(file.position(at: 4).column == 2)
        #expect(file.position(at: 6).line == 2)
    }

    @Test(arguments: ["a", "é", "🙏", "क्ष", "a\u{301}", "\r"])
    func `columns are exact in a long line too`(character: String) {
        let line = String(repeating: character, count: 10_000)
        let file = SourceFile(path: "a.yml", text: "é\n\(line)\n\(line)")
        let bytes = character.utf8.count
        for count in [0, 1, 4_095, 4_096, 4_097, 8_192, 9_999] {
            for (number, start) in [(2, 3), (3, 4 + 10_000 * bytes)] {
                let position = file.position(at: start + count * bytes)
                #expect(position.line == number)
                #expect(position.column == count + 1)
            }
        }
    }

    @Test func `a line has no line break in it`() {
        let file = SourceFile(path: "a.yml", text: "a\r\n\r\nb\n\r\nc")
        let lines = (1...5).map { file.text(file.range(ofLine: $0)) }
        #expect(lines == ["a", "", "b", "", "c"])
    }

    @Test func `problems come in the order of files and places, and stay in order at one place`() {
        let one = SourceFile(path: "a.yml", text: "abc")
        let other = SourceFile(path: "b.yml", text: "abc")
        func problem(_ file: SourceFile, _ offset: Int, _ message: String) -> Diagnostic {
            Diagnostic(.unknownField, message: message, primary: Label("", at: Span(file, offset..<offset + 1)))
        }
        let shuffled = [
            problem(other, 0, "4"), problem(one, 1, "2"), problem(one, 1, "3"), problem(one, 0, "1"),
            Diagnostic(.unreadable, message: "0", primary: nil),
        ]
        #expect(shuffled.inReadingOrder().map(\.message) == ["0", "1", "2", "3", "4"])
    }

    @Test func `codes are written once`() {
        let codes = DiagnosticCode.allCases.map(\.rawValue)
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.wholeMatch(of: /R[1-5][0-9]{2}/) != nil })
    }

    @Test func `only errors keep rules from running`() {
        let warning = Diagnostic(.patternMatchesAll, severity: .warning, message: "m", primary: nil)
        #expect(![warning].hasErrors)
        #expect([warning, Diagnostic(.patternSyntax, message: "m", primary: nil)].hasErrors)
    }
}
