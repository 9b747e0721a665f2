import Events
import Testing

@testable import RuleEngine

/// What is said of events that rules wait for, and of time that goes on without any.
struct TimeExplanationTests {
    /// Explains events, one after the other.
    private func explained(_ timeline: Timeline, _ items: [Timeline.Item]) throws -> [EventExplanation] {
        var state = timeline.state
        return try items.map { item in
            var event = try Make.event(type: item.type)
            (event.tag, event.customer, event.business) = (item.tag, item.customer, item.business)
            event.time = item.seconds.map { Timeline.instant($0) }
            let arrived = StreamEvent(event, place: EventPlace(origin: "-"))
            return timeline.engine.explain(arrived, state: &state, scratch: timeline.scratch)
        }
    }

    @Test func `a rule says how far it is`() throws {
        let timing = Timing(count: TimingTests.count(2), absence: TimingTests.unless("answer"))
        let rule = Make.timed("r", "ask", timing: timing)
        let items: [Timeline.Item] = [
            .init("ask", 0), .init("ask", 10), .init("ask", 20), .init("ask", 30), .init("answer", 40), .init("x", 41),
        ]
        let rules = try explained(Timeline([rule]), items).map { $0.rules[0] }
        #expect(
            rules.map(\.progress) == [
                .counted(1, of: 2), .waits(until: Timeline.instant(70)), .counted(1, of: 2),
                .waitsAlready(until: Timeline.instant(70)), nil, nil,
            ]
        )
        #expect(rules.map(\.stoppedTimer) == [nil, nil, nil, nil, Timeline.instant(70), nil])
        #expect(rules.map(\.verdict) == Array(repeating: .fails, count: 6))
        #expect(rules.map { $0.answer?.verdict } == [.fails, .fails, .fails, .fails, .holds, .fails])
    }

    @Test func `a sequence says of each step whether the event could be it`() throws {
        let rule = Make.timed(timing: Timing(sequence: TimingTests.sequence("a", "b", "c")))
        let rules = try explained(Timeline([rule]), [.init("b", 0), .init("a", 1), .init("b", 2), .init("c", 3)])
            .map { $0.rules[0] }
        #expect(rules.map(\.conditionVerdict) == [.fails, .holds, .holds, .holds])
        #expect(rules.map(\.progress) == [nil, .step(1, of: 3), .step(2, of: 3), .fires])
        #expect(
            rules.map { $0.steps.map(\.verdict) } == [
                [.fails, .holds, .fails], [.holds, .fails, .fails], [.fails, .holds, .fails], [.fails, .fails, .holds],
            ]
        )
    }

    @Test func `an event of a type that only answers is not taken`() throws {
        var absence = TimingTests.unless("answer")
        absence.answer = Make.tagged("answer", on: .only(["add-tag"]))
        let rule = Make.timed(timing: Timing(absence: absence))
        let explained = try explained(Timeline([rule]), [.init("answer", 0, type: "add-tag")])
        let explanation = explained[0].rules[0]
        #expect(!explanation.takesType)
        #expect(explanation.obstacle == nil)
        #expect(explanation.conditionVerdict == .fails)
        #expect(explanation.answer?.looksAtType == true)
    }

    @Test func `what an event changes in facts is told`() throws {
        let fact = Fact(
            name: "f",
            per: Grouping([.customer]),
            set: Make.tagged("set"),
            clear: Make.tagged("clear"),
            meaning: ""
        )
        let items: [Timeline.Item] = [.init("set", 0), .init("set", 1), .init("clear", 2), .init("clear", 3)]
        let changes = try explained(Timeline([], facts: [fact]), items).map(\.facts)
        #expect(changes == [[FactChange(name: "f", value: .yes)], [], [FactChange(name: "f", value: nil)], []])
    }

    // MARK: Time without events

    @Test func `time that goes on fires what is due before it, and not what is due then`() {
        let rule = Make.timed(timing: Timing(absence: TimingTests.unless("answer")))
        var timeline = Timeline([rule], [.init("a", 0), .init("a", 1, of: "2")])
        let waiting = timeline.state.pendingTimers(of: timeline.engine.program)
        #expect(waiting.map { "\($0.rule) \($0.key)" } == ["r 9:1", "r 9:2"])
        #expect(waiting.map(\.due) == [Timeline.instant(60), Timeline.instant(61)])
        timeline.decided += timeline.engine.advance(
            to: Timeline.instant(61),
            state: &timeline.state,
            scratch: timeline.scratch
        )
        #expect(timeline.fired == ["r 60"])
        #expect(timeline.state.clock == Timeline.instant(61))
        timeline.take(.init("answer", 61, of: "2"))
        #expect(timeline.state.pendingTimers(of: timeline.engine.program).map(\.key) == ["9:2"])
    }

    @Test func `events that wait for earlier ones are decided when time has gone far enough`() {
        let rule = Make.timed(timing: Timing())
        var timeline = Timeline([rule], time: StreamTime(lateness: .seconds(10)), [.init("a", 0), .init("a", 5)])
        #expect(timeline.fired == [])
        timeline.decided += timeline.engine.advance(
            to: Timeline.instant(12),
            state: &timeline.state,
            scratch: timeline.scratch
        )
        #expect(timeline.fired == ["r 0"])
        #expect(timeline.state.clock == Timeline.instant(2))
    }
}
