import Events
import Patterns
import RuleEngine

/// Takes the events of a test through the engine, by the clock of the test.
///
/// Time goes on with that clock, whether an event comes or not: a timer that is due before an event comes has fired, although
/// the event may have happened earlier.
struct TestCourse {
    private let test: RuleTest
    private let engine: RuleEngine
    private let scratch = EngineScratch()

    init(_ test: RuleTest, program: Program) {
        self.test = test
        engine = RuleEngine(program)
    }

    /// Everything that is decided until the test ends, and the timers that wait then.
    func decide() -> (decided: [Decisions], pending: [PendingTimer]) {
        var state = begun()
        var decided: [Decisions] = []
        for (index, event) in test.events.enumerated() {
            decided += engine.advance(to: event.arrival, state: &state, scratch: scratch)
            // The line is the number of the event.
            let place = EventPlace(origin: test.name, line: index + 1)
            decided += engine.take(StreamEvent(event.event, place: place), state: &state, scratch: scratch)
        }
        decided += engine.settle(.until(test.end), state: &state, scratch: scratch)
        return (decided, state.pendingTimers(of: engine.program))
    }

    /// The same again, with reasons, in the order in which the events were decided.
    func explain(_ decided: [Decisions]) -> [EventExplanation] {
        var state = begun()
        return decided.filter { $0.firedAt == nil }.compactMap { decisions in
            guard let number = decisions.place.line else { return nil }
            let event = test.events[number - 1]
            // Where events wait for earlier ones, time follows from the order in which they were decided.
            if engine.program.time.lateness == .zero {
                _ = engine.advance(to: event.arrival, state: &state, scratch: scratch)
            }
            let item = StreamEvent(event.event, place: decisions.place)
            return engine.explain(item, state: &state, scratch: scratch)
        }
    }

    /// The state at the beginning, with what is given.
    private func begun() -> EngineState {
        var state = EngineState()
        _ = engine.advance(to: test.start, state: &state, scratch: scratch)
        for fact in test.given {
            for event in test.events {
                engine.preset(fact.value, as: fact.name, for: event.event, at: test.start, state: &state)
            }
        }
        return state
    }
}
