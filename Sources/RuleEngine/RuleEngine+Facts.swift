public import Events
import Templates

extension RuleEngine {
    /// What is remembered of an event's conversation, customer and so on, at the moment that the clock shows.
    ///
    /// - Complexity: O(f) in the number of facts.
    func facts(for keys: EventKeys, _ state: EngineState) -> [String: FactValue] {
        var values: [String: FactValue] = [:]
        let now = state.clock ?? .beforeAll
        for (index, fact) in program.facts.enumerated() {
            guard let key = keys.key(fact.per),
                let entry = state.windows.entry(at: WindowPlace(slot: program.factSlots + index, key: key)),
                case .fact(let remembered) = entry.window, entry.endsAt.map({ now <= $0 }) ?? true
            else { continue }
            values[fact.name] = remembered.value
        }
        return values
    }

    /// Sets and clears facts by an event, after all rules were decided: they see them from the next event on.
    func remember(_ evaluation: Evaluation, _ state: inout EngineState, _ decisions: inout Decisions) {
        for (index, fact) in program.facts.enumerated() {
            guard let key = evaluation.key(fact.per) else { continue }
            let place = WindowPlace(slot: program.factSlots + index, key: key)
            let clears = fact.clear.map { evaluation.verdict($0) } ?? .fails
            let clearingFault = evaluation.takeFault()
            let sets = evaluation.verdict(fact.set)
            let settingFault = evaluation.takeFault()
            switch sets {
            case .fault:
                decisions.faults += settingFault.map { [RuleFault(fact: fact.name, cause: .pattern($0))] } ?? []
            case .holds:
                // An event that lacks what is to be remembered sets nothing, and may still clear.
                if let value = value(of: fact, evaluation) {
                    put(value, of: fact, evaluation.event.customer, at: place, &state)
                    continue
                }
                if clears == .holds { state.windows.remove(place) }
            case .fails:
                if clears == .holds { state.windows.remove(place) }
                if clears == .fault {
                    decisions.faults += clearingFault.map { [RuleFault(fact: fact.name, cause: .pattern($0))] } ?? []
                }
            }
        }
    }

    /// Remembers something without an event, as a test does that presets facts.
    ///
    /// - Parameters:
    ///   - value: What is remembered.
    ///   - name: The fact's name; nothing happens if there is no such fact.
    ///   - event: Whose it is: of its conversation, customer or what else the fact is kept by.
    ///   - time: Since when.
    ///   - state: What is remembered from event to event.
    public func preset(
        _ value: FactValue,
        as name: String,
        for event: Event,
        at time: Instant,
        state: inout EngineState
    ) {
        guard let index = program.facts.firstIndex(where: { $0.name == name }) else { return }
        let fact = program.facts[index]
        guard let key = EventKeys(completed(event)).key(fact.per) else { return }
        let place = WindowPlace(slot: program.factSlots + index, key: key)
        let end = fact.duration.map { time.advanced(by: $0) }
        state.windows.put(.fact(RememberedFact(value: value, since: time)), endsAt: end, at: place)
    }

    /// What a fact remembers of the event; `nil` where the event lacks it.
    private func value(of fact: Fact, _ evaluation: Evaluation) -> FactValue? {
        guard let template = fact.value else { return .yes }
        let event = evaluation.event
        let rendering = template.template.render(for: .plain) { name -> String? in
            switch template.references[name] {
            case .event(let name): name.value(in: event)
            case .field(let path): path.first(in: event.fields).flatMap(\.textOfField)
            case .table(let table, let column): program.tables[table]?.value(column: column, for: event)
            case .fact(let name): evaluation.facts[name]?.text
            case .match, .rule, .job, .earlier, nil: nil
            }
        }
        guard case .text(let text) = rendering, text.utf8.count <= Self.factBytesMax else { return nil }
        return .text(text)
    }

    /// Longer values are not remembered.
    private static let factBytesMax = 4096

    private func put(
        _ value: FactValue,
        of fact: Fact,
        _ customer: String?,
        at place: WindowPlace,
        _ state: inout EngineState
    ) {
        let now = state.clock ?? .beforeAll
        // Nobody can say when something ends that began before any time was known.
        let end = state.clock == nil ? nil : fact.duration.map { now.advanced(by: $0) }
        let window = Window.fact(RememberedFact(value: value, since: now, customer: value == .yes ? nil : customer))
        // A fact for ever that is set again changes nothing that anybody could see.
        if end == nil, let entry = state.windows.entry(at: place), entry.endsAt == nil,
            case .fact(let old) = entry.window,
            old.value == value
        {
            return
        }
        state.windows.put(window, endsAt: end, at: place)
    }
}

extension Evaluation {
    /// Whether the event is one that is meant.
    fileprivate func verdict(_ selector: EventSelector) -> Verdict {
        guard selector.on.contains(event.type) else { return .fails }
        return selector.when.map { verdict($0) } ?? .holds
    }
}
