public import Directory
public import Events
public import Patterns

/// Everything that was decided at one moment: about an event, or when a timer had run out.
public struct Decisions: Sendable {
    /// The event as it was decided, business number and time filled in; for a timer, the event that started it.
    public var event: Event

    /// Where the event came from.
    public var place: EventPlace

    /// When the timer fired; `nil` for what was decided about the event as it came.
    public var firedAt: Instant?

    /// The firings in the order in which their rules were decided.
    public var firings: [Firing] = []

    /// Rules and facts that could not be decided.
    public var faults: [RuleFault] = []

    /// What ``EngineState/picks`` remembered meanwhile, in order: whoever keeps the state keeps these, or nothing of it.
    public var picks: [Picks.Change] = []
}

/// A rule or fact that could not be decided: neither taken nor passed over.
public struct RuleFault: Hashable, Sendable {
    /// Why it could not be decided.
    public enum Cause: Hashable, Sendable {
        /// A pattern of it gave up.
        case pattern(PatternFault)
        /// Whether it may fire hangs on that rule, which could not be decided.
        case undecidedRule(String)
    }

    /// What could not be decided.
    public enum Subject: Hashable, Sendable {
        /// A rule, by its id.
        case rule(String)
        /// Whether an event sets or clears a fact, by its name.
        case fact(String)
    }

    /// What could not be decided.
    public var subject: Subject

    /// Why.
    public var cause: Cause

    /// Creates the fault of a rule.
    public init(rule: String, cause: Cause) {
        (subject, self.cause) = (.rule(rule), cause)
    }

    /// Creates the fault of a fact.
    public init(fact: String, cause: Cause) {
        (subject, self.cause) = (.fact(fact), cause)
    }

    /// The rule's id; `nil` for a fact.
    public var rule: String? {
        guard case .rule(let id) = subject else { return nil }
        return id
    }

    /// What could not be decided, as people call it.
    public var subjectText: String {
        switch subject {
        case .rule(let id): "rule '\(id)'"
        case .fact(let name): "fact '\(name)'"
        }
    }

    /// What happened, as one clause for people.
    public var explanation: String {
        switch cause {
        case .pattern(let fault): fault.explanation
        case .undecidedRule(let rule): "it hangs on rule '\(rule)', which could not be decided"
        }
    }
}
