import Diagnostics
import Testing

/// A key that was written into a file by mistake is shown nowhere.
struct SecretTests {
    private let file = SourceFile(path: "a.yml", text: "k: hunter2, l: swordfish\nm: key_live_0123456789abcdef\n")

    private func span(_ text: String) throws -> Span {
        let bytes = Array(text.utf8)
        let start = try #require(
            file.bytes.indices.first { file.bytes[$0...].starts(with: bytes) },
            "the file does not hold \(text)"
        )
        return Span(file, start..<start + bytes.count)
    }

    private func secret(_ text: String) throws -> Diagnostic {
        Diagnostic(.secretInFile, message: "a key", primary: Label("here", at: try span(text), isSecret: true))
    }

    @Test func `what one problem marks as secret is hidden in all`() throws {
        let other = Diagnostic(.unknownField, message: "m", primary: Label("not a field", at: try span("l")))
        #expect(
            TextRenderer.render([other, try secret("hunter2")], usesColor: false) == """
                error[R201]: m
                 --> a.yml:1:13
                  |
                1 | k: •••, l: swordfish
                  |         ^ not a field

                error[R306]: a key
                 --> a.yml:1:4
                  |
                1 | k: •••, l: swordfish
                  |    ^^^ here
                """
        )
    }

    @Test(arguments: [["hunter2", "swordfish"], ["swordfish", "hunter2"], ["hunter2", "hunter2", "swordfish"]])
    func `several secrets of one line are hidden in whatever order they are found`(texts: [String]) throws {
        var diagnostics = try texts.map { try secret($0) }
        diagnostics.append(Diagnostic(.unknownField, message: "m", primary: Label("here", at: try span("k"))))
        let text = TextRenderer.render(diagnostics, usesColor: false)
        #expect(text.hasSuffix("1 | k: •••, l: •••\n  | ^ here"))
        #expect(!text.contains("hunter2") && !text.contains("swordfish"))
    }

    @Test func `a place inside a secret shows nothing of it`() throws {
        let inner = Diagnostic(.unknownField, message: "m", primary: Label("here", at: try span("nter")))
        #expect(
            TextRenderer.render([inner, try secret("hunter2")], usesColor: false)
                .split(separator: "\n").dropFirst(3).first == "1 | k: •••••••••, l: swordfish"
        )
    }

    @Test func `what looks like a key is hidden though nobody marked it`() throws {
        let diagnostic = Diagnostic(.unknownField, message: "m", primary: Label("here", at: try span("m")))
        #expect(
            TextRenderer.render([diagnostic], usesColor: false) == """
                error[R201]: m
                 --> a.yml:2:1
                  |
                2 | m: key_•••
                  | ^ here
                """
        )
    }

    @Test func `a message, a label or a help that quotes a key hides it`() throws {
        let key = "key_live_0123456789abcdef"
        let diagnostic = Diagnostic(
            .unknownName,
            message: "unknown agent '\(key)'",
            primary: Label("'\(key)' is nobody", at: try span("m")),
            help: "write '\(key)' elsewhere"
        )
        #expect(
            TextRenderer.render([diagnostic], usesColor: false) == """
                error[R302]: unknown agent 'key_•••'
                 --> a.yml:2:1
                  |
                2 | m: key_•••
                  | ^ 'key_•••' is nobody
                  = help: write 'key_•••' elsewhere
                """
        )
    }

    @Test(arguments: [1, 5, 12, 24])
    func `a place that begins inside a key shows nothing of it`(offset: Int) throws {
        let whole = try span("key_live_0123456789abcdef")
        let part = Span(file, (whole.bytes.lowerBound + offset)..<whole.bytes.upperBound)
        let diagnostic = Diagnostic(.unknownField, message: "m", primary: Label("here", at: part))
        #expect(!TextRenderer.render([diagnostic], usesColor: false).contains("abcdef"))
    }
}
