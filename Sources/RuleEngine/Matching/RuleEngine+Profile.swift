public import Events

extension RuleEngine {
    /// Decides the conditions of every rule that the event may concern, one by one, and notes what each takes.
    ///
    /// Decides what ``match(_:scratch:)`` decides, and what that leaves open as if nothing were remembered. What looking at the
    /// clock takes is not counted.
    ///
    /// - Parameters:
    ///   - original: The event as it came.
    ///   - profile: Where it is noted.
    ///   - scratch: The memory of the thread.
    ///   - clock: What tells how long it takes.
    public func profile(
        _ original: Event,
        into profile: inout CostProfile,
        scratch: EngineScratch,
        clock: ProfileClock
    ) {
        let event = completed(original)
        profile.noteEvent()
        scratch.screening.begin(event)
        defer { scratch.screening.begin(.nothing) }
        var stopwatch = Stopwatch(evaluation: scratch.screening, clock: clock)
        // Two holders would copy it with every note.
        swap(&stopwatch.profile, &profile)
        for entry in entriesToTry(event, scratch) {
            stopwatch.taken = 0
            let verdict = stopwatch.verdict(entry, on: event)
            stopwatch.profile.note(entry.rule.id, verdict, took: stopwatch.taken)
        }
        swap(&stopwatch.profile, &profile)
    }

    private func entriesToTry(_ event: Event, _ scratch: EngineScratch) -> [Program.Entry] {
        guard let index else { return Array(program.entries(for: event.type)) }
        index.search(event, scratch)
        return scratch.candidates.numbers.compactMap { number in
            let entry = Int(number) < program.rules.count ? program.entry(at: Int(number)) : nil
            return entry.flatMap { $0.rule.typesSeen.contains(event.type) ? $0 : nil }
        }
    }
}

/// Decides conditions as ``Evaluation`` does, and times those that ask for one value.
private struct Stopwatch {
    let evaluation: Evaluation
    let clock: ProfileClock
    var profile = CostProfile()
    var taken: UInt64 = 0

    /// Whether the rule may take the event, as one of its own or as any step; what it waits for is decided besides.
    mutating func verdict(_ entry: Program.Entry, on event: Event) -> Verdict {
        let rule = entry.rule
        if let answer = rule.timing.absence?.answer, answer.on.contains(event.type), let when = answer.when {
            _ = verdict(when)
        }
        guard rule.timing.sequence != nil || rule.on.contains(event.type) else { return .fails }
        let own = entry.condition.map { verdict($0) } ?? .holds
        guard own == .holds, let steps = rule.timing.sequence?.steps else { return own }
        return verdict(ofAny: steps.filter { $0.on.contains(event.type) })
    }

    private mutating func verdict(ofAny steps: [EventSelector]) -> Verdict {
        var result = Verdict.fails
        for step in steps {
            switch step.when.map({ verdict($0) }) ?? .holds {
            case .holds: return .holds
            case .fault: result = .fault
            case .fails: continue
            }
        }
        return result
    }

    mutating func verdict(_ condition: Condition) -> Verdict {
        switch condition.test {
        case .all(let parts): return verdict(of: parts, endsAt: .fails, else: .holds)
        case .any(let parts): return verdict(of: parts, endsAt: .holds, else: .fails)
        case .none(let parts): return verdict(of: parts, endsAt: .holds, else: .fails).negated
        case .not(let part): return verdict(part).negated
        case .use(_, let part): return verdict(part)
        case .name, .field, .fact, .during, .outside:
            let (verdict, took) = clock.time { evaluation.verdict(condition) }
            taken += took
            profile.note(CostProfile.Leaf(span: condition.span), verdict, took: took)
            _ = evaluation.takeFault()
            return verdict
        }
    }

    private mutating func verdict(of parts: [Condition], endsAt end: Verdict, else other: Verdict) -> Verdict {
        var result = other
        for part in parts {
            switch verdict(part) {
            case end: return end
            case .fault: result = .fault
            default: continue
            }
        }
        return result
    }
}
