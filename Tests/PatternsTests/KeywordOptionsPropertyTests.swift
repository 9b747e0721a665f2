import Patterns
import SeededRandom
import Testing

/// Each test runs over generated keywords, options and texts; the comments of a failure hold the seed that repeats it.
@Suite(.timeLimit(.minutes(10)))
struct KeywordOptionsPropertyTests {
    /// Letters of one and more bytes, accents in both forms, signs that are no accents, and what parts words.
    static let alphabet = [
        "a", "a", "b", "c", "d", "e", "é", "e\u{301}", "\u{301}", "\u{323}", "E", "ö", "ё", "е", "й", "ß",
        " ", " ", "-", ".", "'", "+", "🙏", "👍🏽", "\u{20E3}", "1", "２", "²",
        "क", "क़", "ा", "्", "ि", "م", "ر", "\u{64E}", "\u{64B}", "أ", "ا", "ש", "\u{5B8}", "ก", "ิ", "退", "カ", "ガ",
        "\u{3099}",
        "한", "\u{200D}",
    ]

    /// So few letters that typos, swaps and stretches meet one another.
    static let fewLetters = ["a", "a", "b", "c", "é", "e"]

    /// A keyword, and a text that holds it with some changes and anything around it.
    private static func pair(
        from alphabet: [String],
        _ generator: inout SeededGenerator
    ) -> (keyword: String, text: String) {
        var letters = (0..<Int.random(in: 1...7, using: &generator)).map { _ in
            alphabet.randomElement(using: &generator) ?? ""
        }
        var keyword = letters.joined()
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            let place = Int.random(in: 0..<max(1, letters.count), using: &generator)
            let letter = alphabet.randomElement(using: &generator) ?? ""
            guard !letters.isEmpty else { break }
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: letters.insert(letter, at: place)
            case 1: letters.remove(at: place)
            case 2: letters[place] = letter
            case 3: letters.swapAt(place, max(0, place - 1))
            default: letters[place] = String(repeating: letters[place], count: Int.random(in: 2...4, using: &generator))
            }
        }
        if Int.random(in: 0..<6, using: &generator) == 0 {
            keyword += ["*", " b", "* b"].randomElement(using: &generator) ?? ""
        }
        let around = ["", " ", "!", "🙏", "a", "退"]
        let text =
            (around.randomElement(using: &generator) ?? "") + letters.joined()
            + (around.randomElement(using: &generator) ?? "")
            + (["", " b", "b", ". b"].randomElement(using: &generator) ?? "")
        return (keyword, text)
    }

    private static func options(_ generator: inout SeededGenerator) -> KeywordOptions {
        KeywordOptions(
            typos: Int.random(in: 0...2, using: &generator),
            ignoresAccents: Bool.random(using: &generator),
            ignoresStretching: Bool.random(using: &generator)
        )
    }

    @Test(arguments: [(21, alphabet, 10_000), (22, fewLetters, 10_000), (23, fewLetters + [" ", "-"], 10_000)])
    func `keywords with options and the reference agree`(seed: UInt64, alphabet: [String], rounds: Int) {
        var generator = SeededGenerator(seed: seed)
        var foundCount = 0
        var wholeCount = 0
        for _ in 0..<rounds {
            let (written, text) = Self.pair(from: alphabet, &generator)
            let options = Self.options(&generator)
            guard let keyword = try? Keyword(written), let reference = KeywordReference(written, options: options)
            else {
                continue
            }
            let set = KeywordSet([keyword], options: options)
            let folded = FoldedText(text)
            let isFound = set.anyIsFound(in: folded)
            let isWhole = set.anyIsTheWhole(of: folded)
            foundCount += isFound ? 1 : 0
            wholeCount += isWhole ? 1 : 0
            if isFound != reference.isFound(in: text) || isWhole != reference.isTheWhole(of: text) {
                Issue.record(
                    "seed \(seed): \(written.debugDescription) in \(text.debugDescription) with \(options): \(isFound) \(isWhole)"
                )
                return
            }
            if set.allAreFound(in: folded) != isFound { Issue.record("seed \(seed): all of one and any of one differ") }
        }
        #expect(foundCount > rounds / 10 && foundCount < rounds, "seed \(seed) makes cases of one kind only")
        #expect(wholeCount > rounds / 20 && wholeCount < foundCount, "seed \(seed) makes cases of one kind only")
    }

    @Test(arguments: [24, 25])
    func `an option only adds`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let (written, text) = Self.pair(from: Self.alphabet, &generator)
            guard let keyword = try? Keyword(written) else { continue }
            // The one exception: an accent with nothing to stand on is no accent in the keyword, but may be one in the text.
            let form = String(decoding: FoldedText(written).bytes, as: UTF8.self)
            guard let first = form.unicodeScalars.first, !KeywordReference.isMark(first) else { continue }
            let folded = FoldedText(text)
            let options = Self.options(&generator)
            let less = KeywordOptions(typos: max(0, options.typos - 1))
            let isFound = KeywordSet([keyword], options: less).anyIsFound(in: folded)
            if isFound, !KeywordSet([keyword], options: options).anyIsFound(in: folded) {
                Issue.record("seed \(seed): \(written.debugDescription) in \(text.debugDescription) with \(options)")
                return
            }
        }
    }

    /// Words of more than 63 scalars take the long way; filling leaves what is asked for the same.
    @Test(arguments: [26, 27])
    func `long words are compared like short ones`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let filling = String((0..<80).map { _ in ["x", "y", "z"].randomElement(using: &generator) ?? "x" })
        var foundCount = 0
        for _ in 0..<4_000 {
            let word = "bcdef" + generator.text(from: ["b", "c", "d"], countMax: 4)
            var letters = word.map { String($0) }
            let place = Int.random(in: 0..<letters.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: letters.remove(at: place)
            case 1: letters.swapAt(place, 0)
            case 2: letters[place] = "bbbb"
            default: letters.insert("d", at: place)
            }
            let options = Self.options(&generator)
            let text = letters.joined()
            guard let short = try? Keyword(word), let long = try? Keyword(filling + word) else { continue }
            let isFound = KeywordSet([short], options: options).anyIsFound(in: FoldedText(text))
            let isFoundLong = KeywordSet([long], options: options).anyIsFound(in: FoldedText(filling + text))
            foundCount += isFound ? 1 : 0
            if isFound != isFoundLong {
                Issue.record("seed \(seed): \(word) in \(text) with \(options): \(isFound), long \(isFoundLong)")
                return
            }
        }
        #expect(foundCount > 400, "seed \(seed) makes cases of one kind only")
    }
}
