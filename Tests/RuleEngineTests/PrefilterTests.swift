import Events
import Foundation
import Patterns
import RuleEngine
import SeededRandom
import Testing

/// The index may leave out rules and never changes what is decided.
@Suite(.timeLimit(.minutes(10)))
struct PrefilterTests {
    /// Small enough that a pattern which explodes gives up at once.
    private static let limits: MatchLimits = {
        var limits = MatchLimits()
        limits.workMax = 5_000
        return limits
    }()

    private static func seed(_ run: Int) -> UInt64 {
        let base = ProcessInfo.processInfo.environment["BECKON_SEED"].flatMap { UInt64($0) } ?? 2026
        return base &* 1000 &+ UInt64(run)
    }

    @Test(arguments: 1...4)
    func `decisions are the same with and without the index`(run: Int) throws {
        let seed = Self.seed(run)
        var generator = ConditionGenerator(seed: seed)
        let scratch = EngineScratch(limits: Self.limits)
        var (fired, leftOut) = (0, 0)
        for round in 0..<150 {
            let program = try generator.program(ruleCount: 12)
            let (plain, indexed) = (RuleEngine(program), RuleEngine(program, index: RuleIndex(program)))
            for _ in 0..<12 {
                let event = try generator.event().compiled()
                let arrived = StreamEvent(event, place: EventPlace(origin: "-"))
                var (one, other) = (EngineState(), EngineState())
                let matches = indexed.match(event, scratch: scratch)
                let expected = plain.take(arrived, state: &one, scratch: scratch)
                let decided = indexed.take(arrived, matches: matches, state: &other, scratch: scratch)
                let note = "seed \(seed), round \(round)"
                #expect(indexed.difference(of: event, matches, scratch: scratch) == nil, "\(note)")
                fired += decided.flatMap(\.firings).count
                leftOut += matches.isEmpty ? 1 : 0
                // With the index fewer patterns are tried, and so fewer give up.
                guard expected.allSatisfy(\.faults.isEmpty) else { continue }
                #expect(decided.flatMap(\.fired) == expected.flatMap(\.fired), "\(note)")
                #expect(decided.flatMap(\.jobs) == expected.flatMap(\.jobs), "\(note)")
            }
        }
        // A generator that makes nothing but misses, or nothing but hits, would prove nothing.
        #expect(fired > 1_000 && leftOut > 20, "seed \(seed): \(fired) firings, \(leftOut) events left out")
    }

    @Test func `rules about time are the same with and without the index`() throws {
        let seed = Self.seed(0)
        var generator = TimedCaseGenerator(seed: seed)
        let scratch = EngineScratch()
        for _ in 0..<300 {
            let program = generator.program()
            let compiled = try program.compiled()
            let index = RuleIndex(compiled)
            for _ in 0..<6 {
                let example = TimedCase(program: program, stream: generator.stream())
                let expected = try example.decided(by: compiled, scratch: scratch)
                guard try example.decided(by: compiled, index: index, scratch: scratch) != expected else { continue }
                Issue.record("seed \(seed): \(try example.report(scratch: scratch))")
                return
            }
        }
    }

    @Test func `an index that leaves a rule out is found out`() throws {
        let keyword = Matcher.Test.keywords(KeywordSet([try Keyword("refund")]))
        let rules = [Make.rule("refund", when: Make.name(.text, keyword))]
        let other = [Make.rule("refund", when: Make.name(.text, .keywords(KeywordSet([try Keyword("parcel")]))))]
        let engine = RuleEngine(Program(rules: rules), index: RuleIndex(Program(rules: other)))
        var event = try Make.event()
        event.text = "a refund, please"
        event.time = Instant(milliseconds: 0)
        let scratch = EngineScratch()
        let matches = engine.match(event, scratch: scratch)
        let difference = engine.difference(of: event, matches, scratch: scratch)
        #expect(
            difference
                == PrefilterDifference(subject: .rule("refund"), withoutIndex: .holds, withIndex: .fails)
        )
    }

    @Test func `an event that concerns nobody has no matches`() throws {
        let keyword = Matcher.Test.keywords(KeywordSet([try Keyword("refund")]))
        let program = Program(rules: [Make.rule("refund", when: Make.name(.text, keyword))])
        let engine = RuleEngine(program, index: RuleIndex(program))
        var event = try Make.event()
        let scratch = EngineScratch()
        for (text, isEmpty) in [("nonrefundable", true), ("a REFUND", false), ("rеfund", true), ("ｒｅｆｕｎｄ", false)] {
            event.text = text
            #expect(engine.match(event, scratch: scratch).isEmpty == isEmpty, "\(text)")
        }
    }
}

extension ConditionGenerator {
    /// Rules with random conditions, of which some stop others, stand in a group or are in the shadow.
    fileprivate mutating func program(ruleCount: Int) throws -> Program {
        var rules: [Rule] = []
        for index in 0..<ruleCount {
            var rule = Make.rule("rule-\(index)", when: try condition(depth: 3).compiled())
            rule.stops = Int.random(in: 0..<20, using: &random) == 0
            rule.group = Int.random(in: 0..<5, using: &random) == 0 ? "group" : nil
            rule.mode = Int.random(in: 0..<10, using: &random) == 0 ? .shadow : .active
            rule.otherwise = Int.random(in: 0..<10, using: &random) == 0 ? .anyRule : nil
            rules.append(rule)
        }
        return Program(rules: rules)
    }
}

extension ReferenceEvent {
    fileprivate func compiled() throws -> Event {
        var event = try Make.event(fields.json)
        event.text = text
        event.time = hour.map { Instant(milliseconds: Int64($0) * 3_600_000) }
        return event
    }
}

extension Decisions {
    fileprivate var jobs: [PlannedJob] { firings.flatMap(\.jobs) }
}
