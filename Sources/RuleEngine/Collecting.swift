import Directory
import Events
import Patterns

/// What one rule that asks for several events makes of one event.
///
/// The parts of ``Timing`` stand behind one another: what one lets through, the next one takes.
struct Collecting {
    let entry: Program.Entry
    let evaluation: Evaluation

    /// Why it could not be decided whether the event is the answer that a timer waits for.
    private(set) var fault: PatternFault?

    /// Whether that could not be decided.
    var isFaulty: Bool { fault != nil }

    init(entry: Program.Entry, evaluation: Evaluation) {
        self.entry = entry
        self.evaluation = evaluation
    }

    private var rule: Rule { entry.rule }
    private var event: Event { evaluation.event }

    /// Whether the rule takes the event, and with which steps of its sequence.
    struct Taking {
        var verdict: Verdict
        /// The steps that it fills, the last one first.
        var steps: [Int] = []
    }

    /// What a rule made of an event that it took.
    struct Collected {
        /// What is kept of the events before, if everything that was asked for has come.
        var earlier: EarlierValues?
        var progress: Progress
    }

    // MARK: - Answers

    /// Stops the timer that waits for this event, if one does.
    mutating func cancel(_ state: inout EngineState) {
        guard let absence = rule.timing.absence, absence.answer.on.contains(event.type),
            let key = evaluation.key(absence.per)
        else { return }
        let place = WindowPlace(slot: entry.slots.absence, key: key)
        guard state.windows[place] != nil else { return }
        switch absence.answer.when.map({ evaluation.verdict($0) }) ?? .holds {
        case .holds: state.windows.remove(place)
        case .fails: break
        case .fault: fault = evaluation.takeFault()
        }
    }

    // MARK: - Taking

    /// Whether the rule takes the event as it stands.
    func taking(_ state: EngineState) -> Taking {
        guard rule.timing.sequence == nil else { return takingOfSequence(state) }
        guard rule.on.contains(event.type) else { return Taking(verdict: .fails) }
        return Taking(verdict: rule.when.map { evaluation.verdict($0) } ?? .holds)
    }

    /// An event that no step can use at the moment is not taken; one that a step leaves open is not, either.
    private func takingOfSequence(_ state: EngineState) -> Taking {
        guard let sequence = rule.timing.sequence, let key = evaluation.key(sequence.per) else {
            return Taking(verdict: .fails)
        }
        var window: SequenceWindow?
        if case .sequence(let found) = state.windows[WindowPlace(slot: entry.slots.sequence, key: key)] {
            window = found
        }
        let start = (state.clock ?? .beforeAll).earlier(by: sequence.within)
        var taking = Taking(verdict: .fails)
        var common: Verdict?
        for index in sequence.steps.indices.reversed() {
            let step = sequence.steps[index]
            guard step.on.contains(event.type) else { continue }
            if index > 0 {
                guard let begun = window?.runs[index - 1]?.start, begun >= start else { continue }
            }
            // The rule's own condition holds for every step; it is decided once.
            let rule = common ?? self.rule.when.map { evaluation.verdict($0) } ?? .holds
            common = rule
            guard rule != .fails else { return Taking(verdict: .fails) }
            switch rule == .fault ? .fault : step.when.map({ evaluation.verdict($0) }) ?? .holds {
            case .holds: taking.steps.append(index)
            case .fails: continue
            case .fault: return Taking(verdict: .fault)
            }
        }
        if !taking.steps.isEmpty { taking.verdict = .holds }
        return taking
    }

    // MARK: - Collecting

    /// Notes an event that the rule took.
    ///
    /// A rule that may not fire on it starts no window with it; windows that are open still see it.
    func collect(_ taking: Taking, mayFire: Bool, _ state: inout EngineState) -> Collected {
        guard !rule.timing.isEmpty else { return Collected(earlier: EarlierValues(), progress: .fires) }
        var earlier = EarlierValues()
        if rule.timing.sequence != nil {
            let collected = advance(taking.steps, mayFire: mayFire, &state)
            guard let found = collected.earlier else { return collected }
            earlier = found
        }
        if rule.timing.count != nil {
            let collected = count(earlier, mayFire: mayFire, &state)
            guard let found = collected.earlier else { return collected }
            earlier = found
        }
        guard mayFire else { return Collected(progress: .leftAlone) }
        guard let absence = rule.timing.absence else { return Collected(earlier: earlier, progress: .fires) }
        return Collected(progress: start(absence, earlier, &state))
    }

    private func advance(_ steps: [Int], mayFire: Bool, _ state: inout EngineState) -> Collected {
        guard let sequence = rule.timing.sequence, let key = evaluation.key(sequence.per) else {
            return Collected(progress: .apart(.sequence))
        }
        let place = WindowPlace(slot: entry.slots.sequence, key: key)
        let now = state.clock ?? .beforeAll
        var window = SequenceWindow(runs: Array(repeating: nil, count: sequence.steps.count - 1))
        if case .sequence(let found) = state.windows[place] { window = found }
        window.forget(before: now.earlier(by: sequence.within))
        var progress = Progress.leftAlone
        for index in steps {
            let before = index > 0 ? window.runs[index - 1] : nil
            var run = before ?? SequenceWindow.Run(times: [], kept: [])
            run.times.append(now)
            run.kept.append(kept(entry.kept.steps[index], sequence.steps[index].when))
            if index == sequence.steps.count - 1 {
                guard mayFire else { continue }
                state.windows.remove(place)
                return Collected(earlier: EarlierValues(steps: run.kept), progress: .fires)
            }
            guard index > 0 || mayFire else { continue }
            window.runs[index] = run
            if case .leftAlone = progress { progress = .step(index + 1, of: sequence.steps.count) }
        }
        if window.isEmpty {
            state.windows.remove(place)
        } else {
            state.windows.put(.sequence(window), endsAt: window.lastStart?.advanced(by: sequence.within), at: place)
        }
        return Collected(progress: progress)
    }

    private func count(_ earlier: EarlierValues, mayFire: Bool, _ state: inout EngineState) -> Collected {
        guard let count = rule.timing.count, let key = evaluation.key(count.per) else {
            return Collected(progress: .apart(.count))
        }
        let place = WindowPlace(slot: entry.slots.count, key: key)
        let now = state.clock ?? .beforeAll
        var window = CountWindow()
        if case .count(let found) = state.windows[place] { window = found }
        window.forget(before: now.earlier(by: count.within))
        guard mayFire || !window.entries.isEmpty else { return Collected(progress: .leftAlone) }
        var value: String?
        if let distinct = count.distinct {
            value = distinct.value(of: event)
            guard value != nil else { return Collected(progress: .apart(.count)) }
        }
        let kept = entry.kept.counted.isEmpty ? nil : kept(entry.kept.counted, rule.timing.sequence?.steps.last?.when)
        window.add(CountWindow.Entry(time: now, value: value, kept: kept), countMax: count.atLeast)
        guard mayFire, window.entries.count >= count.atLeast else {
            state.windows.put(.count(window), endsAt: now.advanced(by: count.within), at: place)
            return Collected(progress: .counted(window.entries.count, of: count.atLeast))
        }
        state.windows.remove(place)
        return Collected(
            earlier: EarlierValues(first: window.entries.first?.kept, steps: earlier.steps),
            progress: .fires
        )
    }

    private func start(_ absence: Absence, _ earlier: EarlierValues, _ state: inout EngineState) -> Progress {
        guard let key = evaluation.key(absence.per) else { return .apart(.unless) }
        // Whatever comes first with a time would be after any time that is counted from before all.
        guard let now = state.clock else { return .timeUnknown }
        let place = WindowPlace(slot: entry.slots.absence, key: key)
        if case .timer(let timer) = state.windows[place] { return .waitsAlready(until: timer.due) }
        let end = absence.counting.map { $0.instant(after: now, openFor: absence.within) }
        guard let due = end ?? now.advanced(by: absence.within) else { return .neverDue }
        var writer = JSONWriter()
        writer.value(event)
        let timer = WaitingTimer(
            due: due,
            begun: now,
            number: state.nextNumber(),
            event: writer.text,
            place: evaluation.place,
            earlier: earlier
        )
        state.windows.put(.timer(timer), endsAt: nil, at: place)
        return .waits(until: due)
    }

    /// The values that are kept of the event, which filled the step of this condition.
    private func kept(_ values: Set<KeptValue>, _ step: Condition?) -> EarlierValues.Kept {
        guard !values.isEmpty else { return [:] }
        let groups = evaluation.matchedGroups(in: [rule.when, step].compactMap(\.self))
        var kept: EarlierValues.Kept = [:]
        for value in values {
            kept[value.spelling] =
                switch value {
                case .event(let name): name.value(in: event)
                case .match(let group): groups.values[group]
                case .field(let path): path.first(in: event.fields).flatMap(\.textOfField)
                }
        }
        return kept
    }
}

extension EventCount.Distinct {
    /// The value by which an event is counted; a value of the original is JSON text, in which `"1"` is not `1`.
    fileprivate func value(of event: Event) -> String? {
        switch self {
        case .name(let name): return name.value(in: event)
        case .field(let path):
            guard let value = path.first(in: event.fields), !value.isNull else { return nil }
            return value.serialized()
        }
    }
}

extension Instant {
    /// Where events stand before any time is known: together, and far from everything else.
    static let beforeAll = Instant(milliseconds: .min)

    /// When everything has ended.
    static let afterAll = Instant(milliseconds: .max)

    /// The time that is so much earlier.
    func earlier(by duration: Duration) -> Instant { advanced(by: .zero - duration) }
}
