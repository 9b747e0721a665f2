import Events
import Patterns
import RuleEngine
import Testing

/// The engine against a reference that is written straight from the language document.
@Suite(.timeLimit(.minutes(5)))
struct ReferenceTests {
    /// Small enough that a pattern which explodes gives up at once, and large enough for every honest one here.
    private static let limits: MatchLimits = {
        var limits = MatchLimits()
        limits.workMax = 5_000
        return limits
    }()

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `engine and reference agree on conditions and events`(seed: UInt64) throws {
        var generator = ConditionGenerator(seed: seed)
        var counts: [Verdict: Int] = [:]
        for round in 0..<1000 {
            let conditions = (0..<20).map { _ in generator.condition() }
            let rules = try conditions.enumerated().map { index, condition in
                Make.rule("rule-\(index)", when: try condition.compiled())
            }
            let engine = RuleEngine(Program(rules: rules))
            let original = generator.event()
            var event = try Make.event(original.fields.json)
            event.text = original.text
            event.time = original.hour.map { Instant(milliseconds: Int64($0) * 3_600_000) }
            let expected = conditions.map { Verdict($0.holds(for: original)) }
            let decisions = engine.decide(event, limits: Self.limits)
            let faulty = Set(decisions.faults.compactMap(\.rule))
            let decided = rules.map { rule -> Verdict in
                faulty.contains(rule.id) ? .fault : decisions.fired.contains(rule.id) ? .holds : .fails
            }
            let explanations = engine.explain(event, limits: Self.limits)
            for index in rules.indices {
                let note = "seed \(seed), round \(round): \(conditions[index]) on \(original)"
                #expect(decided[index] == expected[index], "\(note)")
                let explained = explanations[index].condition.map { agrees($0, conditions[index], original) }
                #expect(explained == true, "explained: \(note)")
                counts[expected[index], default: 0] += 1
            }
        }
        // A generator that makes nothing but misses would prove nothing.
        #expect(counts.values.allSatisfy { $0 > 100 } && counts.count == 3, "seed \(seed): \(counts)")
    }

    /// Whether every part of an explanation has the reference's verdict.
    private func agrees(
        _ explanation: ConditionExplanation,
        _ condition: ReferenceCondition,
        _ event: ReferenceEvent
    ) -> Bool {
        explanation.verdict == Verdict(condition.holds(for: event))
            && explanation.parts.count == condition.parts.count
            && zip(explanation.parts, condition.parts).allSatisfy { agrees($0, $1, event) }
    }
}

extension Verdict {
    fileprivate init(_ holds: Bool?) {
        self = holds.map { $0 ? .holds : .fails } ?? .fault
    }
}
