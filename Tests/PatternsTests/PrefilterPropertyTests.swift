import Foundation
import Patterns
import SeededRandom
import Testing

/// Whatever holds for a text is named by the index; the comments of a failure hold the seed that repeats it.
///
/// `BECKON_PREFILTER_PAIRS` says how many pairs of a test and a text are tried in all, `BECKON_SEED` with which numbers.
struct PrefilterPropertyTests {
    static let environment = ProcessInfo.processInfo.environment
    static let pairs = environment["BECKON_PREFILTER_PAIRS"].flatMap { Int($0) } ?? 60_000
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
        print("\(tried) pairs, \(matched) match, \(selected) selected, seed \(Self.seed)")
        #expect(matched > tried / 500, "seed \(Self.seed) makes few texts that match")
        #expect(selected < tried / 4, "seed \(Self.seed) rules out few texts")
    }
}

extension LiteralIndex {
    /// The ids of the requirements that a text may meet.
    func ids(in text: String, scratch: LiteralScratch) -> Set<UInt32> {
        var text = text
        return text.withUTF8 { utf8 in unsafe Set(search(UnsafeRawBufferPointer(utf8), scratch: scratch)) }
    }
}
