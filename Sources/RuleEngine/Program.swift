public import Directory

/// Rules that are ready to be evaluated, with what they speak of by name.
public struct Program: Sendable {
    /// The rules in the order in which they are decided: by priority, then file path, then position; `otherwise` rules last.
    public let rules: [Rule]

    /// Agents, teams and business numbers.
    public let directory: Directory

    /// The business number of events that carry none; `nil` where several are possible and none was chosen.
    public let defaultBusiness: PhoneNumber?

    /// What templates look up, by the tables' names.
    public var tables: [String: LookupTable]

    /// What is remembered from event to event.
    public let facts: [Fact]

    /// How event time goes on.
    public let time: StreamTime

    /// A rule behind a reference: handing one on costs a counter, where the value has a dozen.
    final class Entry: Sendable {
        let rule: Rule
        /// Where the rule stands in the order of decision.
        let position: Int
        /// Whether what it decides hangs on more than one event.
        let isTimed: Bool
        /// The one event type that it looks at; `nil` where there are several.
        private let soleType: String?
        /// Whether its condition asks for facts.
        let hangsOnFacts: Bool
        /// Whether the time of the event has a say in whether it takes it.
        let hangsOnTime: Bool
        /// Its condition, the parts that cost least first.
        let condition: Condition?
        /// Its calls, if all are plain and nothing may hold them back.
        let plainCalls: [PlainCall]?
        /// Where it remembers what.
        let slots: SlotNumbers
        /// What is kept of earlier events.
        let kept: KeptPlan

        init(_ rule: Rule, position: Int, slots: SlotNumbers) {
            self.rule = rule
            self.position = position
            isTimed = !rule.timing.isEmpty
            soleType = rule.typesSeen.sole
            plainCalls = PlainCall.calls(of: rule)
            hangsOnFacts = rule.when?.hangsOnFacts ?? false
            hangsOnTime = rule.expiry != nil || rule.when?.hangsOnTime ?? false
            condition = rule.when?.cheapestFirst
            self.slots = slots
            kept = rule.keptValues
        }

        /// Whether it looks at events of a type.
        func sees(_ type: String) -> Bool { soleType.map { $0 == type } ?? rule.typesSeen.contains(type) }
    }

    /// What remembers something: the parts of the rules that are not off in their order, then the facts, then the stream.
    let slots: [Slot]

    /// The number of the first fact's slot.
    let factSlots: Int

    /// The number of the slot of the events that wait for their turn.
    var heldSlot: Int { slots.count - 1 }

    /// Whether some rule must see events that an earlier rule keeps from firing on.
    let hasTimedRules: Bool

    /// Whether rules have a say in whether others may fire, by `stop`, `group` or `otherwise`.
    let ranksRules: Bool

    /// Whether something hangs on how time goes on between events.
    public var goesByTime: Bool { hasTimedRules || !facts.isEmpty || time.lateness > .zero }

    /// By position; `nil` for rules that are off.
    private let entriesByPosition: [Entry?]
    private let entriesByType: [String: [Entry]]
    private let entriesOfAnyType: [Entry]

    /// Creates a program and puts the rules in the order of decision.
    ///
    /// - Parameters:
    ///   - rules: The rules by file path and position; the sort by priority keeps that order.
    ///   - directory: Agents, teams and business numbers.
    ///   - defaultBusiness: The business number of events that carry none.
    ///   - tables: What templates look up.
    ///   - facts: What is remembered from event to event.
    ///   - time: How event time goes on.
    public init(
        rules: [Rule],
        directory: Directory = Directory(),
        defaultBusiness: PhoneNumber? = nil,
        tables: [String: LookupTable] = [:],
        facts: [Fact] = [],
        time: StreamTime = StreamTime()
    ) {
        let ordered = rules.inOrderOfDecision
        self.rules = ordered
        self.directory = directory
        self.defaultBusiness = defaultBusiness
        self.tables = tables
        self.facts = facts
        self.time = time
        var byPosition = [Entry?](repeating: nil, count: ordered.count)
        var ofAnyType: [Entry] = []
        var byType: [String: [Entry]] = [:]
        var slots: [Slot] = []
        for (position, rule) in ordered.enumerated() where rule.mode != .off {
            var numbers = SlotNumbers()
            let first = slots.count
            for (part, per, meaning) in rule.slots {
                switch part {
                case .sequence: numbers.sequence = slots.count
                case .count: numbers.count = slots.count
                case .unless: numbers.absence = slots.count
                case .throttle: numbers.throttle = slots.count
                case .fact, .held: continue
                }
                slots.append(Slot(slot: StateSlot(owner: .rule(rule.id), part: part, meaning: meaning), per: per))
            }
            let entry = Entry(rule, position: position, slots: numbers)
            byPosition[position] = entry
            for number in first..<slots.count { slots[number].entry = entry }
            switch rule.typesSeen {
            case .any: ofAnyType.append(entry)
            case .only(let types): for type in types { byType[type, default: []].append(entry) }
            }
        }
        factSlots = slots.count
        for fact in facts {
            slots.append(
                Slot(slot: StateSlot(owner: .fact(fact.name), part: .fact, meaning: fact.meaning), per: fact.per)
            )
        }
        slots.append(Slot(slot: StateSlot(owner: .stream, part: .held, meaning: ""), per: .everyone))
        self.slots = slots
        hasTimedRules = slots.contains { $0.entry != nil }
        ranksRules = ordered.contains { $0.stops || $0.group != nil || $0.otherwise != nil }
        entriesByPosition = byPosition
        entriesOfAnyType = ofAnyType
        entriesByType = byType
    }

    /// The rule at a position in the order of decision; `nil` if it is off.
    func entry(at position: Int) -> Entry? { entriesByPosition[position] }

    /// The rules that look at events of a type and are not off, in the order of decision.
    ///
    /// The two lists are merged on the way, since rules for any type would else be kept once for every type there is.
    func entries(for type: String) -> MergedEntries {
        MergedEntries(ofType: entriesByType[type] ?? [], ofAnyType: entriesOfAnyType)
    }

    /// Two lists of rules in the order of decision, walked as one.
    struct MergedEntries: Sequence, IteratorProtocol {
        private var ofType: ArraySlice<Entry>
        private var ofAnyType: ArraySlice<Entry>

        init(ofType: [Entry], ofAnyType: [Entry]) {
            self.ofType = ofType[...]
            self.ofAnyType = ofAnyType[...]
        }

        mutating func next() -> Entry? {
            guard let one = ofType.first else { return ofAnyType.popFirst() }
            guard let other = ofAnyType.first, other.position < one.position else { return ofType.popFirst() }
            return ofAnyType.popFirst()
        }
    }
}

extension [Rule] {
    /// By priority, those of one as they stand; `otherwise` rules last.
    ///
    /// Ten thousand rules that say nothing of it are in order already, and are not copied.
    fileprivate var inOrderOfDecision: [Rule] {
        func isBefore(_ one: Int, _ other: Int) -> Bool {
            let (isOrdinary, otherIsOrdinary) = (self[one].otherwise == nil, self[other].otherwise == nil)
            if isOrdinary != otherIsOrdinary { return isOrdinary }
            let (priority, otherPriority) = (self[one].priority, self[other].priority)
            return priority == otherPriority ? one < other : priority > otherPriority
        }
        if indices.dropFirst().allSatisfy({ isBefore($0 - 1, $0) }) { return self }
        return indices.sorted(by: isBefore).map { self[$0] }
    }
}
