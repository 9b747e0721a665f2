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
/// let scratch = EngineScratch()
/// for event in events {
///     let decisions = engine.take(event, state: &state, scratch: scratch)  // timers that came due, then the event
/// }
/// let rest = engine.settle(.lastEvent, state: &state, scratch: scratch)
/// ```
public struct RuleEngine: Sendable {
    /// The rules that are decided by.
    public let program: Program

    /// Says which rules an event may concern; `nil` where every rule is tried on every event.
    let index: RuleIndex?

    /// Creates an engine.
    ///
    /// - Parameters:
    ///   - program: The rules.
    ///   - index: The index of these very rules, or of rules that differ from them in tables alone. It changes no decision, and pays
    ///     from some thousands of events on.
    public init(_ program: Program, index: RuleIndex? = nil) {
        self.program = program
        self.index = index
    }

    /// The same engine with some tables read again; conditions do not look into tables, so the index stays.
    public func replacing(_ tables: [String: LookupTable]) -> RuleEngine {
        var program = program
        program.tables.merge(tables) { _, new in new }
        return RuleEngine(program, index: index)
    }

    /// Decides the rules that an event may concern, at the moment that the state's clock shows, in the program's order.
    ///
    /// - Complexity: O(m) in the number of matches, however much is remembered.
    func decide(
        _ evaluation: Evaluation,
        _ matches: Matches,
        state: inout EngineState,
        listener: ((Rule, Standing) -> Void)? = nil
    ) -> (decisions: Decisions, precedence: Precedence) {
        var course = DecisionCourse(Decisions(event: evaluation.event, place: evaluation.place), listener)
        if let items = matches.items {
            for item in items {
                guard let entry = program.entry(at: Int(item.position)) else { continue }
                let fault = matches.faults[item.position]
                guard decide(entry, item.standing, fault, evaluation, &course, &state) else { break }
            }
        } else {
            for entry in program.entries(for: evaluation.event.type) {
                guard decide(entry, .open, nil, evaluation, &course, &state) else { break }
            }
        }
        if matches.mayChangeFacts { remember(evaluation, &state, &course.decisions) }
        return (course.decisions, course.precedence)
    }

    /// Decides one rule; returns whether those behind it are to be decided too.
    private func decide(
        _ entry: Program.Entry,
        _ known: Matches.Standing,
        _ knownFault: PatternFault?,
        _ evaluation: Evaluation,
        _ course: inout DecisionCourse,
        _ state: inout EngineState
    ) -> Bool {
        if course.precedence.isOver {
            guard program.hasTimedRules else { return false }
            guard entry.isTimed else { return true }
        }
        if let expiry = entry.rule.expiry, expiry.isOver(at: evaluation.event.time) { return true }
        if known == .holds, !entry.isTimed, !program.ranksRules, course.listener == nil {
            // Nothing that was decided before has a say, and nobody asks.
            _ = fire(entry, evaluation, EarlierValues(), at: evaluation.event.time, &state, &course.decisions)
            return true
        }
        let rule = entry.rule
        var collecting = entry.isTimed ? Collecting(entry: entry, evaluation: evaluation) : nil
        collecting?.cancel(&state)
        let taking =
            collecting?.taking(state) ?? Collecting.Taking(verdict: entry.verdict(known, evaluation))
        // A pattern that gave up inside a condition that failed for another reason changed nothing.
        let fault = known == .open ? evaluation.takeFault() : knownFault
        if let fault = collecting?.fault { course.decisions.note(fault, of: rule) }
        guard taking.verdict != .fails || course.listener != nil else { return true }
        let hindrance = course.precedence.hindrance(for: rule)
        var standing = Standing(taking.verdict, hindrance, stopped: collecting?.stopped ?? nil)
        if taking.verdict != .fails { course.precedence.note(rule, isCertain: taking.verdict == .holds) }
        switch (taking.verdict, hindrance) {
        case (.fault, .blocked), (.fails, _): break
        case (.fault, _): course.decisions.note(fault, of: rule)
        case (.holds, let hindrance?):
            standing.progress = collecting?.collect(taking, mayFire: false, &state).progress
            if case .undecided(let other) = hindrance {
                course.decisions.faults.append(RuleFault(rule: rule.id, cause: .undecidedRule(other)))
            }
        case (.holds, nil):
            let collected =
                collecting?.collect(taking, mayFire: true, &state)
                ?? Collecting.Collected(earlier: EarlierValues(), progress: .fires)
            standing.progress = collected.progress
            if let earlier = collected.earlier {
                standing.progress =
                    fire(entry, evaluation, earlier, at: evaluation.event.time, &state, &course.decisions)
                    ?? collected.progress
            }
        }
        course.listener?(rule, standing)
        return true
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
        if let firing = Firing(entry, plainlyOn: evaluation.event, evaluation.place) {
            decisions.firings.append(firing)
            return nil
        }
        let hold = hold(of: entry, evaluation, &state)
        var renderer = JobRenderer(
            entry: entry,
            evaluation: evaluation,
            program: program,
            origin: evaluation.place.origin,
            moment: moment,
            earlier: earlier,
            hold: hold?.reason
        )
        let jobs = renderer.jobs(picks: &state.picks)
        decisions.firings.append(Firing(entry, evaluation.event, jobs: jobs))
        decisions.picks += renderer.remembered
        return hold.map { .heldBack(until: $0.until) }
    }
}

/// What has come of one event so far.
private struct DecisionCourse {
    var decisions: Decisions
    var precedence = Precedence()
    let listener: ((Rule, Standing) -> Void)?

    init(_ decisions: Decisions, _ listener: ((Rule, Standing) -> Void)?) {
        self.decisions = decisions
        self.listener = listener
    }
}

extension Program.Entry {
    /// What the rule's condition comes to, as far as it is not known yet.
    fileprivate func verdict(_ known: Matches.Standing, _ evaluation: Evaluation) -> Verdict {
        switch known {
        case .holds: .holds
        case .fault: .fault
        case .open: condition.map { evaluation.verdict($0) } ?? .holds
        }
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
