public import Diagnostics
public import Events

/// What rules and conditions cost over many events: how often each was tried, how often it held, and how long it took.
public struct CostProfile: Sendable {
    /// What one rule or condition cost.
    public struct Cost: Hashable, Sendable {
        /// How often it was decided.
        public var tried = 0
        /// How often it held.
        public var held = 0
        /// How long that took in all.
        public var nanoseconds: UInt64 = 0

        mutating func note(_ verdict: Verdict, took: UInt64) {
            tried += 1
            held += verdict == .holds ? 1 : 0
            nanoseconds += took
        }
    }

    /// A condition that asks for one value, where it is written.
    public struct Leaf: Hashable, Sendable {
        /// Where it is written; one that several rules use stands at one place.
        public var span: Span
    }

    /// How many events there were.
    public private(set) var events = 0

    /// The rules by their ids; those that were never tried are left out.
    public private(set) var rules: [String: Cost] = [:]

    /// The conditions that ask for one value.
    public private(set) var leaves: [Leaf: Cost] = [:]

    /// Creates a profile of no events.
    public init() {}

    fileprivate mutating func noteEvent() { events += 1 }

    fileprivate mutating func note(_ rule: String, _ verdict: Verdict, took: UInt64) {
        rules[rule, default: Cost()].note(verdict, took: took)
    }

    fileprivate mutating func note(_ leaf: Leaf, _ verdict: Verdict, took: UInt64) {
        leaves[leaf, default: Cost()].note(verdict, took: took)
    }
}

extension RuleEngine {
    /// Decides the conditions of every rule that the event may concern, one by one, and notes what each takes.
    ///
    /// Decides what ``match(_:scratch:)`` decides, and what that leaves open as if nothing were remembered.
    ///
    /// - Parameters:
    ///   - original: The event as it came.
    ///   - profile: Where it is noted.
    ///   - scratch: The memory of the thread.
    ///   - now: A clock that goes on steadily, in nanoseconds.
    public func profile(
        _ original: Event,
        into profile: inout CostProfile,
        scratch: EngineScratch,
        now: @escaping () -> UInt64
    ) {
        let event = completed(original)
        profile.noteEvent()
        scratch.screening.begin(event)
        defer { scratch.screening.begin(.nothing) }
        var stopwatch = Stopwatch(evaluation: scratch.screening, now: now)
        // Two holders would copy it with every note.
        swap(&stopwatch.profile, &profile)
        for entry in entriesToTry(event, scratch) {
            stopwatch.taken = 0
            let verdicts = entry.conditions.map { stopwatch.verdict($0) }
            let holds = verdicts.allSatisfy { $0 == .holds }
            stopwatch.profile.note(entry.rule.id, holds ? .holds : .fails, took: stopwatch.taken)
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

extension Program.Entry {
    /// Everything that the rule may have to decide of an event.
    fileprivate var conditions: [Condition] {
        let steps = rule.timing.sequence?.steps.compactMap(\.when) ?? []
        return [condition].compactMap(\.self) + steps + [rule.timing.absence?.answer.when].compactMap(\.self)
    }
}

/// Decides conditions as ``Evaluation`` does, and times those that ask for one value.
private struct Stopwatch {
    let evaluation: Evaluation
    let now: () -> UInt64
    var profile = CostProfile()
    var taken: UInt64 = 0

    mutating func verdict(_ condition: Condition) -> Verdict {
        switch condition.test {
        case .all(let parts): return verdict(of: parts, endsAt: .fails, else: .holds)
        case .any(let parts): return verdict(of: parts, endsAt: .holds, else: .fails)
        case .none(let parts): return verdict(of: parts, endsAt: .holds, else: .fails).negated
        case .not(let part): return verdict(part).negated
        case .use(_, let part): return verdict(part)
        case .name, .field, .fact, .during, .outside:
            let start = now()
            let verdict = evaluation.verdict(condition)
            let took = now() - start
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
