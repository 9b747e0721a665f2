import Events
import Patterns
import RuleEngine
import Testing

/// What a profile counts, by a clock that goes on by one at each look.
struct CostProfileTests {
    private static func clock() -> ProfileClock {
        var time: UInt64 = 0
        return ProfileClock {
            time += 1
            return time
        }
    }

    private static func profile(_ rules: [Rule], _ texts: [String], isIndexed: Bool = true) throws -> CostProfile {
        let program = Program(rules: rules)
        let engine = RuleEngine(program, index: isIndexed ? RuleIndex(program) : nil)
        var profile = CostProfile()
        let (clock, scratch) = (clock(), EngineScratch())
        for text in texts {
            var event = try Make.event()
            event.text = text
            engine.profile(event, into: &profile, scratch: scratch, clock: clock)
        }
        return profile
    }

    private static func counts(_ profile: CostProfile) -> [String: [Int]] {
        profile.rules.mapValues { [$0.tried, $0.held] }
    }

    private static func rules() throws -> [Rule] {
        let refund = Make.name(.text, .keywords(KeywordSet([try Keyword("refund")])))
        let parcel = Make.name(.text, .keywords(KeywordSet([try Keyword("parcel")])))
        return [
            Make.rule("refund", when: refund),
            Make.rule("both", when: Make.condition(.all([refund, parcel]))),
            Make.rule("no-parcel", when: Make.condition(.not(parcel))),
            Make.rule("of-another-type", on: .only(["add-tag"]), when: refund),
            Make.rule("off", when: refund, mode: .off),
        ]
    }

    @Test func `rules that the index leaves out are not tried`() throws {
        let texts = ["a refund", "a refund for a parcel", "hello"]
        let indexed = try Self.profile(try Self.rules(), texts)
        #expect(Self.counts(indexed) == ["refund": [2, 2], "both": [2, 1], "no-parcel": [3, 2]])
        #expect(indexed.events == 3)
        #expect(indexed.candidatesPerEvent == 7.0 / 3)
        let plain = try Self.profile(try Self.rules(), texts, isIndexed: false)
        #expect(Self.counts(plain) == ["refund": [3, 2], "both": [3, 1], "no-parcel": [3, 2]])
    }

    @Test func `looking at the clock costs nothing`() throws {
        let profile = try Self.profile(try Self.rules(), ["a refund for a parcel"])
        #expect(profile.rules.values.allSatisfy { $0.nanoseconds == 0 })
        #expect(profile.leaves.values.map(\.tried) == [4])
    }

    @Test func `a rule of several steps holds for any of them`() throws {
        let steps = try ["refund", "parcel"].map { word in
            EventSelector(
                on: .any,
                when: Make.name(.text, .keywords(KeywordSet([try Keyword(word)]))),
                span: Make.nowhere
            )
        }
        var rule = Make.rule("steps")
        rule.timing.sequence = EventSequence(
            steps: steps,
            within: .seconds(60),
            per: Grouping([.conversation]),
            meaning: ""
        )
        let profile = try Self.profile([rule], ["a refund", "a parcel", "hello"], isIndexed: false)
        #expect(Self.counts(profile) == ["steps": [3, 2]])
    }
}
