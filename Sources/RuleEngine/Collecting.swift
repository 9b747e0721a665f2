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

    /// When the timer would have fired that the event stopped, if it stopped one.
    private(set) var stopped: Instant?

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
        guard let absence = rule.timing.absence, absence.answer.on.contains(event.type) else { return }
        let waiting = evaluation.keys(absence.per, state).compactMap { key -> (place: WindowPlace, due: Instant)? in
            let place = WindowPlace(slot: entry.slots.absence, key: key)
            guard case .timer(let timer) = state.windows[place] else { return nil }
            return (place, timer.due)
        }
        guard !waiting.isEmpty else { return }
        switch absence.answer.when.map({ evaluation.verdict($0) }) ?? .holds {
        case .holds:
            for timer in waiting { state.windows.remove(timer.place) }
            stopped = waiting.map(\.due).min()
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
        guard let sequence = rule.timing.sequence else { return Taking(verdict: .fails) }
        let open = windows(of: sequence, state)
        let canBegin = evaluation.key(sequence.per) != nil
        var taking = Taking(verdict: .fails)
        var common: Verdict?
        for index in sequence.steps.indices.reversed() {
            let step = sequence.steps[index]
            let isDue = index == 0 ? canBegin : open.contains { $0.window.runs[index - 1] != nil }
            guard isDue, step.on.contains(event.type) else { continue }
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

    /// The beginnings that the event may go on with, what began too long ago left out.
    private func windows(
        of sequence: EventSequence,
        _ state: EngineState
    ) -> [(place: WindowPlace, window: SequenceWindow)] {
        let start = (state.clock ?? .beforeAll).earlier(by: sequence.within)
        return evaluation.keys(sequence.per, state).compactMap { key in
            let place = WindowPlace(slot: entry.slots.sequence, key: key)
            guard case .sequence(var window) = state.windows[place] else { return nil }
            window.forget(before: start)
            return (place, window)
        }
    }

    // MARK: - Collecting

    /// Notes an event that the rule took.
    ///
    /// A rule that may not fire on it starts no window with it; windows that are open still see it.
    func collect(_ taking: Taking, mayFire: Bool, _ state: inout EngineState) -> Collected {
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
        guard let sequence = rule.timing.sequence else { return Collected(progress: .apart(.sequence)) }
        var open = windows(of: sequence, state)
        if let key = evaluation.key(sequence.per), open.isEmpty {
            let place = WindowPlace(slot: entry.slots.sequence, key: key)
            open = [(place, SequenceWindow(runs: Array(repeating: nil, count: sequence.steps.count - 1)))]
        }
        var finished: SequenceWindow.Run?
        var progress = Progress.leftAlone
        for (place, window) in open {
            var window = window
            if let run = advance(&window, steps, sequence, mayFire: mayFire, at: state.clock ?? .beforeAll, &progress) {
                // An event that may belong to several conversations fires once: with the run that began last.
                if finished.map({ $0.times[0] <= run.times[0] }) ?? true { finished = run }
                state.windows.remove(place)
            } else if window.isEmpty {
                state.windows.remove(place)
            } else {
                state.note(event.business)
                state.windows.put(.sequence(window), endsAt: window.lastStart?.advanced(by: sequence.within), at: place)
            }
        }
        guard let finished else { return Collected(progress: progress) }
        return Collected(earlier: EarlierValues(steps: finished.kept), progress: .fires)
    }

    /// Notes the event in the runs of one window; returns the run that is finished with it.
    private func advance(
        _ window: inout SequenceWindow,
        _ steps: [Int],
        _ sequence: EventSequence,
        mayFire: Bool,
        at now: Instant,
        _ progress: inout Progress
    ) -> SequenceWindow.Run? {
        for index in steps {
            var run = SequenceWindow.Run(times: [], kept: [])
            if index > 0 {
                guard let before = window.runs[index - 1] else { continue }
                run = before
            } else if evaluation.key(sequence.per) == nil {
                continue
            }
            run.times.append(now)
            run.kept.append(kept(entry.kept.steps[index], sequence.steps[index].when))
            if index == sequence.steps.count - 1 {
                if mayFire { return run }
            } else if index > 0 || mayFire {
                window.runs[index] = run
                if case .leftAlone = progress { progress = .step(index + 1, of: sequence.steps.count) }
            }
        }
        return nil
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
        // Time may stand before the arrival of an event that carries none, and its answer is not before it.
        let begun = max(now, state.arrival ?? now)
        let end = absence.counting.map { $0.instant(after: begun, openFor: absence.within) }
        guard let due = end ?? begun.advanced(by: absence.within) else { return .neverDue }
        var writer = JSONWriter()
        writer.value(event)
        let timer = WaitingTimer(
            due: due,
            begun: begun,
            number: state.nextNumber(),
            event: writer.text,
            place: evaluation.place,
            earlier: earlier
        )
        state.note(event.business)
        state.windows.put(.timer(timer), endsAt: nil, at: place)
        return .waits(until: due)
    }

    /// Of longer values only the beginning is kept.
    private static let keptBytesMax = 4096

    /// The values that are kept of the event, which filled the step of this condition.
    private func kept(_ values: Set<KeptValue>, _ step: Condition?) -> EarlierValues.Kept {
        guard !values.isEmpty else { return [:] }
        let groups = evaluation.matchedGroups(in: [rule.when, step].compactMap(\.self))
        // Whose it is, too: who forgets a customer finds it by the number.
        var kept: EarlierValues.Kept = [EventName.customer.spelling: event.customer].compactMapValues(\.self)
        for value in values {
            let text =
                switch value {
                case .event(let name): name.value(in: event)
                case .match(let group): groups.values[group]
                case .field(let path): path.first(in: event.fields).flatMap(\.textOfField)
                }
            kept[value.spelling] = text.map { $0.cut(toBytes: Self.keptBytesMax) }
        }
        return kept
    }
}

extension EventCount.Distinct {
    /// The value by which an event is counted; a value of the original is JSON text, in which `"1"` is not `1`.
    fileprivate func value(of event: Event) -> String? {
        let value: String?
        switch self {
        case .name(let name): value = name.value(in: event)
        case .field(let path): value = path.first(in: event.fields).flatMap { $0.isNull ? nil : $0.serialized() }
        }
        return value.map { $0.utf8.count > Self.valueBytesMax ? $0.sha256 : $0 }
    }

    /// A longer value is kept as its digest.
    private static let valueBytesMax = 128
}

extension Instant {
    /// Where events stand before any time is known: together, and far from everything else.
    static let beforeAll = Instant(milliseconds: .min)

    /// When everything has ended.
    static let afterAll = Instant(milliseconds: .max)

    /// The time that is so much earlier.
    func earlier(by duration: Duration) -> Instant { advanced(by: .zero - duration) }
}
