import ActionKit
import Events
import Patterns
import RuleEngine

/// A stream written as a time line, and what a program made of it.
///
/// ```swift
/// Timeline([rule], [("a", 0), ("b", 60)]).fired  // ["r 60"]
/// ```
struct Timeline {
    /// An event: its tag, its time in seconds, and whose it is.
    struct Item {
        var tag: String
        var seconds: Double?
        var customer: String
        var business: String? = "9"
        var type = "message-received"
        var arrival: StreamEvent.Arrival?

        init(
            _ tag: String,
            _ seconds: Double?,
            of customer: String = "1",
            to business: String? = "9",
            type: String = "message-received",
            arrival: StreamEvent.Arrival? = nil
        ) {
            (self.tag, self.seconds, self.customer, self.business) = (tag, seconds, customer, business)
            (self.type, self.arrival) = (type, arrival)
        }
    }

    let engine: RuleEngine
    var state: EngineState
    let scratch = EngineScratch()
    var decided: [Decisions] = []

    init(
        _ rules: [Rule],
        facts: [Fact] = [],
        time: StreamTime = StreamTime(),
        state: EngineState = EngineState(),
        _ items: [Item] = []
    ) {
        engine = RuleEngine(Program(rules: rules, facts: facts, time: time))
        self.state = state
        for item in items { take(item) }
    }

    mutating func take(_ item: Item) {
        guard var event = try? Make.event(type: item.type) else { return }
        event.tag = item.tag
        event.customer = item.customer
        event.business = item.business
        event.time = item.seconds.map { Self.instant($0) }
        let place = EventPlace(origin: "\(decided.count)")
        decided += engine.take(
            StreamEvent(event, place: place, arrival: item.arrival),
            state: &state,
            scratch: scratch
        )
    }

    mutating func settle(_ extent: RuleEngine.Extent) {
        decided += engine.settle(extent, state: &state, scratch: scratch)
    }

    mutating func advance(byClock seconds: Double) {
        decided += engine.advance(byClock: Self.instant(seconds), state: &state, scratch: scratch)
    }

    /// What fired, as `rule seconds`; a firing that was held back ends with a question mark.
    var fired: [String] {
        decided.flatMap { decisions in
            decisions.firings.map { firing in
                let time = (decisions.firedAt ?? decisions.event.time).map { Self.text($0) } ?? "-"
                let isHeld = firing.jobs.contains { if case .suppressed = $0.plan { true } else { false } }
                return "\(firing.rule.id) \(time)\(isHeld ? "?" : "")"
            }
        }
    }

    static func instant(_ seconds: Double) -> Instant {
        Instant(milliseconds: Int64((seconds * 1000).rounded()))
    }

    private static func text(_ instant: Instant) -> String {
        let (seconds, rest) = instant.milliseconds.quotientAndRemainder(dividingBy: 1000)
        return rest == 0 ? "\(seconds)" : "\(Double(instant.milliseconds) / 1000)"
    }
}

extension Make {
    /// Events of that tag.
    static func tagged(_ tags: String..., on: EventTypes = .only(["message-received"])) -> EventSelector {
        EventSelector(on: on, when: Make.tag(tags), span: Make.nowhere)
    }

    static func tag(_ tags: [String]) -> Condition {
        Make.name(.tag, .equals(LiteralSet(tags.map { .string($0) }), ignoringCase: false))
    }

    /// A rule that acts, with timing.
    static func timed(_ id: String = "r", _ tags: String..., timing: Timing) -> Rule {
        Make.rule(id, when: tags.isEmpty ? nil : Make.tag(tags)) { rule in
            rule.timing = timing
            rule.then = [Make.call("act")]
        }
    }
}
