import Events
import Patterns
import RuleEngine
import SeededRandom
import Testing

/// What `stop`, `group`, `otherwise`, `expires` and shadow rules mean for the rules around them.
struct PrecedenceTests {
    private let yes = Make.name(.type, .exists(true))
    private let no = Make.name(.type, .exists(false))

    private func fired(_ rules: [Rule], at time: Int64? = nil) throws -> [String] {
        var event = try Make.event()
        event.time = time.map { Instant(milliseconds: $0) }
        return RuleEngine(Program(rules: rules)).decide(event).fired
    }

    @Test func `of a group only the first rule that takes the event fires`() throws {
        let rules = [
            Make.rule("a", when: no) { $0.group = "g" }, Make.rule("b") { $0.group = "g" },
            Make.rule("c") { $0.group = "g" }, Make.rule("d") { $0.group = "h" }, Make.rule("e"),
        ]
        #expect(try fired(rules) == ["b", "d", "e"])
    }

    @Test func `a rule that its group holds back takes the event all the same`() throws {
        let rules = [
            Make.rule("a") { $0.group = "g" },
            Make.rule("b") {
                $0.group = "g"
                $0.stops = true
            },
            Make.rule("c"),
        ]
        #expect(try fired(rules) == ["a"])
    }

    @Test func `an otherwise rule fires when no ordinary rule took the event, wherever it stands`() throws {
        let fallback = Make.rule("fallback") {
            $0.otherwise = .anyRule
            $0.priority = 9
        }
        let second = Make.rule("second") { $0.otherwise = .anyRule }
        #expect(try fired([fallback, second, Make.rule("a", when: no)]) == ["fallback", "second"])
        #expect(try fired([fallback, second, Make.rule("a", when: yes)]) == ["a"])
        #expect(try fired([fallback, Make.rule("a", when: no) { $0.otherwise = .anyRule }]) == ["fallback"])
    }

    @Test func `an otherwise rule with tags looks only at rules that have one of them`() throws {
        let fallback = Make.rule("fallback") { $0.otherwise = .tags(["money", "orders"]) }
        #expect(try fired([Make.rule("a") { $0.tags = ["spam"] }, fallback]) == ["a", "fallback"])
        #expect(try fired([Make.rule("a") { $0.tags = ["spam", "orders"] }, fallback]) == ["a"])
        #expect(try fired([Make.rule("a", when: no) { $0.tags = ["money"] }, fallback]) == ["fallback"])
    }

    @Test func `behind a stop no otherwise rule fires`() throws {
        let fallback = Make.rule("fallback") { $0.otherwise = .tags(["money"]) }
        #expect(try fired([Make.rule("a", stops: true), fallback]) == ["a"])
    }

    @Test func `an otherwise rule of a group leaves an event alone that an ordinary rule of the group took`() throws {
        let fallback = Make.rule("fallback") {
            $0.otherwise = .tags(["money"])
            $0.group = "g"
        }
        #expect(try fired([Make.rule("a") { $0.group = "g" }, fallback]) == ["a"])
        #expect(try fired([Make.rule("a") { $0.group = "h" }, fallback]) == ["a", "fallback"])
    }

    @Test func `otherwise rules do not block one another`() throws {
        let rules = ["one", "two"].map { id in
            Make.rule(id) {
                $0.otherwise = .anyRule
                $0.stops = true
                $0.group = "g"
            }
        }
        #expect(try fired(rules) == ["one", "two"])
    }

    @Test func `a shadow rule counts neither for group nor for otherwise`() throws {
        let rules = [
            Make.rule("shadow") {
                $0.mode = .shadow
                $0.group = "g"
            },
            Make.rule("a", when: no), Make.rule("b") { $0.group = "g" },
        ]
        #expect(try fired(rules) == ["shadow", "b"])
        let fallback = Make.rule("fallback") { $0.otherwise = .anyRule }
        #expect(try fired([Make.rule("shadow") { $0.mode = .shadow }, fallback]) == ["shadow", "fallback"])
    }

    @Test func `a shadow rule is itself held back as if it were active`() throws {
        let rules = [
            Make.rule("a") { $0.group = "g" },
            Make.rule("shadow") {
                $0.mode = .shadow
                $0.group = "g"
            },
        ]
        #expect(try fired(rules) == ["a"])
    }

    @Test func `a rule fires to the end of its last day, and then it is as if it were not there`() throws {
        let end = Instant(milliseconds: 1000)
        let rules = [
            Make.rule("a") {
                $0.expiry = Expiry(lastDay: "1970-01-01", end: end)
                $0.stops = true
            },
            Make.rule("b"),
        ]
        #expect(try fired(rules, at: 999) == ["a"])
        #expect(try fired(rules, at: 1000) == ["b"])
        #expect(try fired(rules, at: nil) == ["a"])
        var event = try Make.event()
        event.time = end
        #expect(
            RuleEngine(Program(rules: rules)).explain(event).map(\.obstacle)
                == [.expired(lastDay: "1970-01-01"), nil]
        )
    }

    @Test func `an explanation names what kept a rule from firing`() throws {
        let rules = [
            Make.rule("a") { $0.group = "g" }, Make.rule("b") { $0.group = "g" },
            Make.rule("c", when: no) { $0.group = "g" }, Make.rule("fallback") { $0.otherwise = .anyRule },
        ]
        let explanations = RuleEngine(Program(rules: rules)).explain(try Make.event())
        #expect(
            explanations.map(\.obstacle)
                == [nil, .group("g", takenBy: "a"), .group("g", takenBy: "a"), .taken(by: "a")]
        )
        #expect(explanations.map(\.verdict) == [.holds, .fails, .fails, .fails])
    }

    // MARK: Against every way in which what is open might be settled

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `what is decided holds however the open questions are settled`(seed: UInt64) throws {
        var generator = RuleGenerator(seed: seed)
        var counts: [Verdict: Int] = [:]
        for round in 0..<400 {
            let drafts = (0..<generator.number(from: 1, to: 7)).map { generator.draft(number: $0) }
            var event = try Make.event()
            event.text = String(repeating: "x", count: 40)
            let rules = try drafts.map { try $0.rule() }
            var limits = MatchLimits()
            limits.workMax = 20_000
            let engine = RuleEngine(Program(rules: rules))
            let decisions = engine.decide(event, limits: limits)
            let explanations = engine.explain(event, limits: limits)
            let worlds = RuleDraft.worlds(of: drafts)
            for draft in drafts {
                let outcomes = Set(worlds.map { $0.contains(draft.id) })
                let expected: Verdict = outcomes == [true] ? .holds : outcomes == [false] ? .fails : .fault
                let isFaulty = decisions.faults.contains { $0.rule == draft.id }
                let decided: Verdict = isFaulty ? .fault : decisions.fired.contains(draft.id) ? .holds : .fails
                let note = "seed \(seed), round \(round), \(draft.id) of \(drafts)"
                #expect(decided == expected, "\(note)")
                #expect(explanations.first { $0.rule == draft.id }?.verdict == expected, "explained: \(note)")
                counts[expected, default: 0] += 1
            }
        }
        #expect(counts.count == 3 && counts.values.allSatisfy { $0 > 100 }, "seed \(seed): \(counts)")
    }
}

/// A rule in the words of the language document, for the reference.
private struct RuleDraft {
    var id: String
    /// Whether `on` and `when` hold; `nil` when that could not be decided.
    var holds: Bool?
    var isShadow: Bool
    var stops: Bool
    var group: String?
    var tags: [String]
    var otherwise: Otherwise?
    var priority: Int

    func rule() throws -> Rule {
        let condition: Condition =
            switch holds {
            case true: Make.name(.text, .exists(true))
            case false: Make.name(.text, .exists(false))
            case nil: Make.name(.text, .matches([try Pattern("(x+x+)+[yz]")]))
            }
        return Make.rule(id, when: condition) {
            $0.mode = isShadow ? .shadow : .active
            $0.stops = stops
            $0.group = group
            $0.tags = tags
            $0.otherwise = otherwise
            $0.priority = priority
        }
    }

    /// What fires in each of the ways in which the open questions might be settled.
    static func worlds(of drafts: [RuleDraft]) -> [Set<String>] {
        guard let open = drafts.firstIndex(where: { $0.holds == nil }) else { return [fired(drafts)] }
        return [true, false].flatMap { answer in
            var settled = drafts
            settled[open].holds = answer
            return worlds(of: settled)
        }
    }

    /// What fires when everything is known, straight from the document.
    private static func fired(_ drafts: [RuleDraft]) -> Set<String> {
        let inOrder = drafts.enumerated().sorted {
            ($0.element.priority, -$0.offset) > ($1.element.priority, -$1.offset)
        }.map(\.element)
        let ordinary = inOrder.filter { $0.otherwise == nil }
        let takers = ordinary.filter { $0.holds == true && !$0.isShadow }
        var fired: Set<String> = []
        for (place, rule) in ordinary.enumerated() where rule.holds == true {
            let before = ordinary[..<place].filter { $0.holds == true && !$0.isShadow }
            let isStopped = before.contains(where: \.stops)
            let isSecondOfGroup = rule.group != nil && before.contains { $0.group == rule.group }
            if !isStopped, !isSecondOfGroup { fired.insert(rule.id) }
        }
        for rule in inOrder where rule.otherwise != nil && rule.holds == true && !takers.contains(where: \.stops) {
            let isTaken =
                switch rule.otherwise {
                case .tags(let tags): takers.contains { !tags.isDisjoint(with: $0.tags) }
                default: !takers.isEmpty
                }
            let isSecondOfGroup = rule.group != nil && takers.contains { $0.group == rule.group }
            if !isTaken, !isSecondOfGroup { fired.insert(rule.id) }
        }
        return fired
    }
}

private struct RuleGenerator {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func number(from low: Int, to high: Int) -> Int {
        Int.random(in: low...high, using: &random)
    }

    mutating func draft(number: Int) -> RuleDraft {
        RuleDraft(
            id: "rule-\(number)",
            holds: [true, true, false, false, nil][self.number(from: 0, to: 4)],
            isShadow: chance(6),
            stops: chance(6),
            group: chance(3) ? ["g", "h"][self.number(from: 0, to: 1)] : nil,
            tags: ["red", "blue"].filter { _ in chance(3) },
            otherwise: chance(4) ? (chance(2) ? .anyRule : .tags(chance(2) ? ["red"] : ["red", "blue"])) : nil,
            priority: self.number(from: 0, to: 2)
        )
    }

    private mutating func chance(_ times: Int) -> Bool {
        number(from: 1, to: times) == 1
    }
}
