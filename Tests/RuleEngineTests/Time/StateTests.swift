import Events
import Patterns
import RuleEngine
import Testing

struct StateTests {
    private static let rule = Make.timed(timing: Timing(count: TimingTests.count(3)))

    @Test func `what is remembered can be written down and taken up again`() throws {
        var first = Timeline([Self.rule], [.init("a", 0), .init("a", 1)])
        let rows = first.state.rows(of: first.engine.program)
        let expected = StateRow(
            slot: StateSlot(owner: .rule("r"), part: .count, meaning: "c"),
            key: "9:1",
            subject: .conversation("9:1"),
            endsAt: Timeline.instant(61),
            value: #"{"times":[0,1000]}"#
        )
        #expect(rows == [expected])
        var state = EngineState()
        #expect(try state.restore(rows, for: first.engine.program) == [:])
        state.clock = first.state.clock
        first.take(.init("a", 2))
        #expect(first.fired == ["r 2"])
        #expect(Timeline([Self.rule], state: state, [.init("a", 2)]).fired == ["r 2"])
    }

    @Test func `what means something else now is not taken up`() throws {
        let first = Timeline([Self.rule], [.init("a", 0), .init("a", 1)])
        var other = Self.rule
        other.timing.count?.meaning = "d"
        var state = EngineState()
        let slot = StateSlot(owner: .rule("r"), part: .count, meaning: "c")
        let dropped = try state.restore(first.state.rows(of: first.engine.program), for: Program(rules: [other]))
        #expect(dropped == [slot: 1])
        #expect(state.windowCount == 0)
    }

    @Test(arguments: ["", "{}", "[]", #"{"times":["a"]}"#, #"{"times":[1],"values":[]}"#])
    func `what cannot be read is a problem that names it`(text: String) throws {
        let slot = StateSlot(owner: .rule("r"), part: .count, meaning: "c")
        var state = EngineState()
        let problem = #expect(throws: StateProblem.self) {
            try state.restore([StateRow(slot: slot, key: "9:1", value: text)], for: Program(rules: [Self.rule]))
        }
        #expect(
            problem?.description
                == "what rule 'r' remembers (count) of '9:1' cannot be read; 'beckon state clear' forgets it"
        )
    }

    @Test func `what has ended is gone`() {
        var timeline = Timeline([Self.rule], (0..<100).map { .init("a", 0, of: "\($0)") })
        #expect(timeline.state.windowCount == 100)
        timeline.take(.init("a", 60, of: "x"))
        #expect(timeline.state.windowCount == 101)
        timeline.take(.init("a", 60.001, of: "x"))
        #expect(timeline.state.windowCount == 1)
    }

    @Test func `beyond the bound the largest slot forgets what ends soonest`() {
        var limits = StateLimits()
        limits.windowsMax = 10
        let other = Make.timed("other", "b", timing: Timing(throttle: TimingTests.throttle()))
        let items = [Timeline.Item("b", 0, of: "b")] + (0..<20).map { Timeline.Item("a", Double($0), of: "\($0)") }
        var state = EngineState(tracksChanges: true, limits: limits)
        state.clock = nil
        var timeline = Timeline([Self.rule, other], state: state, items)
        #expect(timeline.state.windowCount == 10)
        #expect(timeline.state.counts.forgotten == 12)
        let keys = timeline.state.rows(of: timeline.engine.program).map(\.key).sorted()
        #expect(keys == (["9:b"] + (11..<20).map { "9:\($0)" }).sorted())
        let changes = timeline.state.takeChanges(of: timeline.engine.program)
        #expect(changes.filter { if case .put = $0 { true } else { false } }.count == 10)
        #expect(timeline.state.takeChanges(of: timeline.engine.program) == [])
    }
}
