import Patterns
import SeededRandom
import Testing

/// Generated patterns and texts; the comments of a failure hold the seed that repeats it.
@Suite(.timeLimit(.minutes(10)))
struct PatternPropertyTests {
    /// Everything that opens, closes, repeats, looks around, recurses, commands or is not there.
    static let tokens = [
        "a", "a", "b", "é", "क", "🙏", "\u{0}", "\n", ".", "\\w", "\\d", "\\b", "\\X", "\\R", "\\K", "\\G", "^", "$",
        "|", "(", ")",
        "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?|", "(?<n>", "(?J)", "(?i)", "(?x)", "(?R)", "(?1)", "\\1",
        "\\k<n>",
        "(?(1)", "(?C1)", "*", "+", "?", "*+", "+?", "{2}", "{0,3}", "[a-c]", "[^a]", "[", "]", "\\p{L}", "\\Q", "\\E",
        "\\",
        "(*COMMIT)", "(*SKIP)", "(*PRUNE)", "(*ACCEPT)", "(*FAIL)", "(*NO_JIT)", "(*CRLF)", "(*LIMIT_MATCH=9)",
        "(*UTF)",
        "\\C", "#",
    ]

    static let letters = ["a", "a", "A", "b", "c", "é", "क", "🙏", "\u{0}", "\n", "\r\n", " ", "1"]

    @Test(arguments: [8, 9])
    func `machine code, interpreter and meter agree, and nothing crashes`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let scratch = MatchScratch()
        var metering = MatchLimits()
        metering.unmeteredBytesMax = -1
        let metered = MatchScratch(limits: metering)
        var compiledCount = 0
        for _ in 0..<8_000 {
            let source = generator.text(from: Self.tokens, countMax: 8)
            let options: Pattern.Options = Bool.random(using: &generator) ? .ignoreCase : []
            let text = generator.text(from: Self.letters, countMax: 12)
            let made = try? Pattern(source, options: options)
            let interpreted = try? Pattern(source, options: options, usingJIT: false)
            guard let made, let interpreted else {
                #expect((made == nil) == (interpreted == nil), "seed \(seed): \(source.debugDescription)")
                continue
            }
            compiledCount += 1
            let results = [
                made.captures(text, scratch: scratch), made.captures(text, scratch: metered),
                interpreted.captures(text, scratch: scratch), interpreted.captures(text, scratch: metered),
            ]
            // Where one gives up, another may have found the answer.
            let answers = Set(results.filter { if case .fault = $0 { false } else { true } })
            if answers.count > 1 {
                Issue.record("seed \(seed): \(source.debugDescription) on \(text.debugDescription): \(results)")
                return
            }
        }
        #expect(compiledCount > 1_000, "seed \(seed) makes few patterns that compile")
    }
}
