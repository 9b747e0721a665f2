public import Diagnostics
public import Events
public import Patterns

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

    /// The condition with all its parts; `nil` for a rule without one, and where it was not looked at.
    public var condition: ConditionExplanation?

    /// Whether the rule fires.
    public var verdict: Verdict {
        switch (obstacle, condition?.verdict ?? .holds) {
        case (_, .fails): .fails
        case (nil, let verdict): verdict
        case (.undecided, _): .fault
        case (_, _): .fails
        }
    }
}

/// A condition with what it came to and why.
public struct ConditionExplanation: Sendable {
    /// How the parts make the whole.
    public enum Form: Sendable {
        /// Every part must hold.
        case all
        /// One part must hold.
        case any
        /// No part may hold.
        case none
        /// The one part must not hold.
        case not
        /// The condition looks at a value itself.
        case leaf
    }

    /// How the parts make the whole.
    public var form: Form

    /// Where it is written; the text of the span says what is asked.
    public var span: Span

    /// What it came to.
    public var verdict: Verdict

    /// Of a leaf: the value it looked at, as JSON text; `nil` where the event has none.
    public var actual: String?

    /// The parts in written order.
    public var parts: [ConditionExplanation]

    /// The leaves that settle the verdict, in written order.
    ///
    /// Of an `all` that fails these are the leaves of the first part that fails; of an `any` that fails, those of all parts.
    public var deciding: [ConditionExplanation] {
        switch (form, verdict) {
        case (.leaf, _): [self]
        case (.not, _): parts.flatMap(\.deciding)
        case (.all, .fails), (.any, .holds), (.none, .fails):
            (parts.first { $0.verdict == (form == .all ? .fails : .holds) })?.deciding ?? []
        case (.all, .fault), (.any, .fault), (.none, .fault):
            parts.filter { $0.verdict == .fault }.flatMap(\.deciding)
        case (.all, .holds), (.any, .fails), (.none, .holds): parts.flatMap(\.deciding)
        }
    }
}

extension RuleEngine {
    /// Explains every rule over one event, in the program's order.
    ///
    /// Every part of every condition is decided, also those that `decide` passes over; the verdicts are the same.
    public func explain(_ event: Event, state: EngineState, scratch: MatchScratch) -> [RuleExplanation] {
        var state = state
        let event = completed(event, state: &state)
        let evaluation = Evaluation(event, scratch: scratch)
        var precedence = Precedence()
        return program.rules.map { rule in
            var explanation = RuleExplanation(rule: rule.id, span: rule.span)
            if let obstacle = rule.obstacle(to: event) {
                explanation.obstacle = obstacle
                return explanation
            }
            let isOver = precedence.isOver
            explanation.obstacle = precedence.hindrance(for: rule).map { RuleExplanation.Obstacle($0) }
            guard !isOver else { return explanation }
            explanation.condition = rule.when.map { evaluation.explanation(of: $0) }
            let verdict = explanation.condition?.verdict ?? .holds
            if verdict != .fails { precedence.note(rule, isCertain: verdict == .holds) }
            return explanation
        }
    }
}

extension Rule {
    /// What keeps the rule from looking at an event at all.
    fileprivate func obstacle(to event: Event) -> RuleExplanation.Obstacle? {
        if mode == .off { return .off }
        if let expiry, hasExpired(at: event.time) { return .expired(lastDay: expiry.lastDay) }
        return on.contains(event.type) ? nil : .eventType(event.type)
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

extension Evaluation {
    fileprivate func explanation(of condition: Condition) -> ConditionExplanation {
        switch condition.test {
        case .all(let parts): explanation(of: condition, .all, parts)
        case .any(let parts): explanation(of: condition, .any, parts)
        case .none(let parts): explanation(of: condition, .none, parts)
        case .not(let part): explanation(of: condition, .not, [part])
        case .name(let name, _): leaf(condition, actual: name.value(in: event).map { quoted($0) })
        case .field(let path, _): leaf(condition, actual: actual(at: path))
        case .use(_, let part): explanation(of: condition, .all, [part])
        case .during, .outside: leaf(condition, actual: event.time.map { quoted($0.iso8601) })
        }
    }

    private func explanation(
        of condition: Condition,
        _ form: ConditionExplanation.Form,
        _ parts: [Condition]
    ) -> ConditionExplanation {
        ConditionExplanation(
            form: form,
            span: condition.span,
            verdict: verdict(condition),
            actual: nil,
            parts: parts.map { explanation(of: $0) }
        )
    }

    private func leaf(_ condition: Condition, actual: String?) -> ConditionExplanation {
        ConditionExplanation(form: .leaf, span: condition.span, verdict: verdict(condition), actual: actual, parts: [])
    }

    /// How many elements of a list are shown where a path has a `*`.
    private static let elementsShownMax = 5

    private func actual(at path: FieldPath) -> String? {
        guard path.hasWildcard else { return path.first(in: event.fields)?.serialized() }
        let values = path.values(in: event.fields, limit: Self.elementsShownMax).map { $0.serialized() }
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    private func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return writer.text
    }
}
