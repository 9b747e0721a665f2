import Directory
import Events
import Patterns
import RuleEngine
import Testing

/// Which rules take an event, in which order, and what that means for the others.
struct DecisionTests {
    private let yes = Make.name(.type, .exists(true))
    private let no = Make.name(.type, .exists(false))

    private func fired(_ rules: [Rule], type: String = "message-received") throws -> [String] {
        RuleEngine(Program(rules: rules)).decide(try Make.event(type: type)).fired
    }

    @Test func `all rules that take an event fire, in the order in which they are written`() throws {
        #expect(
            try fired([Make.rule("a", when: yes), Make.rule("b", when: no), Make.rule("c"), Make.rule("d", when: yes)])
                == ["a", "c", "d"]
        )
    }

    @Test func `a higher priority is decided first, equal ones as written`() throws {
        let rules = [
            Make.rule("a"), Make.rule("b", priority: 5), Make.rule("c", priority: -1), Make.rule("d", priority: 5),
            Make.rule("e", priority: .max), Make.rule("f", priority: .min + 1), Make.rule("g"),
        ]
        #expect(try fired(rules) == ["e", "b", "d", "a", "g", "c", "f"])
        #expect(Program(rules: rules).rules.map(\.id) == ["e", "b", "d", "a", "g", "c", "f"])
    }

    @Test func `the lowest priority that can be written is no trap`() async {
        await #expect(processExitsWith: .success) {
            let program = Program(rules: [Make.rule("low", priority: .min), Make.rule("high")])
            precondition(program.rules.map(\.id) == ["high", "low"])
        }
    }

    @Test func `a rule looks at messages unless it says otherwise`() throws {
        let rules = [
            Make.rule("messages"), Make.rule("tags", on: .only(["add-tag", "remove-tag"])), Make.rule("all", on: .any),
            Make.rule("nothing", on: .only([])),
        ]
        #expect(try fired(rules) == ["messages", "all"])
        #expect(try fired(rules, type: "add-tag") == ["tags", "all"])
        #expect(try fired(rules, type: "something-new") == ["all"])
    }

    @Test func `rules for one type and rules for any are decided in one order`() throws {
        let rules = [
            Make.rule("a", on: .any), Make.rule("b"), Make.rule("c"), Make.rule("d", on: .any),
            Make.rule("e", on: .any, priority: 2), Make.rule("f", priority: 1), Make.rule("g", on: .any, mode: .off),
        ]
        #expect(try fired(rules) == ["e", "f", "a", "b", "c", "d"])
        #expect(try fired(rules, type: "add-tag") == ["e", "a", "d"])
    }

    @Test func `a rule with stop keeps later rules from firing when it takes the event`() throws {
        #expect(try fired([Make.rule("a"), Make.rule("b", when: yes, stops: true), Make.rule("c")]) == ["a", "b"])
        #expect(try fired([Make.rule("a", when: no, stops: true), Make.rule("b")]) == ["b"])
        #expect(try fired([Make.rule("a", on: .only(["add-tag"]), stops: true), Make.rule("b")]) == ["b"])
        #expect(try fired([Make.rule("a"), Make.rule("b", priority: 1, stops: true)]) == ["b"])
    }

    @Test func `a shadow rule fires, but stops none`() throws {
        let rules = [Make.rule("a", mode: .shadow, stops: true), Make.rule("b"), Make.rule("c", mode: .shadow)]
        #expect(try fired(rules) == ["a", "b", "c"])
    }

    @Test func `a rule that is off is not looked at`() throws {
        #expect(try fired([Make.rule("a", mode: .off, stops: true), Make.rule("b")]) == ["b"])
    }

    @Test func `an explanation says what left a rule out`() throws {
        let engine = RuleEngine(
            Program(rules: [
                Make.rule("off", mode: .off), Make.rule("tags", on: .only(["add-tag"])), Make.rule("miss", when: no),
                Make.rule("shadow", mode: .shadow, stops: true), Make.rule("stop", when: yes, stops: true),
                Make.rule("late"), Make.rule("late-tags", on: .only(["add-tag"])), Make.rule("late-off", mode: .off),
            ])
        )
        let explanations = engine.explain(try Make.event())
        #expect(
            explanations.map(\.obstacle) == [
                .off, .eventType("message-received"), nil, nil, nil, .stopped(by: "stop"),
                .eventType("message-received"), .off,
            ]
        )
        #expect(explanations.map(\.verdict) == [.fails, .fails, .fails, .holds, .holds, .fails, .fails, .fails])
        #expect(explanations.map(\.rule) == engine.program.rules.map(\.id))
    }

    @Test func `an event without a business number takes the program's`() throws {
        let engine = RuleEngine(
            Program(rules: [Make.rule("a")], defaultBusiness: try Make.phone("+91 99999 00000"))
        )
        var event = try Make.event()
        event.customer = "919999900001"
        #expect(engine.decide(event).event.conversation == "919999900000:919999900001")
        event.business = "919999900009"
        #expect(engine.decide(event).event.business == "919999900009")
        event.business = nil
        event.isInGroup = true
        #expect(engine.decide(event).event.business == nil)
        #expect(engine.decide(event).event.conversation == nil)
    }

    @Test func `an event without a time takes the latest so far`() throws {
        let engine = RuleEngine(Program(rules: []))
        var state = EngineState()
        func time(_ milliseconds: Int64?) throws -> Int64? {
            var event = try Make.event()
            event.time = milliseconds.map { Instant(milliseconds: $0) }
            return engine.decide(event, origin: "-", state: &state, scratch: EngineScratch()).event.time?.milliseconds
        }
        #expect(
            try [time(nil), time(1000), time(nil), time(500), time(nil), time(2000), time(nil)] == [
                nil, 1000, 1000, 500, 1000, 2000, 2000,
            ]
        )
    }
}
