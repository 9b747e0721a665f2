import SeededRandom

/// Makes rules about time and streams of events that come near to what they ask.
///
/// All lengths of time in a case are made of one, W, and so are the steps from event to event: times that are equal, exactly W
/// apart or a millisecond off are the common ones.
struct TimedCaseGenerator {
    private var random: SeededGenerator
    private var length = 4
    private var facts: [TimedFact] = []

    private static let types = ["a", "a", "a", "b"]
    private static let tags = ["x", "y", "z"]

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    // MARK: Programs

    mutating func program() -> TimedProgram {
        length = one(of: [4, 10])
        facts = []
        let names = chance(3) ? (chance(3) ? ["f", "g"] : ["f"]) : []
        for name in names { facts.append(fact(name)) }
        let count = one(of: [1, 1, 1, 1, 2, 2, 3])
        return TimedProgram(
            rules: (0..<count).map { rule("r\($0)") },
            facts: facts,
            lateness: chance(6) ? one(of: [1, length / 2, length, length + 1, 2 * length]) : 0
        )
    }

    private mutating func fact(_ name: String) -> TimedFact {
        TimedFact(
            name: name,
            per: key(),
            set: selector(),
            value: chance(2) ? one(of: TimedDistinct.allCases) : nil,
            clear: chance(2) ? selector() : nil,
            duration: chance(2) ? within() : nil
        )
    }

    private mutating func rule(_ id: String) -> TimedRule {
        var rule = TimedRule(id: id, on: types(), when: chance(2) ? condition() : nil)
        if chance(3) { rule.sequence = sequence() }
        if chance(3) {
            rule.count = TimedCount(atLeast: one(of: [1, 2, 2, 2, 3, 3, 4]), within: within(), per: key())
            if chance(3) { rule.count?.distinct = one(of: TimedDistinct.allCases) }
        }
        if chance(3) {
            rule.absence = TimedAbsence(answer: selector(), within: within(), countsOpenHours: chance(4), per: key())
        }
        if chance(3) { rule.throttle = TimedThrottle(atMost: one(of: [1, 1, 2, 3]), within: within(), per: key()) }
        rule.isShadow = chance(8)
        rule.priority = chance(4) ? one(of: [-1, 1]) : 0
        rule.stops = rule.absence == nil && chance(6)
        rule.group = chance(4) ? "g" : nil
        rule.tags = chance(3) ? ["t"] : []
        rule.otherwise = chance(8) ? (chance(2) ? [] : ["t"]) : nil
        rule.end = chance(12) ? TimedHours.nine + number(2 * length) : nil
        rule.told = told(by: rule)
        return rule
    }

    private mutating func sequence() -> TimedSequence {
        TimedSequence(
            steps: (0..<one(of: [2, 2, 3, 3, 4])).map { _ in selector() },
            within: one(of: [length, length, 2 * length]),
            per: key()
        )
    }

    private mutating func told(by rule: TimedRule) -> [TimedValue] {
        var told: [TimedValue] = [.number]
        if chance(6) { told.append(.time) }
        if rule.count != nil || rule.sequence != nil, !chance(4) { told.append(.first) }
        if let sequence = rule.sequence { told += sequence.steps.indices.filter { _ in !chance(4) }.map { .step($0) } }
        return told + facts.filter { _ in chance(2) }.map { .fact($0.name) }
    }

    private mutating func selector() -> TimedSelector {
        TimedSelector(on: types(), when: chance(6) ? nil : condition())
    }

    private mutating func types() -> [String] {
        one(of: [["a"], ["a"], ["a"], ["a", "b"], ["b"], []])
    }

    private mutating func condition(depth: Int = 2) -> TimedCondition {
        switch number(depth == 0 ? 6 : 10) {
        case 6: .not(condition(depth: depth - 1))
        case 7: .both(condition(depth: depth - 1), condition(depth: depth - 1))
        case 8: .isOpen
        case 9: fact() ?? .isOpen
        default: .tag(Self.tags.filter { _ in chance(2) } + [one(of: Self.tags)])
        }
    }

    /// A condition on a fact that is there already.
    private mutating func fact() -> TimedCondition? {
        guard !facts.isEmpty else { return nil }
        let fact = one(of: facts)
        let texts = fact.value == nil ? ["true"] : ["x", "1"]
        return chance(2) ? .isRemembered(fact.name) : .remembers(fact.name, one(of: texts))
    }

    private mutating func key() -> TimedKey {
        chance(2) ? .conversation : one(of: TimedKey.allCases)
    }

    private mutating func within() -> Int {
        one(of: [length, length, length, 2 * length, 1])
    }

    // MARK: Streams

    /// A stream for the program made last: between five and twenty-five events around the opening or the end of the hours.
    mutating func stream() -> [TimedEvent] {
        let (isAtEnd, isLive) = (chance(4), chance(4))
        var time = TimedHours.nine + (isAtEnd ? TimedHours.to - TimedHours.from : 0) - number(3 * length)
        let (disorder, unknown) = (chance(2) ? 0 : 4, chance(2) ? 0 : 6)
        return (0..<(chance(12) ? 5 + number(21) : 5 + number(2))).map { index in
            if isAtEnd, chance(12) { time += 15 * 3_600_000 - number(2 * length) }
            let isBack = disorder > 0 && chance(disorder)
            let step = one(of: [0, 0, 0, 1, 1, length - 1, length, length, length + 1, length / 2, 2 * length])
            let here = isBack ? time - step : time + step
            if !isBack { time = here }
            return TimedEvent(
                number: index + 1,
                type: one(of: Self.types),
                time: unknown > 0 && chance(unknown) ? nil : here,
                arrival: isLive ? time + number(3) : nil,
                idle: isLive && chance(4) ? time + TimedProgram.grace + number(2 * length) : nil,
                tag: chance(10) ? nil : one(of: Self.tags),
                customer: chance(16) ? nil : one(of: ["1", "1", "2"]),
                business: chance(16) ? nil : one(of: ["9", "9", "9", "8"]),
                order: chance(4) ? one(of: ["null", "\"1\""]) : chance(4) ? nil : "1"
            )
        }
    }

    // MARK: Choices

    private mutating func number(_ below: Int) -> Int { Int(random.next() % UInt64(below)) }

    /// Once in so many times.
    private mutating func chance(_ times: Int) -> Bool { number(times) == 0 }

    private mutating func one<Element>(of choices: [Element]) -> Element { choices[number(choices.count)] }
}
