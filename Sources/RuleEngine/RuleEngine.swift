import Directory
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
/// let decisions = engine.decide(event, state: &state, scratch: scratch)
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
    /// - Complexity: O(r) in the number of rules.
    public func decide(_ event: Event, state: inout EngineState, scratch: MatchScratch) -> Decisions {
        let event = completed(event, state: &state)
        let evaluation = Evaluation(event, scratch: scratch)
        var decisions = Decisions(event: event)
        for entry in program.entries(for: event.type) {
            switch entry.rule.when.map({ evaluation.verdict($0) }) ?? .holds {
            case .fails:
                // A pattern that gave up inside a condition that failed for another reason changed nothing.
                _ = evaluation.takeFaults()
                continue
            case .fault:
                decisions.faults += evaluation.takeFaults().map { RuleFault(rule: entry.rule.id, fault: $0) }
            case .holds:
                _ = evaluation.takeFaults()
                decisions.firings.append(Firing(rule: entry.rule, event: event))
                if entry.rule.stops, entry.rule.mode == .active { return decisions }
            }
        }
        return decisions
    }

    /// The event with what it lacks and the program or the stream knows.
    func completed(_ original: Event, state: inout EngineState) -> Event {
        var event = original
        if event.business == nil, !event.isInGroup { event.business = program.defaultBusiness?.digits }
        if let time = event.time {
            state.latestTime = max(time, state.latestTime ?? time)
        } else {
            event.time = state.latestTime
        }
        return event
    }
}

/// What the engine remembers from event to event.
///
/// A value: copying it is a checkpoint.
public struct EngineState: Sendable {
    /// The latest time that an event carried; events without a time of their own take it.
    public var latestTime: Instant?

    /// Creates the state before the first event.
    public init() {}
}

/// Everything that was decided about one event.
public struct Decisions: Sendable {
    /// The event as it was decided, business number and time filled in.
    public var event: Event

    /// The firings in the order in which their rules were decided.
    public var firings: [Firing] = []

    /// Rules that could not be decided.
    public var faults: [RuleFault] = []
}

/// One rule that decided to act on one event.
public struct Firing: Sendable {
    /// The rule.
    public var rule: Rule
    /// The event.
    public var event: Event
}

/// A rule that could not be decided about an event: neither taken nor passed over.
public struct RuleFault: Hashable, Sendable {
    /// The rule's id.
    public var rule: String
    /// Why a pattern of it gave up.
    public var fault: PatternFault
}
