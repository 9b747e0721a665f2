import Events
import RuleEngine
import Templates
import Testing

struct FactTests {
    static func fact(_ name: String = "vip", for duration: Duration? = nil) -> Fact {
        Fact(
            name: name,
            per: Grouping([.customer]),
            set: Make.tagged("set"),
            clear: Make.tagged("clear", "set-not"),
            duration: duration,
            meaning: "f"
        )
    }

    static func rule(_ matcher: Matcher.Test = .exists(true)) -> Rule {
        Make.rule("r", when: Make.condition(.fact("vip", Make.matcher(matcher))))
    }

    @Test func `a fact is seen from the next event on`() {
        let items: [Timeline.Item] = [
            .init("set", 0), .init("a", 0), .init("a", 1, of: "2"), .init("clear", 2), .init("a", 3),
        ]
        #expect(Timeline([Self.rule()], facts: [Self.fact()], items).fired == ["r 0", "r 2"])
        #expect(Timeline([Self.rule(.exists(false))], facts: [Self.fact()], items).fired == ["r 0", "r 1", "r 3"])
    }

    @Test func `a fact lasts as long as it says`() {
        let fact = Self.fact(for: .seconds(60))
        #expect(Timeline([Self.rule()], facts: [fact], [.init("set", 0), .init("a", 60)]).fired == ["r 60"])
        #expect(Timeline([Self.rule()], facts: [fact], [.init("set", 0), .init("a", 60.001)]).fired == [])
        let again: [Timeline.Item] = [.init("set", 0), .init("set", 60), .init("a", 120)]
        #expect(Timeline([Self.rule()], facts: [fact], again).fired == ["r 60", "r 120"])
    }

    @Test func `a fact that is set before any time is known stays, and one that becomes permanent does`() {
        let fact = Self.fact(for: .seconds(60))
        #expect(Timeline([Self.rule()], facts: [fact], [.init("set", nil), .init("a", 5000)]).fired == ["r 5000"])
        var first = Timeline([Self.rule()], facts: [fact], [.init("set", 0)])
        first.settle(.lastEvent)
        let later: [Timeline.Item] = [.init("set", 30), .init("a", 500)]
        #expect(Timeline([Self.rule()], facts: [Self.fact()], state: first.state, later).fired == ["r 30", "r 500"])
        var forever = Timeline([Self.rule()], facts: [Self.fact()], [.init("set", 0)])
        forever.settle(.lastEvent)
        let ending = Timeline([Self.rule()], facts: [fact], state: forever.state, [.init("set", 30), .init("a", 500)])
        #expect(ending.fired == ["r 30"])
        #expect(ending.state.windowCount == 0)
    }

    @Test func `an event that does both leaves it set`() {
        var fact = Self.fact()
        fact.clear = Make.tagged("set")
        #expect(Timeline([Self.rule()], facts: [fact], [.init("set", 0), .init("a", 1)]).fired == ["r 1"])
    }

    @Test func `a fact remembers what its template says, and an event that lacks it sets nothing`() throws {
        var fact = Self.fact()
        let template = try Template(parsing: "{{agent}}")
        fact.value = BoundTemplate(template, references: ["agent": .event(.agent)])
        let rule = Self.rule(.exists(true))
        #expect(Timeline([rule], facts: [fact], [.init("set", 0), .init("a", 1)]).fired == [])
    }
}
