public import Diagnostics
public import Events
import Patterns

/// Everything that was decided about one event, and why.
public struct EventExplanation: Sendable {
    /// What was decided before it, when timers had run out.
    public var timers: [Decisions]

    /// What was decided, as `decide` returns it.
    public var decisions: Decisions

    /// Why each rule fired or did not, in the program's order.
    public var rules: [RuleExplanation]

    /// What is remembered otherwise than before.
    public var facts: [FactChange]
}

/// Why a rule took an event or did not.
public struct RuleExplanation: Sendable {
    /// The ways in which a rule can be kept from firing, whatever its condition says.
    public enum Obstacle: Hashable, Sendable {
        /// Its mode is `off`.
        case off
        /// Its last day is over.
        case expired(lastDay: String)
        /// It does not look at events of this type.
        case eventType(String)
        /// A rule that is decided earlier took the event and has `stop`.
        case stopped(by: String)
        /// A rule of the same group that is decided earlier took the event.
        case group(String, takenBy: String)
        /// It fires only on events that no ordinary rule took, and that rule took this one.
        case taken(by: String)
        /// Whether it may fire hangs on that rule, which could not be decided.
        case undecided(rule: String)

        /// What happened, as one clause for people.
        public var explanation: String {
            switch self {
            case .off: "its mode is 'off'"
            case .expired(let day): "its last day was \(day)"
            case .eventType(let type): "it does not look at events of type '\(type)'"
            case .stopped(by: let rule): "'\(rule)' took the event and has 'stop'"
            case .group(let group, takenBy: let rule): "'\(rule)' of the same group '\(group)' took the event"
            case .taken(by: let rule): "'\(rule)' took the event, and this rule is for events that no other takes"
            case .undecided(let rule): "it hangs on '\(rule)', which could not be decided"
            }
        }
    }

    /// The rule's id.
    public var rule: String

    /// Where it is written.
    public var span: Span

    /// What keeps it from firing, its condition apart.
    public var obstacle: Obstacle?

    /// What its condition came to when the rule was decided; a rule without one takes every event that it looks at.
    public var conditionVerdict = Verdict.holds

    /// The condition with all its parts; `nil` for a rule without one, and where the event was not looked at.
    public var condition: ConditionExplanation?

    /// Why it could not be decided.
    public var faults: [RuleFault] = []

    /// What the rule asks of several events.
    public var timing: Timing

    /// Whether it may take events of this type; one that it sees nevertheless is at most an answer.
    public var takesType = true

    /// The event as each step of its sequence, in order.
    public var steps: [SelectorExplanation] = []

    /// The event as the answer of its `unless`.
    public var answer: SelectorExplanation?

    /// What a rule that asks for several events has made of this one; `nil` where it did not take it.
    public var progress: Progress?

    /// When the timer would have fired that the event stopped, if it stopped one.
    public var stoppedTimer: Instant?

    /// Whether the rule fires.
    public var verdict: Verdict {
        switch (obstacle, conditionVerdict) {
        case (_, .fails): .fails
        case (nil, .holds): progress.map(\.fires) ?? true ? .holds : .fails
        case (nil, let verdict): verdict
        case (.undecided, _): .fault
        case (_, _): .fails
        }
    }

    /// Whether the rule would have taken the event but for something small, such as a typo or a capital letter.
    public var isNearMiss: Bool {
        guard conditionVerdict == .fails else { return false }
        guard condition?.verdict ?? .holds == .holds else { return condition?.isNearMiss == true }
        return steps.contains { $0.condition?.isNearMiss == true }
    }
}

extension RuleEngine {
    /// Decides one event and explains every rule.
    ///
    /// Every part of every condition is decided, also those that `decide` passes over. That takes more work than deciding, and
    /// what patterns may take for one event is limited; so each rule has a whole event's allowance here, and what its condition
    /// came to is what `decide` made of it.
    public func explain(_ event: StreamEvent, state: inout EngineState, scratch: EngineScratch) -> EventExplanation {
        let (timers, arrived) = arrive(event, &state, scratch)
        let evaluation = evaluation(arrived, event.place, state, scratch)
        var decided: [String: Standing] = [:]
        let (decisions, precedence) = decide(evaluation, .all, state: &state) { rule, standing in
            decided[rule.id] = standing
        }
        let faults = Dictionary(grouping: decisions.faults) { $0.rule ?? "" }
        let rules = program.rules.map { rule in
            explanation(of: rule, evaluation, decided[rule.id], precedence, faults[rule.id] ?? [])
        }
        let changes = changes(of: evaluation.facts, by: evaluation, state)
        return EventExplanation(timers: timers, decisions: decisions, rules: rules, facts: changes)
    }

    private func explanation(
        of rule: Rule,
        _ evaluation: Evaluation,
        _ decided: Standing?,
        _ precedence: Precedence,
        _ faults: [RuleFault]
    ) -> RuleExplanation {
        var explanation = RuleExplanation(rule: rule.id, span: rule.span, timing: rule.timing)
        explanation.obstacle = rule.obstacle(to: evaluation.event)
        if case .off = explanation.obstacle { return explanation }
        if case .eventType = explanation.obstacle { return explanation }
        explanation.takesType = rule.typesTaken.contains(evaluation.event.type)
        evaluation.scratch.beginEvent()
        let decided = explanation.obstacle == nil ? decided : nil
        if explanation.obstacle == nil, explanation.takesType {
            // A rule behind one that stops is not looked at.
            let hindrance = decided.map(\.hindrance) ?? precedence.hindrance(for: rule)
            explanation.obstacle = hindrance.map { RuleExplanation.Obstacle($0) }
        }
        explanation.progress = decided?.progress
        explanation.stoppedTimer = decided?.stopped
        explanation.faults = faults
        let verdict = decided?.verdict ?? evaluation.verdictAlone(on: rule)
        explanation.conditionVerdict = verdict
        let isMissed = verdict == .fails
        if explanation.takesType {
            explanation.condition = rule.when.map { evaluation.explanation(of: $0, isMissed: isMissed) }
            explanation.steps =
                rule.timing.sequence?.steps.map { evaluation.explanation(of: $0, isMissed: isMissed) } ?? []
        }
        explanation.answer = rule.timing.absence.map { evaluation.explanation(of: $0.answer, isMissed: false) }
        return explanation
    }
}

extension Evaluation {
    /// What a rule that was not decided would have made of the event, had nothing come before it.
    fileprivate func verdictAlone(on rule: Rule) -> Verdict {
        defer { _ = takeFault() }
        let first = rule.timing.sequence?.steps.first
        guard (first?.on ?? rule.on).contains(event.type) else { return .fails }
        let verdicts = [rule.when, first?.when].compactMap(\.self).map { verdict($0) }
        return verdicts.contains(.fails) ? .fails : verdicts.contains(.fault) ? .fault : .holds
    }
}

extension Rule {
    /// What keeps the rule from looking at an event at all.
    fileprivate func obstacle(to event: Event) -> RuleExplanation.Obstacle? {
        if mode == .off { return .off }
        guard typesSeen.contains(event.type) else { return .eventType(event.type) }
        guard let expiry, expiry.isOver(at: event.time) else { return nil }
        return .expired(lastDay: expiry.lastDay)
    }
}

extension RuleExplanation.Obstacle {
    fileprivate init(_ hindrance: Precedence.Hindrance) {
        self =
            switch hindrance {
            case .blocked(.stop(let rule)): .stopped(by: rule)
            case .blocked(.group(let group, let rule)): .group(group, takenBy: rule)
            case .blocked(.taken(let rule)): .taken(by: rule)
            case .undecided(let rule): .undecided(rule: rule)
            }
    }
}
