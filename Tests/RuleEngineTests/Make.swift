import ActionKit
import Diagnostics
import Directory
import Events
import Patterns
import RuleEngine
import Testing

/// The parts of programs and events that tests are made of.
enum Make {
    private static let file = SourceFile(path: "rules.yml", text: "")

    /// A place where nothing stands: what is written is the compiler's business.
    static let nowhere = Span(file, 0..<0)

    static func condition(_ test: Condition.Test) -> Condition {
        Condition(test, span: nowhere)
    }

    static func matcher(_ tests: Matcher.Test...) -> Matcher {
        Matcher(tests.map { .init($0, span: nowhere) })
    }

    /// A condition on a value of the original.
    static func field(_ path: String, _ tests: Matcher.Test...) throws -> Condition {
        let clauses = tests.map { Matcher.Clause($0, span: nowhere) }
        return condition(.field(try FieldPath(parsing: path), Matcher(clauses)))
    }

    /// A condition on a name of the events table.
    static func name(_ name: EventName, _ tests: Matcher.Test...) -> Condition {
        condition(.name(name, Matcher(tests.map { .init($0, span: nowhere) })))
    }

    static func rule(
        _ id: String,
        on: EventTypes = .only(["message-received"]),
        when: Condition? = nil,
        then: [ActionCall] = [],
        mode: RuleMode = .active,
        priority: Int = 0,
        stops: Bool = false
    ) -> Rule {
        Rule(id: id, on: on, when: when, then: then, mode: mode, priority: priority, stops: stops, span: nowhere)
    }

    /// A rule as it is, changed.
    static func rule(_ id: String, when: Condition? = nil, _ change: (inout Rule) -> Void) -> Rule {
        var rule = rule(id, when: when)
        change(&rule)
        return rule
    }

    /// These event types; without any, all.
    static func types(_ types: [String]) -> EventTypes {
        types.isEmpty ? .any : .only(Set(types))
    }

    static func call(_ action: String, _ settings: (String, BoundSetting.Source)...) -> ActionCall {
        ActionCall(
            action: action,
            settings: settings.map { BoundSetting(name: $0, source: $1) },
            span: nowhere
        )
    }

    /// A message of a customer whose original is this JSON text.
    static func event(_ json: String = "{}", type: String = "message-received") throws -> Event {
        var parser = JSONParser()
        return Event(type: type, fields: try parser.parse(json).root)
    }

    /// Open every day from nine to six, in UTC.
    static func nineToSix() throws -> Schedule {
        let clock = try #require(LocalClock(timezone: "UTC"))
        let from = try #require(TimeOfDay(written: "09:00"))
        let to = try #require(TimeOfDay(written: "18:00"))
        let hours = Schedule.Hours(days: Set(Weekday.allCases), from: from, to: to)
        return Schedule(id: "desk", clock: clock, open: [hours])
    }

    static func phone(_ text: String) throws -> PhoneNumber {
        try PhoneNumber(written: text)
    }
}

extension RuleEngine {
    /// Decides one event from the beginning.
    func decide(_ event: Event, origin: String = "stdin:1", limits: MatchLimits = MatchLimits()) -> Decisions {
        var state = EngineState()
        return decide(event, origin: origin, state: &state, scratch: EngineScratch(limits: limits))
    }

    /// Decides the next event of a stream in which nothing waits for time.
    func decide(_ event: Event, origin: String, state: inout EngineState, scratch: EngineScratch) -> Decisions {
        let decided = take(StreamEvent(event, place: EventPlace(origin: origin)), state: &state, scratch: scratch)
        precondition(decided.count == 1, "nothing else was due")
        return decided[0]
    }

    /// Explains one event from the beginning.
    func explain(_ event: Event, limits: MatchLimits = MatchLimits()) -> [RuleExplanation] {
        var state = EngineState()
        let event = StreamEvent(event, place: EventPlace(origin: "stdin:1"))
        return explain(event, state: &state, scratch: EngineScratch(limits: limits)).rules
    }
}

extension Decisions {
    /// The ids of the rules that fired, in order.
    var fired: [String] { firings.map(\.rule.id) }
}

extension Condition {
    /// What the condition comes to for an event.
    func verdict(on event: Event) -> Verdict {
        let engine = RuleEngine(Program(rules: [Make.rule("it", on: .any, when: self)]))
        let decisions = engine.decide(event)
        if !decisions.faults.isEmpty { return .fault }
        return decisions.fired.isEmpty ? .fails : .holds
    }
}
