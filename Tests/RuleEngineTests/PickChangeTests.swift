import ActionKit
import Directory
import Events
import Patterns
import RuleEngine
import SeededRandom
import Testing

/// What decisions say of the picks that they made, for those who keep the engine's state elsewhere.
struct PickChangeTests {
    private let turns: BoundSetting.Source = .agents([.team("turns")])
    private let first: BoundSetting.Source = .agents([.team("first")])

    private func directory() throws -> Directory {
        let members = try (1...3).map { Team.Member(phone: try Make.phone("+91 99999 0010\($0)")) }
        return Directory(
            teams: [
                "turns": Team(id: "turns", members: members, pick: .roundRobin, keep: .seconds(3600)),
                "first": Team(id: "first", members: members, pick: .firstOnShift),
            ]
        )
    }

    private func call(_ agents: BoundSetting.Source) -> ActionCall {
        Make.call(
            "add-collaborator",
            ("business", .event(.business)),
            ("customer", .event(.customer)),
            ("agents", agents)
        )
    }

    private func engine() throws -> RuleEngine {
        let rules = [
            Make.rule("both", then: [call(turns), call(first)]), Make.rule("again", then: [call(turns)]),
            Make.rule("shadow", then: [call(turns)], mode: .shadow),
        ]
        return RuleEngine(Program(rules: rules, directory: try directory()))
    }

    private func event(customer: Int?, at time: Instant?) throws -> Event {
        var event = try Make.event()
        event.customer = customer.map { "9199999000\($0)" }
        event.business = "919999900000"
        event.time = time
        return event
    }

    @Test func `changes stand in the order of jobs, without those of jobs that are not performed`() throws {
        let decisions = try engine().decide(event(customer: 11, at: nil))
        #expect(decisions.picks.map(\.team) == ["turns", "first", "turns"])
        #expect(decisions.picks.map(\.movesTurn) == [true, false, false])
        #expect(try engine().decide(event(customer: nil, at: nil)).picks == [])
    }

    @Test(arguments: 0..<20)
    func `the changes of all decisions make the same memory`(run: Int) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let engine = try engine()
        let limit = Int.random(in: 1...12, using: &generator)
        var state = EngineState()
        state.picks = Picks(keptCountMax: limit)
        var replayed = Picks(keptCountMax: limit)
        let scratch = EngineScratch()
        var milliseconds: Int64 = 0
        for _ in 0..<300 {
            milliseconds += .random(in: -600_000...1_200_000, using: &generator)
            let customer = Int.random(in: 10...20, using: &generator)
            let event = try event(
                customer: customer == 20 ? nil : customer,
                at: .random(using: &generator) ? Instant(milliseconds: milliseconds) : nil
            )
            let decisions = engine.decide(event, origin: "stdin:1", state: &state, scratch: scratch)
            for change in decisions.picks { replayed.remember(change) }
            guard replayed != state.picks else { continue }
            Issue.record("\(replayed), not \(state.picks); seed \(seed)")
            return
        }
        #expect(replayed.useCount == state.picks.useCount, "seed \(seed)")
        #expect(replayed.useCount > 0)
    }
}
