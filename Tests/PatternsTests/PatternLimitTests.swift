import Patterns
import Testing

/// What cannot be decided is a fault, soon; what is honest is decided, however long the text.
///
/// The limits count work and not time, so each result here is the same on every machine. The time limits are there for
/// the day on which a match goes on for hours.
@Suite(.timeLimit(.minutes(10)))
struct PatternLimitTests {
    static func text(_ piece: String, bytes: Int, then end: String = "") -> String {
        String(repeating: piece, count: max(1, bytes / piece.utf8.count)) + end
    }

    static let catastrophes: [(String, String)] = [
        ("(a+)+$", text("a", bytes: 40, then: "!")),
        ("(a+)+$", text("a", bytes: 4_000, then: "!")),
        ("(a+)+$", text("a", bytes: 1 << 16, then: "!")),
        ("(a|aa)+$", text("a", bytes: 60, then: "!")),
        ("(a|a)*b|c", text("a", bytes: 60, then: "!")),
        ("^(.*?,){12}[PQ]", text("1,2,3,4,", bytes: 200)),
        ("\\s*\\s*\\s*[yz]", text(" ", bytes: 2_000, then: "x")),
        ("\\s+$", text(" ", bytes: 1 << 16, then: "x")),
        ("\\s+$", text(" ", bytes: 1 << 20, then: "x")),
        ("(?=.*z|.*q)[a-z]", text("hello world ", bytes: 1 << 16)),
        ("(?:\\w+\\W+)+end", text("hello, world ", bytes: 1 << 16)),
        ("(x+x+)+y|(x+)+$", text("x", bytes: 100, then: "!")),
        ("(*NO_JIT)(a+)+$", text("a", bytes: 40, then: "!")),
        (
            "(*LIMIT_MATCH=4000000000)(*LIMIT_DEPTH=4000000000)(*LIMIT_HEAP=4000000000)(a+)+$",
            text("a", bytes: 40, then: "!")
        ),
        ("(*NO_START_OPT)(*NO_AUTO_POSSESS)(a+)+$", text("a", bytes: 40, then: "!")),
    ]

    @Test(arguments: catastrophes, [true, false])
    func `a catastrophic pattern is a fault`(row: (String, String), usingJIT: Bool) throws {
        let pattern = try Pattern(row.0, options: [], usingJIT: usingJIT)
        #expect(pattern.matches(row.1, scratch: MatchScratch()) == .fault(.tooMuchWork))
    }

    static let honest: [(String, MatchResult)] = [
        ("refund", .noMatch),
        ("(?i)refund|money\\s+back", .noMatch),
        ("\\bworld\\b.*\\btext\\b", .match),
        ("[a-z]+@[a-z]+\\.com", .noMatch),
        ("\\w+\\s*=\\s*\\w+", .noMatch),
        ("^(?:.|\\n)*end$", .noMatch),
        ("^(\\w+\\W+)*$", .match),
        ("(?s)^hello.*zebra", .noMatch),
        ("(?<=, )this(?! was)", .match),
        ("\\d{4,}", .noMatch),
        ("(?:\\+91|0)?[6-9]\\d{9}", .noMatch),
        ("https?://[^\\s/]+/\\S*", .noMatch),
        ("(\\w)\\1\\1", .noMatch),
        ("\\p{Devanagari}{3,}", .noMatch),
    ]

    @Test(arguments: honest, [true, false])
    func `an honest pattern reads 64 KiB`(row: (String, MatchResult), usingJIT: Bool) throws {
        let text = Self.text("hello world, this is a text\n", bytes: 1 << 16)
        let pattern = try Pattern(row.0, options: [], usingJIT: usingJIT)
        #expect(pattern.matches(text, scratch: MatchScratch()) == row.1)
    }

    @Test func `each limit has its own fault`() throws {
        let long = Self.text("hello world, this is a text\n", bytes: 1 << 16)
        func fault(_ source: String, usingJIT: Bool, _ change: (inout MatchLimits) -> Void) throws -> MatchResult {
            var limits = MatchLimits()
            change(&limits)
            let pattern = try Pattern(source, options: [], usingJIT: usingJIT)
            return pattern.matches(long, scratch: MatchScratch(limits: limits))
        }
        let source = "^(?:.|\\n)*end$"
        #expect(try fault(source, usingJIT: true) { $0.jitStackBytesMax = 1 << 16 } == .fault(.stackLimit))
        #expect(try fault(source, usingJIT: false) { $0.heapKiBMax = 1_024 } == .fault(.heapLimit))
        #expect(try fault(source, usingJIT: false) { $0.depthMax = 100 } == .fault(.depthLimit))
        #expect(try fault(source, usingJIT: true) { $0.stepsMax = 1_000 } == .fault(.tooMuchWork))
        #expect(try fault("(*LIMIT_MATCH=1000)" + source, usingJIT: true) { _ in } == .fault(.tooMuchWork))
        #expect(try fault("^(?:(?=(?R))|x)", usingJIT: false) { _ in } == .fault(.endlessRecursion))
        #expect(try fault("^(?:(?=(?R))|x)", usingJIT: true) { _ in } == .fault(.stackLimit))
    }

    @Test func `faults are the same every time`() throws {
        let pattern = try Pattern("(a|aa)+$")
        let scratch = MatchScratch()
        // Fibonacci's rabbits: the work grows by half as much again with each letter, and ends at one certain length.
        let results = (1...40).map { count in
            scratch.beginEvent()
            return pattern.matches(Self.text("a", bytes: count, then: "!"), scratch: scratch)
        }
        let again = (1...40).map { pattern.matches(Self.text("a", bytes: $0, then: "!"), scratch: MatchScratch()) }
        let first = results.firstIndex { $0 != .noMatch } ?? 0
        #expect(results == again)
        #expect((15...35).contains(first))
        #expect(results[..<first].allSatisfy { $0 == .noMatch })
        #expect(results[first...].allSatisfy { $0 == .fault(.tooMuchWork) })
    }

    @Test func `a pattern too large for the meter keeps to PCRE2's limits`() throws {
        // Each letter takes two units of PCRE2's code, its callout six more: beyond 64 KiB there is no metered form.
        let source = "(?:(a+)+$|" + String(repeating: "b", count: 20_000) + ")"
        let pattern = try Pattern(source)
        #expect(pattern.matches(Self.text("a", bytes: 40, then: "!"), scratch: MatchScratch()) == .fault(.tooMuchWork))
        #expect(pattern.matches(Self.text("b", bytes: 20_000), scratch: MatchScratch()) == .match)
    }

    @Test(arguments: [(40, 1_000), (4_000, 1_000), (1 << 16, 50)])
    func `catastrophic patterns share the work of an event`(bytes: Int, count: Int) throws {
        let patterns = try (0..<count).map { try Pattern("(a+)+[$\($0)]") }
        let honest = try Pattern("(?:\\w+\\W+)*!$")
        let text = Self.text("a", bytes: bytes, then: "!")
        let scratch = MatchScratch()
        for _ in 0..<2 {
            scratch.beginEvent()
            let results = patterns.map { $0.matches(text, scratch: scratch) }
            // Each of the first four uses up what one match may take; on a long text, that is more than a quarter.
            let own = results.prefix { $0 == .fault(.tooMuchWork) }.count
            #expect(own > 0 && own <= 4)
            #expect(results.dropFirst(own).allSatisfy { $0 == .fault(.tooMuchWorkInEvent) })
            #expect(honest.matches("a text that is cheap to read!", scratch: scratch) == .match)
        }
        scratch.beginEvent()
        #expect(patterns[0].matches("aaa0", scratch: scratch) == .match)
        #expect(patterns[0].matches(text, scratch: scratch) == .fault(.tooMuchWork))
    }

    @Test func `any number of honest patterns is decided for one event`() throws {
        let scratch = MatchScratch()
        let text = Self.text("hello world, this is a text\n", bytes: 1 << 16)
        let patterns = try Self.honest.map { (try Pattern($0.0), $0.1) }
        for _ in 0..<100 {
            for (pattern, result) in patterns where !pattern.source.contains("*") {
                #expect(pattern.matches(text, scratch: scratch) == result)
            }
        }
    }

    @Test func `when all work of an event is used up, what is cheap is still decided`() throws {
        var limits = MatchLimits()
        limits.eventCheapWorkMax = 3_000_000
        limits.eventWorkMax = 1_000_000
        let scratch = MatchScratch(limits: limits)
        let text = Self.text("hello world, this is a text\n", bytes: 1 << 16)
        let reading = try Pattern("(?:\\w+\\W+)+(?<!\\W)")
        let results = (0..<4).map { _ in reading.matches(text, scratch: scratch) }
        #expect(results == [.fault(.tooMuchWork)] + Array(repeating: .fault(.tooMuchWorkInEvent), count: 3))
        #expect(try Pattern("zebra").matches(text, scratch: scratch) == .noMatch)
        #expect(try Pattern("^hello \\w+").matches(text, scratch: scratch) == .match)
        #expect(try Pattern("e.*end").matches("the end", scratch: scratch) == .match)
    }

    @Test func `the meter of an event stops at the same place every time`() throws {
        var limits = MatchLimits()
        limits.eventWorkMax = 1_000_000
        let pattern = try Pattern("(a|aa)+$")
        func faults() -> [MatchResult] {
            let scratch = MatchScratch(limits: limits)
            return (1...40).map { pattern.matches(Self.text("a", bytes: $0, then: "!"), scratch: scratch) }
        }
        let first = faults()
        #expect(first == faults())
        let decided = first.prefix { $0 == .noMatch }.count
        #expect((10...30).contains(decided))
        #expect(first.dropFirst(decided).allSatisfy { $0 == .fault(.tooMuchWorkInEvent) })
    }

    @Test func `one pattern serves many threads`() async throws {
        let pattern = try Pattern("(?<run>a+)+$")
        let slow = Self.text("a", bytes: 40, then: "!")
        let results = await withTaskGroup(of: [MatchResult].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let scratch = MatchScratch()
                    return ["aaa", "b", slow].map { pattern.matches($0, scratch: scratch) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results == Array(repeating: [.match, .noMatch, .fault(.tooMuchWork)], count: 8))
    }

    @Test func `limits without end are no trap`() throws {
        var limits = MatchLimits()
        limits.workMax = .max
        limits.workPerByteMax = .max
        limits.unmeteredBytesMax = 0
        limits.stepsMax = .max
        let text = Self.text("a", bytes: 10, then: "!")
        #expect(try Pattern("(a+)+$").matches(text, scratch: MatchScratch(limits: limits)) == .noMatch)
    }

    @Test func `every fault explains itself`() {
        let explanations = PatternFault.allCases.map(\.explanation)
        #expect(Set(explanations).count == PatternFault.allCases.count)
    }
}
