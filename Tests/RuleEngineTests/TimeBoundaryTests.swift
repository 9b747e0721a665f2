import Patterns
import RuleEngine
import Testing

/// What happens exactly at the bounds of windows, and a millisecond to either side.
@Suite(.timeLimit(.minutes(10)))
struct TimeBoundaryTests {
    /// A rule with one thing that has a bound, all of it W long.
    enum Operator: String, CaseIterable {
        case count
        case countOfThree
        case distinct
        case sequence
        case sequenceOfThree
        case unless
        case unlessItself
        case once
        case twice
        case fact
        case countThenUnless
        case sequenceThenThrottle
    }

    private static let length = 10

    // MARK: Two events

    @Test(
        arguments: [
            (.count, "y fires", "y fires", "-"), (.distinct, "y fires", "y fires", "-"),
            (.sequence, "y fires", "y fires", "-"), (.unless, "-", "-", "x fires at +10"),
            (.once, "x fires, y held back", "x fires, y held back", "x fires, y fires"),
            (.fact, "y fires", "y fires", "-"),
        ] as [(Operator, String, String, String)]
    )
    func `what is exactly W apart is within W`(
        rule: Operator,
        before: String,
        exactly: String,
        after: String
    ) throws {
        let found = try (-1...1).map { try firings(of: rule, [("x", 0), ("y", Self.length + $0)]) }
        #expect(found == [before, exactly, after])
    }

    @Test(
        arguments: [
            (.count, "x fires"), (.distinct, "x fires"), (.sequence, "-"), (.unless, "x fires at +20"),
            (.once, "y fires, x held back"), (.fact, "-"),
        ] as [(Operator, String)]
    )
    func `the other order is another matter`(rule: Operator, expected: String) throws {
        #expect(try firings(of: rule, [("y", 0), ("x", Self.length)]) == expected)
    }

    @Test(
        arguments: [
            (.count, "y fires", "x fires"), (.distinct, "y fires", "x fires"), (.sequence, "y fires", "-"),
            (.unless, "-", "x fires at +10"), (.once, "x fires, y held back", "y fires, x held back"),
            (.fact, "y fires", "-"),
        ] as [(Operator, String, String)]
    )
    func `events of one time count in the order in which they came`(
        rule: Operator,
        forth: String,
        back: String
    ) throws {
        let found = [try firings(of: rule, [("x", 0), ("y", 0)]), try firings(of: rule, [("y", 0), ("x", 0)])]
        #expect(found == [forth, back])
    }

    @Test func `an event that is exactly lateness late is in time, and a millisecond more is too late`() throws {
        var program = Self.program(.count)
        program.lateness = 5
        let engine = RuleEngine(try program.compiled())
        let late = try [6, 5, 4].map { time in
            var state = EngineState()
            for (number, time) in [10, time].enumerated() {
                let event = TimedEvent(number: number, time: TimedHours.nine + time, tag: "x")
                _ = engine.take(try event.compiled(), state: &state, scratch: EngineScratch())
            }
            return state.counts.late
        }
        #expect(late == [0, 0, 1])
    }

    @Test func `where no event tells a time, those of a live stream happen when they come, lateness or not`() throws {
        let events = [("x", 10), ("y", 40)]
        let found = try [0, 5].map { lateness in
            var program = Self.program(.unless)
            program.lateness = lateness
            let stream = events.enumerated().map { index, event in
                TimedEvent(number: index, time: nil, arrival: TimedHours.nine + event.1, tag: event.0)
            }
            return try firings(TimedCase(program: program, stream: stream))
        }
        // A timer is started when the event comes.
        #expect(found == ["x fires at +20", "x fires at +20"])
    }

    private func firings(of rule: Operator, _ events: [(String, Int)]) throws -> String {
        try firings(Self.program(rule), events)
    }

    /// The firings of events with these tags and times, as text; the reference has to agree.
    private func firings(_ program: TimedProgram, _ events: [(tag: String, time: Int)]) throws -> String {
        let stream = events.enumerated().map { index, event in
            TimedEvent(number: index, time: TimedHours.nine + event.time, tag: event.tag)
        }
        return try firings(TimedCase(program: program, stream: stream))
    }

    private func firings(_ example: TimedCase) throws -> String {
        let found = try example.decided(scratch: EngineScratch())
        #expect(found == example.expected())
        let texts = found.map { firing in
            let time = firing.firedAt.map { " at +\($0 - TimedHours.nine)" } ?? ""
            return (example.stream[firing.event].tag ?? "") + (firing.isHeldBack ? " held back" : " fires") + time
        }
        return texts.isEmpty ? "-" : texts.joined(separator: ", ")
    }

    // MARK: All of three events

    @Test(arguments: Operator.allCases)
    func `engine and reference agree on all short streams around the bounds`(rule: Operator) throws {
        let (w, tags) = (Self.length, ["x", "y"])
        let times = [0, w - 1, w, w + 1, 2 * w]
        let scratch = EngineScratch()
        for lateness in [0, w] {
            var program = Self.program(rule)
            program.lateness = lateness
            let compiled = try program.compiled()
            for number in 0..<(times.count * times.count * times.count * 8) {
                var rest = number
                let stream = (0..<3).map { index in
                    defer { rest /= times.count * 2 }
                    let time = TimedHours.nine + times[rest % times.count]
                    return TimedEvent(number: index, time: time, tag: tags[rest / times.count % 2])
                }
                let example = TimedCase(program: program, stream: stream)
                guard try example.decided(by: compiled, scratch: scratch) != example.expected() else { continue }
                Issue.record("\(try example.report(scratch: scratch))")
                return
            }
        }
    }

    private static func program(_ kind: Operator) -> TimedProgram {
        let (x, y) = (TimedSelector(when: .tag(["x"])), TimedSelector(when: .tag(["y"])))
        var rule = TimedRule(id: "r")
        var facts: [TimedFact] = []
        switch kind {
        case .count: rule.count = TimedCount(atLeast: 2, within: length)
        case .countOfThree: rule.count = TimedCount(atLeast: 3, within: length)
        case .distinct: rule.count = TimedCount(atLeast: 2, within: length, distinct: .tag)
        case .sequence: rule.sequence = TimedSequence(steps: [x, y], within: length)
        case .sequenceOfThree: rule.sequence = TimedSequence(steps: [x, TimedSelector(), y], within: length)
        case .unless:
            rule.when = x.when
            rule.absence = TimedAbsence(answer: y, within: length)
        case .unlessItself: rule.absence = TimedAbsence(answer: TimedSelector(), within: length)
        case .once: rule.throttle = TimedThrottle(atMost: 1, within: length)
        case .twice: rule.throttle = TimedThrottle(atMost: 2, within: length)
        case .fact:
            facts = [TimedFact(name: "f", set: x, duration: length)]
            rule.when = .both(.tag(["y"]), .isRemembered("f"))
        case .countThenUnless:
            rule.count = TimedCount(atLeast: 2, within: length)
            rule.absence = TimedAbsence(answer: y, within: length)
        case .sequenceThenThrottle:
            rule.sequence = TimedSequence(steps: [x, y], within: length)
            rule.throttle = TimedThrottle(atMost: 1, within: length)
        }
        return TimedProgram(rules: [rule], facts: facts)
    }
}
