extension TimedCase {
    /// The smallest case to which steps lead that all leave it failing.
    func shrunk(whileFailing isFailing: (TimedCase) throws -> Bool) rethrows -> TimedCase {
        var smallest = self
        while let smaller = try smallest.smaller.first(where: isFailing) { smallest = smaller }
        return smallest
    }

    /// Cases that are this one with a single thing less.
    private var smaller: [TimedCase] {
        var cases: [TimedCase] = []
        func add(_ change: (inout TimedCase) -> Void) {
            var smaller = self
            change(&smaller)
            cases.append(smaller)
        }
        for index in stream.indices { add { $0.stream.remove(at: index) } }
        for index in program.rules.indices where program.rules.count > 1 { add { $0.program.rules.remove(at: index) } }
        for index in program.facts.indices where !isUsed(program.facts[index].name) {
            add { $0.program.facts.remove(at: index) }
        }
        if program.lateness > 0 { add { $0.program.lateness = 0 } }
        for index in program.rules.indices {
            for rule in program.rules[index].smaller { add { $0.program.rules[index] = rule } }
        }
        for index in program.facts.indices {
            for fact in program.facts[index].smaller { add { $0.program.facts[index] = fact } }
        }
        for index in stream.indices {
            for event in stream[index].smaller { add { $0.stream[index] = event } }
        }
        return cases
    }

    private func isUsed(_ fact: String) -> Bool { "\(program)".contains("facts.\(fact)") }
}

/// Collects copies of a value that have one thing less.
private struct Variants<Value> {
    let value: Value
    var found: [Value] = []

    init(of value: Value) { self.value = value }

    mutating func add(if isThere: Bool = true, _ change: (inout Value) -> Void) {
        guard isThere else { return }
        var changed = value
        change(&changed)
        found.append(changed)
    }
}

extension TimedRule {
    fileprivate var smaller: [TimedRule] {
        var variants = Variants(of: self)
        variants.add(if: when != nil) { $0.when = nil }
        variants.add(if: sequence != nil) { $0.sequence = nil }
        variants.add(if: count != nil) { $0.count = nil }
        variants.add(if: absence != nil) { $0.absence = nil }
        variants.add(if: throttle != nil) { $0.throttle = nil }
        variants.add(if: isShadow) { $0.isShadow = false }
        variants.add(if: priority != 0) { $0.priority = 0 }
        variants.add(if: stops) { $0.stops = false }
        variants.add(if: group != nil) { $0.group = nil }
        variants.add(if: otherwise != nil) { $0.otherwise = nil }
        variants.add(if: !tags.isEmpty) { $0.tags = [] }
        variants.add(if: end != nil) { $0.end = nil }
        variants.add(if: told.count > 1) { $0.told.removeLast() }
        variants.add(if: told.count > 1) { $0.told.remove(at: 1) }
        variants.add(if: count?.distinct != nil) { $0.count?.distinct = nil }
        variants.add(if: absence?.countsOpenHours == true) { $0.absence?.countsOpenHours = false }
        variants.add(if: (sequence?.steps.count ?? 0) > 2) { $0.sequence?.steps.removeLast() }
        variants.add(if: (sequence?.steps.count ?? 0) > 2) { $0.sequence?.steps.removeFirst() }
        for index in sequence?.steps.indices ?? 0..<0 {
            for step in sequence?.steps[index].smaller ?? [] { variants.add { $0.sequence?.steps[index] = step } }
        }
        for answer in absence?.answer.smaller ?? [] { variants.add { $0.absence?.answer = answer } }
        for part in when?.parts ?? [] { variants.add { $0.when = part } }
        variants.add(if: on != ["a"]) { $0.on = ["a"] }
        variants.add(if: sequence.map { $0.per != .everyone } ?? false) { $0.sequence?.per = .everyone }
        variants.add(if: count.map { $0.per != .everyone } ?? false) { $0.count?.per = .everyone }
        variants.add(if: absence.map { $0.per != .everyone } ?? false) { $0.absence?.per = .everyone }
        variants.add(if: throttle.map { $0.per != .everyone } ?? false) { $0.throttle?.per = .everyone }
        variants.add(if: (count?.atLeast ?? 1) > 1) { $0.count?.atLeast -= 1 }
        return variants.found
    }
}

extension TimedFact {
    fileprivate var smaller: [TimedFact] {
        var variants = Variants(of: self)
        variants.add(if: value != nil) { $0.value = nil }
        variants.add(if: clear != nil) { $0.clear = nil }
        variants.add(if: duration != nil) { $0.duration = nil }
        variants.add(if: per != .everyone) { $0.per = .everyone }
        for selector in set.smaller { variants.add { $0.set = selector } }
        for selector in clear?.smaller ?? [] { variants.add { $0.clear = selector } }
        return variants.found
    }
}

extension TimedSelector {
    fileprivate var smaller: [TimedSelector] {
        var variants = Variants(of: self)
        variants.add(if: when != nil) { $0.when = nil }
        for part in when?.parts ?? [] { variants.add { $0.when = part } }
        variants.add(if: on != ["a"]) { $0.on = ["a"] }
        return variants.found
    }
}

extension TimedCondition {
    fileprivate var parts: [TimedCondition] {
        switch self {
        case .not(let part): [part]
        case .both(let one, let other): [one, other]
        case .tag(let tags) where tags.count > 1: tags.map { .tag([$0]) }
        default: []
        }
    }
}

extension TimedEvent {
    /// Only what makes it plainer, so that shrinking ends.
    fileprivate var smaller: [TimedEvent] {
        var variants = Variants(of: self)
        variants.add(if: order != nil) { $0.order = nil }
        variants.add(if: idle != nil) { $0.idle = nil }
        variants.add(if: arrival != nil && time != nil) { $0.arrival = nil }
        variants.add(if: customer != "1") { $0.customer = "1" }
        variants.add(if: business != "9") { $0.business = "9" }
        variants.add(if: type != "a") { $0.type = "a" }
        return variants.found
    }
}
