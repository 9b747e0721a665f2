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
        #expect(state.restore(rows, for: first.engine.program) == EngineState.Leftovers())
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
        let leftovers = state.restore(first.state.rows(of: first.engine.program), for: Program(rules: [other]))
        #expect(leftovers == EngineState.Leftovers(dropped: [slot: 1]))
        #expect(state.windowCount == 0)
    }

    @Test(arguments: ["", "{}", "[]", #"{"times":["a"]}"#, #"{"times":[1],"values":[]}"#])
    func `what cannot be read is told, and removed with the next changes`(text: String) throws {
        let slot = StateSlot(owner: .rule("r"), part: .count, meaning: "c")
        let program = Program(rules: [Self.rule])
        var state = EngineState(tracksChanges: true)
        let leftovers = state.restore([StateRow(slot: slot, key: "9:1", value: text)], for: program)
        #expect(leftovers == EngineState.Leftovers(unreadable: [slot: 1]))
        #expect(state.takeChanges(of: program) == [.remove(slot, key: "9:1")])
    }

    @Test func `beginnings of a sequence of another length cannot be read`() {
        let rule = Make.timed(timing: Timing(sequence: TimingTests.sequence("a", "b", "c")))
        let slot = StateSlot(owner: .rule("r"), part: .sequence, meaning: "s")
        var state = EngineState()
        let row = StateRow(slot: slot, key: "9:1", value: #"{"runs":[{"times":[0],"kept":[{}]}]}"#)
        #expect(state.restore([row], for: Program(rules: [rule])) == EngineState.Leftovers(unreadable: [slot: 1]))
    }

    @Test func `an event that is nested as deeply as can be read waits, and is read again`() throws {
        let depth = JSONParser.depthMax - 1
        let nested = "{\"x\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        let engine = RuleEngine(Program(rules: [Make.timed(timing: Timing(absence: TimingTests.unless("no")))]))
        var event = try Make.event(nested)
        (event.customer, event.business, event.time) = ("1", "9", Timeline.instant(0))
        var state = EngineState()
        let place = EventPlace(origin: "-")
        #expect(engine.take(StreamEvent(event, place: place), state: &state, scratch: EngineScratch()).count == 1)
        var restored = EngineState()
        #expect(restored.restore(state.rows(of: engine.program), for: engine.program) == EngineState.Leftovers())
        let decided = engine.settle(.everything, state: &restored, scratch: EngineScratch())
        #expect(decided.map { $0.event.fields.serialized() } == [event.fields.serialized()])
    }

    @Test func `two keys that look the same are two`() {
        let fold = ["caf\u{E9}", "cafe\u{301}"]
        let timeline = Timeline([Self.rule], fold.map { .init("a", 0, of: $0) })
        #expect(timeline.state.windowCount == 2)
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
