public import Directory
public import Events
public import Patterns

/// Decides what a program does about events: `event + state → decisions + state`.
///
/// Pure and synchronous. It reads no clock, no file and no environment and performs nothing; time comes with the events.
/// `run`, `test` and `explain` all decide with this one type.
///
/// ```swift
/// let engine = RuleEngine(program)
/// var state = EngineState()
/// let scratch = MatchScratch()
/// let decisions = engine.decide(event, origin: "stdin:12", state: &state, scratch: scratch)
/// ```
public struct RuleEngine: Sendable {
    /// The rules that are decided by.
    public let program: Program

    /// Creates an engine.
    public init(_ program: Program) {
        self.program = program
    }

    /// Decides every rule over one event, in the program's order.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - origin: Names the event where it has no id of its own, such as `stdin:12`; part of the jobs' ids.
    ///   - state: What is remembered from event to event.
    ///   - scratch: The working memory of the thread.
    /// - Returns: What fired, with its jobs, and what could not be decided.
    /// - Complexity: O(r) in the number of rules.
    public func decide(
        _ event: Event,
        origin: String,
        state: inout EngineState,
        scratch: MatchScratch
    ) -> Decisions {
        let evaluation = evaluation(of: event, state: &state, scratch: scratch)
        return decide(evaluation, origin: origin, state: &state, listener: nil).decisions
    }

    /// What conditions need of an event that is about to be decided.
    func evaluation(of event: Event, state: inout EngineState, scratch: MatchScratch) -> Evaluation {
        let event = completed(event, state: &state)
        return Evaluation(event, scratch: scratch)
    }

    /// Decides every rule, and tells of each what its condition came to and what had been decided before it.
    ///
    /// `explain` listens; it is the same decision, so that the two cannot disagree.
    func decide(
        _ evaluation: Evaluation,
        origin: String,
        state: inout EngineState,
        listener: ((Rule, Verdict, borrowing Precedence) -> Void)?
    ) -> (decisions: Decisions, precedence: Precedence) {
        let event = evaluation.event
        var precedence = Precedence()
        var decisions = Decisions(event: event, place: EventPlace(origin: origin))
        for entry in program.entries(for: event.type) {
            if let expiry = entry.rule.expiry, expiry.isOver(at: event.time) { continue }
            // The rule itself is copied only where it takes the event: most do not, and a copy costs a dozen counters.
            var verdict = Verdict.holds
            if let when = entry.rule.when { verdict = evaluation.verdict(when) }
            // A pattern that gave up inside a condition that failed for another reason changed nothing.
            let fault = evaluation.takeFault()
            if let listener { listener(entry.rule, verdict, precedence) }
            guard verdict != .fails else { continue }
            let rule = entry.rule
            let hindrance = precedence.hindrance(for: rule)
            precedence.note(rule, isCertain: verdict == .holds)
            switch (verdict, hindrance) {
            case (_, .blocked): continue
            case (.fault, _): decisions.faults += fault.map { [RuleFault(rule: rule.id, cause: .pattern($0))] } ?? []
            case (_, .undecided(let other)):
                decisions.faults.append(RuleFault(rule: rule.id, cause: .undecidedRule(other)))
            case (_, nil):
                var renderer = JobRenderer(rule: rule, evaluation: evaluation, program: program, origin: origin)
                let jobs = renderer.jobs(picks: &state.picks)
                decisions.firings.append(Firing(rule: rule, event: event, jobs: jobs))
                decisions.picks += renderer.remembered
            }
            if precedence.isOver { break }
        }
        return (decisions, precedence)
    }

    /// The event with what it lacks and the program or the stream knows.
    func completed(_ original: Event, state: inout EngineState) -> Event {
        var event = original
        if let business = event.business {
            // What names no number that anybody knows is not replaced by the default: it is another business.
            if !business.isOfDigits { event.business = program.directory.businessNumber(named: business)?.digits }
        } else if !event.isInGroup {
            event.business = program.defaultBusiness?.digits
        }
        if let agent = event.agent, let known = program.directory.agents[agent] { event.agent = known.phone.digits }
        if let time = event.time {
            state.latestTime = max(time, state.latestTime ?? time)
        } else {
            event.time = state.latestTime
        }
        return event
    }
}

extension Expiry {
    /// Whether the last day is over; before any time is known it is not.
    func isOver(at time: Instant?) -> Bool { time.map { $0 >= end } ?? false }
}

extension String {
    fileprivate var isOfDigits: Bool { utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
}

/// What the engine remembers from event to event.
///
/// A value: copying it is a checkpoint.
public struct EngineState: Sendable {
    /// The latest time that an event carried; events without a time of their own take it.
    public var latestTime: Instant?

    /// Whose turn it is in each team, and who stays with which conversation.
    public var picks = Picks()

    /// Creates the state before the first event.
    public init() {}
}
