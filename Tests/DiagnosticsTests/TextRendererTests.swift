import Diagnostics
import Testing

/// What people see, whole.
struct TextRendererTests {
    /// A file whose text marks places with « and ».
    private struct Marked {
        let file: SourceFile
        let spans: [Span]

        init(_ marked: String, path: String = "rules/disk.yml") {
            var text = ""
            var starts: [Int] = []
            var ranges: [Range<Int>] = []
            for character in marked {
                switch character {
                case "«": starts.append(text.utf8.count)
                case "»": ranges.append((starts.popLast() ?? 0)..<text.utf8.count)
                default: text.append(character)
                }
            }
            let file = SourceFile(path: path, text: text)
            self.file = file
            spans = ranges.map { Span(file, $0) }
        }
    }

    private func render(_ marked: Marked, _ labels: [String], help: String? = nil) -> String {
        let all = zip(labels, marked.spans).map { Label($0, at: $1) }
        let diagnostic = Diagnostic(
            .unknownField,
            message: "unknown field 'whne'",
            primary: all.first,
            context: Array(all.dropFirst()),
            help: help
        )
        return TextRenderer(usesColor: false).render(diagnostic)
    }

    @Test func `one label stands below its place`() {
        let text = render(
            Marked("- id: disk\n  «whne»: level == 3\n"),
            ["not a field of a rule"],
            help: "did you mean 'when'?"
        )
        #expect(
            text == """
                error[R201]: unknown field 'whne'
                 --> rules/disk.yml:2:3
                  |
                2 |   whne: level == 3
                  |   ^^^^ not a field of a rule
                  = help: did you mean 'when'?
                """
        )
    }

    @Test func `a label without a text is a line below its place`() {
        #expect(
            render(Marked("a: «b»"), [""]) == """
                error[R201]: unknown field 'whne'
                 --> rules/disk.yml:1:4
                  |
                1 | a: b
                  |    ^
                """
        )
    }

    @Test func `other places of the same file follow the first, whatever their order`() {
        let marked = Marked("«a»: 1\nb: 2\n«a»: 3\n«a»: 4\n")
        let labels = [marked.spans[1], marked.spans[0], marked.spans[2]]
        let diagnostic = Diagnostic(
            .duplicateKey,
            message: "key 'a' stands three times",
            primary: Label("second time", at: labels[0]),
            context: [Label("first time", at: labels[1]), Label("third time", at: labels[2])]
        )
        #expect(
            TextRenderer(usesColor: false).render(diagnostic) == """
                error[R104]: key 'a' stands three times
                 --> rules/disk.yml:3:1
                  |
                3 | a: 3
                  | ^ second time
                1 | a: 1
                  | - first time
                4 | a: 4
                  | - third time
                """
        )
    }

    @Test func `another file is named where its place comes`() {
        let one = Marked("a: «1»", path: "a.yml")
        let other = Marked("\n\n\n\n\n\n\n\n\nb: «2»\n", path: "b.yml")
        let diagnostic = Diagnostic(
            .duplicateID,
            severity: .warning,
            message: "'x' is defined twice",
            primary: Label("second time", at: one.spans[0]),
            context: [Label("first time", at: other.spans[0])]
        )
        #expect(
            TextRenderer(usesColor: false).render(diagnostic) == """
                warning[R301]: 'x' is defined twice
                  --> a.yml:1:4
                   |
                 1 | a: 1
                   |    ^ second time
                  ::: b.yml:10:4
                   |
                10 | b: 2
                   |    - first time
                """
        )
    }

    @Test func `a problem without a place has no source`() {
        let diagnostic = Diagnostic(.unreadable, message: "'a.yml' cannot be read", primary: nil, help: "look\nagain")
        #expect(
            TextRenderer(usesColor: false).render(diagnostic) == """
                error[R101]: 'a.yml' cannot be read
                  = help: look
                          again
                """
        )
    }

    @Test(arguments: [
        ("日本: «x»", "日本: x", 6), ("é: «x»", "é: x", 3), ("e\u{301}: «x»", "e\u{301}: x", 3), ("🙏: «x»", "🙏: x", 4),
        ("👩‍👩‍👧: «x»", "👩‍👩‍👧: x", 4), ("🇮🇳: «x»", "🇮🇳: x", 4), ("❤️: «x»", "❤️: x", 4), ("ｱ: «x»", "ｱ: x", 3),
        ("Ａ: «x»", "Ａ: x", 4), ("한: «x»", "한: x", 4), ("\tk: «x»", "    k: x", 7),
        ("\u{200B}k: «x»", "\u{200B}k: x", 3),
    ])
    func `the caret stands below its character however wide those before it are`(
        marked: String,
        source: String,
        column: Int
    ) {
        let lines = render(Marked(marked), ["here"]).split(separator: "\n").suffix(2)
        #expect(lines == ["1 | \(source)", "  | \(String(repeating: " ", count: column))^ here"])
    }

    @Test(arguments: [("«日本»", 4), ("«e\u{301}»", 1), ("«🙏🙏»", 4), ("«a\tb»", 6)])
    func `the line below a place is as wide as the place`(marked: String, width: Int) {
        let line = render(Marked(marked), ["here"]).split(separator: "\n").last
        #expect(line == "  | \(String(repeating: "^", count: width)) here")
    }

    @Test func `a place over several lines is shown by its first`() {
        #expect(
            render(Marked("a: «b\n   c\n»d: e\n"), ["here"]) == """
                error[R201]: unknown field 'whne'
                 --> rules/disk.yml:1:4
                  |
                1 | a: b
                  |    ^ here
                """
        )
    }

    @Test(arguments: [("", 1, 1, "1 |"), ("a: b", 1, 5, "1 | a: b"), ("a: b\n", 2, 1, "2 |"), ("\r\n", 2, 1, "2 |")])
    func `the end of a file is a place`(text: String, line: Int, column: Int, source: String) {
        let file = SourceFile(path: "a.yml", text: text)
        let end = text.utf8.count
        for range in [end..<end, (end + 5)..<(end + 9)] {
            let diagnostic = Diagnostic(.yamlSyntax, message: "m", primary: Label("here", at: Span(file, range)))
            let caret = String(repeating: " ", count: column - 1) + "^ here"
            #expect(
                TextRenderer(usesColor: false).render(diagnostic)
                    == "error[R103]: m\n --> a.yml:\(line):\(column)\n  |\n\(source)\n  | \(caret)"
            )
        }
    }

    @Test func `carriage returns are not shown`() {
        #expect(
            render(Marked("a: «b»\r\nc: d\r\n"), ["here"]) == """
                error[R201]: unknown field 'whne'
                 --> rules/disk.yml:1:4
                  |
                1 | a: b
                  |    ^ here
                """
        )
    }

    @Test(.timeLimit(.minutes(10)))
    func `of a very long line only the surroundings of a place are shown`() {
        let filler = String(repeating: "x", count: 150_000)
        let text = render(Marked("\(filler)«here»\(filler)"), ["a place"])
        let around = String(repeating: "x", count: 60)
        #expect(
            text == """
                error[R201]: unknown field 'whne'
                 --> rules/disk.yml:1:150001
                  |
                1 | …\(around)here\(around)…
                  | \(String(repeating: " ", count: 61))^^^^ a place
                """
        )
    }

    @Test func `of a very long place only the beginning is shown`() {
        let filler = String(repeating: "y", count: 150_000)
        let text = render(Marked("a: «\(filler)»b"), ["a place"])
        #expect(
            text == """
                error[R201]: unknown field 'whne'
                 --> rules/disk.yml:1:4
                  |
                1 | a: \(String(repeating: "y", count: 60))…
                  |    \(String(repeating: "^", count: 61)) a place
                """
        )
    }

    @Test func `nothing in a file can move the cursor or turn the text around`() {
        let marked = Marked("a: \u{1B}[2J«b»\u{7}\u{202E}c\u{2066}\u{9B}0m\u{7F}\u{0}")
        let diagnostic = Diagnostic(
            .unknownField,
            message: "unknown field '\u{1B}[31m\u{202E}x\ny'",
            primary: Label("a\u{1B}b", at: marked.spans[0]),
            help: "c\u{8}d"
        )
        #expect(
            TextRenderer(usesColor: false).render(diagnostic) == """
                error[R201]: unknown field '␛[31m\u{FFFD}x␊y'
                 --> rules/disk.yml:1:8
                  |
                1 | a: ␛[2Jb␇\u{FFFD}c\u{FFFD}\u{FFFD}0m␡␀
                  |        ^ a␛b
                  = help: c␈d
                """
        )
    }

    @Test(.timeLimit(.minutes(10)), arguments: ["[a, é], ", "[a, e], ", "🙏"])
    func `a line of a megabyte with a thousand problems is told in time`(piece: String) {
        let bytes = Array(repeatElement(Array(piece.utf8), count: 1_000_000 / piece.utf8.count).joined())
        let file = SourceFile(path: "a.yml", bytes: bytes)
        let diagnostics = (0..<1_000).map { index in
            Diagnostic(
                .unknownField,
                message: "m",
                primary: Label("", at: Span(file, (index * 900)..<(index * 950 + 1)))
            )
        }
        let lines = TextRenderer.render(diagnostics, usesColor: false).split(separator: "\n")
        #expect(lines.count == 5_000)
        #expect(lines.allSatisfy { $0.count < 250 })
    }

    @Test func `a place may begin and end within a character`() {
        let file = SourceFile(path: "a.yml", text: "é🙏é")
        for lower in 0...8 {
            for upper in lower...8 {
                let label = Label("here", at: Span(file, lower..<upper))
                let text = TextRenderer(usesColor: false).render(Diagnostic(.notUTF8, message: "m", primary: label))
                #expect(text.split(separator: "\n").count == 5)
            }
        }
    }

    @Test func `the path of a file cannot move the cursor either`() {
        let file = SourceFile(path: "a\u{1B}[2J.yml", text: "a")
        let diagnostic = Diagnostic(.yamlSyntax, message: "m", primary: Label("", at: Span(file, 0..<1)))
        #expect(
            TextRenderer(usesColor: false).render(diagnostic) == """
                error[R103]: m
                 --> a␛[2J.yml:1:1
                  |
                1 | a
                  | ^
                """
        )
    }

    @Test func `colours mark the heading, the place and the frame`() {
        let marked = Marked("«a»: «b»")
        let text = TextRenderer(usesColor: true).render(
            Diagnostic(
                .unknownField,
                severity: .warning,
                message: "m",
                primary: Label("one", at: marked.spans[0]),
                context: [Label("two", at: marked.spans[1])],
                help: "h"
            )
        )
        let escape = "\u{1B}"
        #expect(
            text.replacing(escape, with: "^") == """
                ^[1;33mwarning[R201]^[0m^[1m: m^[0m
                 ^[34m-->^[0m rules/disk.yml:1:1
                  ^[34m|^[0m
                ^[34m1 |^[0m a: b
                  ^[34m|^[0m ^[31m^ one^[0m
                ^[34m1 |^[0m a: b
                  ^[34m|^[0m    ^[34m- two^[0m
                  ^[34m= help:^[0m h
                """
        )
    }
}
