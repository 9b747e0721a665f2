import Events
import Patterns
import Testing

@testable import RuleEngine

/// A condition that could not be decided is a fault, unless its answer does not matter.
struct FaultTests {
    /// A pattern that takes for ever on the text of ``event()``.
    private let fault: Condition
    private let yes: Condition
    private let no: Condition

    init() throws {
        fault = Make.name(.text, .matches([try Pattern("(x+x+)+[yz]")]))
        yes = Make.name(.text, .exists(true))
        no = Make.name(.text, .exists(false))
    }

    private func event() throws -> Event {
        var event = try Make.event()
        event.text = String(repeating: "x", count: 60)
        return event
    }

    private func verdict(_ test: Condition.Test) throws -> Verdict {
        Make.condition(test).verdict(on: try event())
    }

    @Test func `a pattern that gives up is a fault and not a miss`() throws {
        let decisions = RuleEngine(Program(rules: [Make.rule("slow", when: fault)])).decide(try event())
        #expect(decisions.fired == [])
        #expect(decisions.faults == [RuleFault(rule: "slow", cause: .pattern(.tooMuchWork))])
    }

    @Test func `a fault matters only where its answer would`() throws {
        #expect(try verdict(.all([fault, no])) == .fails)
        #expect(try verdict(.all([no, fault])) == .fails)
        #expect(try verdict(.all([fault, yes])) == .fault)
        #expect(try verdict(.any([fault, yes])) == .holds)
        #expect(try verdict(.any([yes, fault])) == .holds)
        #expect(try verdict(.any([fault, no])) == .fault)
        #expect(try verdict(.none([fault, yes])) == .fails)
        #expect(try verdict(.none([fault, no])) == .fault)
        #expect(try verdict(.not(fault)) == .fault)
        #expect(try verdict(.not(Make.condition(.all([fault, no])))) == .holds)
    }

    @Test func `a fault inside a matcher is decided in the same way`() throws {
        let slow = try Pattern("(x+x+)+[yz]")
        let quick = try Pattern("x")
        #expect(Make.name(.text, .matches([slow, quick])).verdict(on: try event()) == .holds)
        #expect(Make.name(.text, .matches([slow]), .exists(false)).verdict(on: try event()) == .fails)
        #expect(Make.name(.text, .matches([slow]), .exists(true)).verdict(on: try event()) == .fault)
        #expect(Make.name(.text, .not(Make.matcher(.matches([slow])))).verdict(on: try event()) == .fault)
    }

    @Test func `one element may settle what another leaves open`() throws {
        let text = String(repeating: "x", count: 60)
        let path = try FieldPath(parsing: "a.*")
        let slow = Make.matcher(.matches([try Pattern("(x+x+)+[yz]|ok")]))
        let condition = Make.condition(.field(path, slow))
        #expect(condition.verdict(on: try Make.event("{\"a\": [\"\(text)\", \"ok\"]}")) == .holds)
        #expect(condition.verdict(on: try Make.event("{\"a\": [\"\(text)\", \"no\"]}")) == .fault)
        #expect(condition.verdict(on: try Make.event("{\"a\": [\"no\"]}")) == .fails)
    }

    @Test func `a rule that could not be decided keeps no other from firing`() throws {
        let engine = RuleEngine(Program(rules: [Make.rule("slow", when: fault), Make.rule("quick", when: yes)]))
        let decisions = engine.decide(try event())
        #expect(decisions.fired == ["quick"])
        #expect(decisions.faults == [RuleFault(rule: "slow", cause: .pattern(.tooMuchWork))])
    }

    @Test func `what hangs on a rule that could not be decided cannot be decided either`() throws {
        let engine = RuleEngine(
            Program(rules: [Make.rule("slow", when: fault, stops: true), Make.rule("quick", when: yes)])
        )
        let decisions = engine.decide(try event())
        #expect(decisions.fired == [])
        #expect(
            decisions.faults == [
                RuleFault(rule: "slow", cause: .pattern(.tooMuchWork)),
                RuleFault(rule: "quick", cause: .undecidedRule("slow")),
            ]
        )
        #expect(decisions.faults[1].explanation == "it hangs on rule 'slow', which could not be decided")
        #expect(engine.explain(try event()).map(\.verdict) == [.fault, .fault])
    }

    @Test func `a fault whose answer does not matter is not reported, not even for a later rule`() throws {
        let engine = RuleEngine(
            Program(rules: [
                Make.rule("settled", when: Make.condition(.all([fault, no]))),
                Make.rule("also-settled", when: Make.condition(.any([fault, yes]))),
                Make.rule("slow", when: fault),
            ])
        )
        let decisions = engine.decide(try event())
        #expect(decisions.fired == ["also-settled"])
        #expect(decisions.faults == [RuleFault(rule: "slow", cause: .pattern(.tooMuchWork))])
    }
}
