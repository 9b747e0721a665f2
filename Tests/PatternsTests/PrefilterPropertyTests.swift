import Foundation
import Patterns
import SeededRandom
import Testing

/// Whatever holds for a text is named by the index; the comments of a failure hold the seed that repeats it.
///
/// `BECKON_PREFILTER_PAIRS` says how many pairs of a test and a text are tried in all, `BECKON_SEED` with which numbers.
struct PrefilterPropertyTests {
    static let environment = ProcessInfo.processInfo.environment
    static let pairs = environment["BECKON_PREFILTER_PAIRS"].flatMap { Int($0) } ?? 24_000
    static let seed = environment["BECKON_SEED"].flatMap { UInt64($0) } ?? 61

    /// So many tests are looked for in one pass.
    static let testsInIndex = 40

    @Test func `no pattern that matches is left out`() throws {
        var grammar = PatternGrammar(generator: SeededGenerator(seed: Self.seed))
        let scratch = MatchScratch()
        var tried = 0
        var matched = 0
        var selected = 0
        var withRequirement = 0
        while tried < Self.pairs {
            var patterns: [Pattern] = []
            var requirements: [TextRequirement] = []
            var texts: [String] = []
            while patterns.count < Self.testsInIndex {
                let sample = grammar.pattern()
                let options: Pattern.Options = Bool.random(using: &grammar.generator) ? .ignoreCase : []
                guard let pattern = try? Pattern(sample.source, options: options) else { continue }
                for _ in 0..<2 { texts.append(grammar.varied(sample.text)) }
                guard let requirement = pattern.requirement else { continue }
                patterns.append(pattern)
                requirements.append(requirement)
            }
            withRequirement += patterns.count
            let index = LiteralIndex(requirements)
            let literals = LiteralScratch(for: index)
            for text in texts {
                let found = index.ids(in: text, scratch: literals)
                scratch.beginEvent()
                for (id, pattern) in patterns.enumerated() {
                    tried += 1
                    let isMatched = pattern.matches(text, scratch: scratch) == .match
                    matched += isMatched ? 1 : 0
                    selected += found.contains(UInt32(id)) ? 1 : 0
                    if isMatched, !found.contains(UInt32(id)) {
                        Issue.record(
                            """
                            seed \(Self.seed): \(pattern.source.debugDescription) \(pattern.options == .ignoreCase ? "without" : "with") \
                            regard to case matches \(text.debugDescription), which lacks \(requirements[id])
                            """
                        )
                        return
                    }
                }
            }
        }
        #expect(matched > tried / 500, "seed \(Self.seed) makes few texts that match")
        #expect(selected < tried / 4, "seed \(Self.seed) rules out few texts")
    }

    @Test func `no keyword and no literal that is found is left out`() throws {
        var generator = SeededGenerator(seed: Self.seed)
        var tried = 0
        var held = 0
        while tried < Self.pairs {
            var tests: [Test] = []
            var texts: [String] = []
            while tests.count < Self.testsInIndex {
                guard let test = Test(&generator) else { continue }
                tests.append(test)
                for _ in 0..<2 { texts.append(test.text(&generator)) }
            }
            let index = LiteralIndex(tests.map(\.requirement))
            let scratch = LiteralScratch(for: index)
            var folded = FoldedText("")
            for text in texts {
                var text = text
                text.withUTF8 { unsafe folded.refold($0) }
                let found = index.ids(in: text, scratch: scratch)
                for (id, test) in tests.enumerated() {
                    tried += 1
                    let holds = test.holds(for: text, folded)
                    held += holds ? 1 : 0
                    if holds, !found.contains(UInt32(id)) {
                        Issue.record("seed \(Self.seed): \(test) holds for \(text.debugDescription)")
                        return
                    }
                }
            }
        }
        #expect(held > tried / 100, "seed \(Self.seed) makes few tests that hold")
    }

    /// A keyword set or a list of literals.
    private struct Test {
        let words: [String]
        let keywords: KeywordSet?
        let question: KeywordSet.Question
        let requirement: TextRequirement
        let isIgnoringCase: Bool

        init?(_ generator: inout SeededGenerator) {
            words = (0...Int.random(in: 0...1, using: &generator)).map { _ in
                generator.text(from: KeywordPropertyTests.nastyAlphabet, countMax: 5)
                    + (Int.random(in: 0..<5, using: &generator) == 0 ? "* b" : "")
            }
            question = [.any, .all, .theWhole].randomElement(using: &generator) ?? .any
            isIgnoringCase = Bool.random(using: &generator)
            let options = KeywordOptions(ignoresAccents: Bool.random(using: &generator))
            let keywords = words.compactMap { try? Keyword($0) }
            let isAboutKeywords = Int.random(in: 0..<4, using: &generator) > 0 && keywords.count == words.count
            self.keywords = isAboutKeywords ? KeywordSet(keywords, options: options) : nil
            let requirement =
                isAboutKeywords
                ? self.keywords?.requirement(for: question) : TextRequirement.containing(anyOf: words)
            guard let requirement else { return nil }
            self.requirement = requirement
        }

        /// A text that often holds the words, apart, together and in other cases.
        func text(_ generator: inout SeededGenerator) -> String {
            var text = generator.text(from: KeywordPropertyTests.nastyAlphabet, countMax: 3)
            for word in words {
                let word = word.replacing("*", with: "")
                text += [word, word.uppercased(), word.lowercased()].randomElement(using: &generator) ?? ""
                text += generator.text(from: [" ", "-", ".", "+", "a", "\u{20E3}", "é", "退", "🙏"], countMax: 2)
            }
            return text
        }

        func holds(for text: String, _ folded: FoldedText) -> Bool {
            guard let keywords else {
                let subject = isIgnoringCase ? TextFolding.caseFolded(text) : text
                return words.contains { word in
                    let literal = isIgnoringCase ? TextFolding.caseFolded(word) : word
                    return subject.utf8.firstRange(of: literal.utf8) != nil
                }
            }
            return switch question {
            case .any: keywords.anyIsFound(in: folded)
            case .all: keywords.allAreFound(in: folded)
            case .theWhole: keywords.anyIsTheWhole(of: folded)
            }
        }
    }
}

extension LiteralIndex {
    /// The ids of the requirements that a text may meet.
    func ids(in text: String, scratch: LiteralScratch) -> Set<UInt32> {
        var text = text
        return text.withUTF8 { utf8 in unsafe Set(search(UnsafeRawBufferPointer(utf8), scratch: scratch)) }
    }
}
