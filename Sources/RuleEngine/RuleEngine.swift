import Events
import Patterns

/// Decides what a program does about events: `event + state → decisions + state`.
///
/// Pure and synchronous. It reads no clock, no file and no environment and performs nothing; time comes with the events, or is
/// passed in. `run`, `test` and `explain` all decide with this one type.
///
/// ```swift
/// let engine = RuleEngine(program)
/// var state = EngineState()
/// let scratch = MatchScratch()
/// for event in events {
///     let decisions = engine.take(event, state: &state, scratch: scratch)  // timers that came due, then the event
/// }
/// let rest = engine.settle(.lastEvent, state: &state, scratch: scratch)
/// ```
public struct RuleEngine: Sendable {
    /// The rules that are decided by.
    public let program: Program

    /// Creates an engine.
    public init(_ program: Program) {
        self.program = program
    }

    /// Decides every rule over one event at the moment that the state's clock shows, in the program's order.
    ///
    /// - Complexity: O(r) in the number of rules, however much is remembered.
    func decide(
        _ evaluation: Evaluation,
        state: inout EngineState,
        listener: ((Rule, Standing) -> Void)? = nil
    ) -> (decisions: Decisions, precedence: Precedence) {
        let event = evaluation.event
        var precedence = Precedence()
        var decisions = Decisions(event: event, place: evaluation.place)
        for entry in program.entries(for: event.type) {
            if precedence.isOver {
                guard program.hasTimedRules else { break }
                guard entry.isTimed else { continue }
            }
            if let expiry = entry.rule.expiry, expiry.isOver(at: event.time) { continue }
            var collecting = entry.isTimed ? Collecting(entry: entry, evaluation: evaluation) : nil
            collecting?.cancel(&state)
            // The rule itself is copied only where it takes the event: most do not, and a copy costs a dozen counters.
            let taking =
                collecting?.taking(state)
                ?? Collecting.Taking(verdict: entry.rule.when.map { evaluation.verdict($0) } ?? .holds)
            // A pattern that gave up inside a condition that failed for another reason changed nothing.
            let fault = evaluation.takeFault()
            guard taking.verdict != .fails else {
                if let fault = collecting?.fault { decisions.note(fault, of: entry.rule) }
                if let listener {
                    let hindrance = precedence.hindrance(for: entry.rule)
                    listener(entry.rule, Standing(taking.verdict, hindrance, stopped: collecting?.stopped ?? nil))
                }
                continue
            }
            let rule = entry.rule
            let hindrance = precedence.hindrance(for: rule)
            var standing = Standing(taking.verdict, hindrance, stopped: collecting?.stopped ?? nil)
            precedence.note(rule, isCertain: taking.verdict == .holds)
            if let fault = collecting?.fault { decisions.note(fault, of: rule) }
            switch (taking.verdict, hindrance) {
            case (.fault, .blocked), (.fails, _): break
            case (.fault, _): decisions.note(fault, of: rule)
            case (.holds, let hindrance?):
                standing.progress = collecting?.collect(taking, mayFire: false, &state).progress
                if case .undecided(let other) = hindrance {
                    decisions.faults.append(RuleFault(rule: rule.id, cause: .undecidedRule(other)))
                }
            case (.holds, nil):
                let collected =
                    collecting?.collect(taking, mayFire: true, &state)
                    ?? Collecting.Collected(earlier: EarlierValues(), progress: .fires)
                standing.progress = collected.progress
                if let earlier = collected.earlier {
                    standing.progress =
                        fire(entry, evaluation, earlier, at: event.time, &state, &decisions)
                        ?? collected.progress
                }
            }
            listener?(rule, standing)
        }
        remember(evaluation, &state, &decisions)
        return (decisions, precedence)
    }

    /// Lets a rule fire at a moment, which is `nil` while no time is known, if its throttle does; the jobs say which.
    ///
    /// - Returns: Until when the throttle holds it back, if it does.
    func fire(
        _ entry: Program.Entry,
        _ evaluation: Evaluation,
        _ earlier: EarlierValues,
        at moment: Instant?,
        _ state: inout EngineState,
        _ decisions: inout Decisions
    ) -> Progress? {
        let hold = hold(of: entry, evaluation, &state)
        var renderer = JobRenderer(
            rule: entry.rule,
            evaluation: evaluation,
            program: program,
            origin: evaluation.place.origin,
            moment: moment,
            earlier: earlier,
            hold: hold?.reason
        )
        let jobs = renderer.jobs(picks: &state.picks)
        decisions.firings.append(Firing(rule: entry.rule, event: evaluation.event, jobs: jobs))
        decisions.picks += renderer.remembered
        return hold.map { .heldBack(until: $0.until) }
    }
}

/// How a rule stands to an event: what its condition came to, what hinders it, and what it makes of the event.
struct Standing {
    var verdict: Verdict
    var hindrance: Precedence.Hindrance?
    var progress: Progress?

    /// When the timer would have fired that the event stopped, if it stopped one.
    var stopped: Instant?

    init(_ verdict: Verdict, _ hindrance: Precedence.Hindrance?, stopped: Instant?) {
        self.verdict = verdict
        self.hindrance = hindrance
        self.stopped = stopped
    }
}

extension Decisions {
    mutating func note(_ fault: PatternFault?, of rule: Rule) {
        if let fault { faults.append(RuleFault(rule: rule.id, cause: .pattern(fault))) }
    }
}

extension Expiry {
    /// Whether the last day is over; before any time is known it is not.
    func isOver(at time: Instant?) -> Bool { time.map { $0 >= end } ?? false }
}
