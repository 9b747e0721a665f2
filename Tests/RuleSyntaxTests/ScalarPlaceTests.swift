import Diagnostics
import RuleSyntax
import SeededRandom
import Testing

/// The place of every character of a scalar's text, however the scalar is written.
struct ScalarPlaceTests {
    /// The sources of the text's characters, in order; an empty one for the end.
    private func sources(_ value: String) throws -> [String] {
        let node = try #require(ReadYAML("é:\n  key: \(value)\n").root?.mapping?.first?.value.mapping?.first?.value)
        let text = try #require(node.scalar?.text)
        var sources: [String] = []
        var offset = 0
        for scalar in text.unicodeScalars {
            sources.append(node.span(ofTextOffset: offset).text)
            offset += UTF8.width(scalar)
        }
        return sources
    }

    @Test(
        arguments: [
            ("a(é🙏", ["a", "(", "é", "🙏"]),
            ("'a''b'", ["a", "''", "b"]),
            (
                #""a\n\x41\u00e9\U0001F600\\\"\t""#,
                ["a", #"\n"#, #"\x41"#, #"\u00e9"#, #"\U0001F600"#, #"\\"#, #"\""#, #"\t"#]
            ),
            (#""\_\N\L\P\0\e\/z""#, [#"\_"#, #"\N"#, #"\L"#, #"\P"#, #"\0"#, #"\e"#, #"\/"#, "z"]),
            ("|-\n    a(\n    é", ["a", "(", "\n", "é"]),
            ("|-\n    a\n      b", ["a", "\n", " ", " ", "b"]),
            ("|2-\n      a\n    b", [" ", " ", "a", "\n", "b"]),
            ("|-\n    a\n\n    b", ["a", "\n", "\n", "b"]),
            (">-\n    a\n    b", ["a", "\n", "b"]),
        ] as [(String, [String])]
    )
    func `every character is found in the source`(value: String, expected: [String]) throws {
        #expect(try sources(value) == expected)
    }

    @Test(arguments: [
        ("'a", "b'"), ("\"a", "b\""), ("[a", "b]"), ("\"a \\", "\\ b\""),
    ])
    func `the text behind a folded line break is found`(before: String, after: String) throws {
        let read = ReadYAML("key: \(before)\n   \(after)\n")
        let value = try #require(read.root?.mapping?.first?.value)
        let node = value.sequence?.first ?? value
        let text = try #require(node.scalar?.text)
        #expect(node.span(ofTextOffset: text.utf8.count - 1).text == "b")
        #expect(node.span(ofTextOffset: 0).text == "a")
    }

    @Test(arguments: ["|-\r\n  a\r\n  b(\r\n", ">-\r\n  a\r\n  b(\r\n", "'a\r\n  b('\r\n"])
    func `carriage returns do not hide a place`(value: String) throws {
        let node = try #require(ReadYAML("key: \(value)").root?.mapping?.first?.value)
        #expect(node.scalar?.text == (value.hasPrefix("|") ? "a\nb(" : "a b("))
        #expect(node.span(ofTextOffset: 3).text == "(")
    }

    @Test(arguments: [("abc", 8), ("'abc'", 9), ("\"abc\"", 9)])
    func `the end of the text is an empty place`(value: String, column: Int) throws {
        let node = try #require(ReadYAML("key: \(value)\n").root?.mapping?.first?.value)
        let span = node.span(ofTextOffset: 3)
        #expect(span.bytes.isEmpty)
        #expect(span.start.column == column + 1)
    }

    @Test func `an offset beyond the text is the whole scalar`() throws {
        let node = try #require(ReadYAML("key: abc\n").root?.mapping?.first?.value)
        #expect(node.span(ofTextOffset: 4).text == "abc")
    }

    @Test(arguments: WrittenScalar.Style.allCases, [1, 2] as [UInt64])
    func `every character of a generated scalar is found`(style: WrittenScalar.Style, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1_500 {
            let written = WrittenScalar.random(style, using: &generator)
            let read = ReadYAML("'é 🙏': x\nkey: \(written.source)\nend: z\n")
            let node = try #require(read.root?.mapping?.dropFirst().first?.value, "seed \(seed): \(written.source)")
            #expect(node.scalar?.text == written.text, "seed \(seed): \(written.source.debugDescription)")
            guard node.scalar?.text == written.text else { continue }
            let start = "'é 🙏': x\nkey: ".utf8.count
            for piece in written.pieces {
                let found = node.span(ofTextOffset: piece.textOffset).bytes
                let expected = (piece.source.lowerBound + start)..<(piece.source.upperBound + start)
                let isFound = piece.isFold ? expected.contains(found.lowerBound) : found == expected
                #expect(
                    isFound,
                    "seed \(seed): byte \(piece.textOffset) of \(written.source.debugDescription) is \(found), not \(expected)"
                )
                guard isFound else { return }
            }
        }
    }

    /// Every short scalar: whatever it is, a place in it lies in it.
    @Test(arguments: ["", "|", "|2", ">", ">2-", "\"", "'", "\"\\\n"])
    func `no scalar is a trap`(beginning: String) {
        let signs = [" ", "\n", "\r\n", "\n  ", "a", "\\", "'", "\"", "#", "\u{85}", "é"]
        func texts(_ length: Int) -> [String] {
            length == 0 ? [""] : texts(length - 1).flatMap { text in signs.map { text + $0 } }
        }
        for text in texts(3) {
            for ending in ["", "\"", "'", "\nl: m\n"] {
                guard let node = ReadYAML("k: \(beginning)\(text)\(ending)").root?.mapping?.first?.value,
                    let scalar = node.scalar
                else { continue }
                for offset in 0...scalar.text.utf8.count + 1 {
                    let found = node.span(ofTextOffset: offset).bytes
                    #expect(found.clamped(to: node.span.bytes) == found)
                }
            }
        }
    }
}
