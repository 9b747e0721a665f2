import Foundation
import Patterns
import SeededRandom
import Testing

/// Each test runs over generated keywords and texts; the comments of a failure hold the seed that repeats it.
struct KeywordPropertyTests {
    /// Few letters, so that words meet, and everything that is treated apart.
    static let nastyAlphabet = [
        "a", "a", "b", "A", "k", "\u{212A}", "s", "ſ", "ß", "i", "İ", "ı", "\u{307}", "e", "é", "\u{301}", "\u{323}",
        "ﬁ",
        " ", " ", "  ", "\n", "\u{A0}", "-", "-", "–", "'", "’", "ʼ", "´", ".", "_", "/", "+", "$", "|", "\u{0}",
        "1", "१", "٤", "²", "①", "❶", "½", "क", "ा", "़", "क़", "्", "ก", "ิ", "๑", "退", "一", "ー", "カ", "ｶ", "ﾞ",
        "\u{3099}", "가",
        "\u{1100}", "\u{1161}", "\u{11A8}", "\u{200B}", "\u{200D}", "\u{AD}", "\u{FE0F}", "\u{20E3}", "\u{FFFA}", "🙏",
        "🏽", "α",
        "\u{345}", "ᾳ", "Σ", "ς", "ـ", "ً", "𝐚", "\u{E000}",
    ]

    static let fewLetters = ["a", "a", "b", " ", "-", "."]

    @Test(arguments: [(1, nastyAlphabet, 40_000), (2, nastyAlphabet, 40_000), (3, fewLetters, 40_000)])
    func `keyword and reference agree`(seed: UInt64, alphabet: [String], rounds: Int) throws {
        var generator = SeededGenerator(seed: seed)
        var foundCount = 0
        for _ in 0..<rounds {
            var written = generator.text(from: alphabet, countMax: 5)
            if Int.random(in: 0..<6, using: &generator) == 0 {
                written += ["*", "\\*", "* b", "**"].randomElement(using: &generator) ?? ""
            }
            var text = generator.text(from: alphabet, countMax: 12)
            // Left to chance, few keywords would be found: most texts hold theirs, with anything around.
            if Bool.random(using: &generator) {
                text += written.replacing("*", with: "") + generator.text(from: alphabet, countMax: 3)
            }
            let reference = KeywordReference(written)
            let keyword = try? Keyword(written)
            guard let reference, let keyword else {
                #expect((reference == nil) == (keyword == nil), "seed \(seed): \(written.debugDescription)")
                continue
            }
            let isFound = keyword.isFound(in: FoldedText(text))
            foundCount += isFound ? 1 : 0
            if isFound != reference.isFound(in: text) {
                Issue.record("seed \(seed): \(written.debugDescription) in \(text.debugDescription): \(isFound)")
                return
            }
        }
        #expect(foundCount > rounds / 20 && foundCount < rounds, "seed \(seed) makes cases of one kind only")
    }

    @Test(arguments: [4, 5])
    func `the shortcut for ASCII changes no answer`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...80, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...0x7F, using: &generator) }
            let text = String(decoding: bytes, as: UTF8.self)
            let short = FoldedText(text)
            let long = FoldedText(text, withASCIIShortcut: false)
            if short != long {
                Issue.record("seed \(seed): \(text.debugDescription)")
                return
            }
        }
    }

    @Test(arguments: [6, 7])
    func `canonically equivalent texts have the same form, and the form is stable`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let text = generator.text(from: Self.nastyAlphabet, countMax: 10)
            let form = FoldedText(text)
            let forms = [
                FoldedText(text.decomposedStringWithCanonicalMapping),
                FoldedText(text.precomposedStringWithCanonicalMapping),
                FoldedText(String(decoding: form.bytes, as: UTF8.self)),
            ]
            if forms != [form, form, form] {
                Issue.record("seed \(seed): \(text.debugDescription)")
                return
            }
        }
    }
}
