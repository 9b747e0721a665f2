import Events

extension Program {
    /// What remembers something, in an order that hangs on the rules alone: windows are kept by the place in it.
    struct Slot: Sendable {
        var slot: StateSlot
        var per: Grouping
        /// The rule, where it is one that remembers.
        var entry: Entry?
    }

    /// Numbers of the slots of one rule.
    struct SlotNumbers: Sendable {
        var sequence = 0
        var count = 0
        var absence = 0
        var throttle = 0
    }
}

extension Rule {
    /// What the rule remembers, in the order of its parts.
    var slots: [(part: StateSlot.Part, per: Grouping, meaning: String)] {
        [
            timing.sequence.map { (.sequence, $0.per, $0.meaning) },
            timing.count.map { (.count, $0.per, $0.meaning) },
            timing.absence.map { (.unless, $0.per, $0.meaning) },
            timing.throttle.map { (.throttle, $0.per, $0.meaning) },
        ].compactMap(\.self)
    }

    /// The types of all events that it has to see: those that it may take and those that answer.
    var typesSeen: EventTypes {
        timing.absence.map { typesTaken.joined(with: $0.answer.on) } ?? typesTaken
    }

    /// The types of the events that it may take.
    public var typesTaken: EventTypes {
        guard let sequence = timing.sequence, let first = sequence.steps.first else { return on }
        return sequence.steps.dropFirst().reduce(first.on) { $0.joined(with: $1.on) }
    }

    /// The conditions that hold for the event on which it fires, in written order.
    var conditions: [Condition] {
        [when, timing.sequence?.steps.last?.when].compactMap(\.self)
    }

    /// The values of earlier events that its templates name.
    var keptValues: KeptPlan {
        var plan = KeptPlan(stepCount: timing.sequence?.steps.count ?? 0)
        for call in then {
            for setting in call.settings {
                for template in setting.source.templates {
                    for case .earlier(let which, let value) in template.references.values {
                        plan.add(value, of: which, countsEvents: timing.count != nil)
                    }
                }
            }
        }
        return plan
    }
}

/// Which values of earlier events are kept.
struct KeptPlan: Sendable {
    /// Of the events that are counted.
    private(set) var counted: Set<KeptValue> = []

    /// Of the event of each step.
    private(set) var steps: [Set<KeptValue>]

    init(stepCount: Int) {
        steps = Array(repeating: [], count: stepCount)
    }

    mutating func add(_ value: KeptValue, of which: EarlierEvent, countsEvents: Bool) {
        switch which {
        case .first where countsEvents: counted.insert(value)
        case .first: if !steps.isEmpty { steps[0].insert(value) }
        case .step(let index): if steps.indices.contains(index) { steps[index].insert(value) }
        }
    }
}

extension EventTypes {
    /// The types of both.
    func joined(with other: EventTypes) -> EventTypes {
        switch (self, other) {
        case (.only(let one), .only(let other)): .only(one.union(other))
        case (.any, _), (_, .any): .any
        }
    }
}
