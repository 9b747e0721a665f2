public import Diagnostics
public import Events
public import Patterns

/// Why a rule took an event or did not.
public struct RuleExplanation: Sendable {
    /// The ways in which a rule can be left out before its condition is looked at.
    public enum Obstacle: Hashable, Sendable {
        /// Its mode is `off`.
        case off
        /// It does not look at events of this type.
        case eventType(String)
        /// A rule that is decided earlier took the event and has `stop`.
        case stopped(by: String)
    }

    /// The rule's id.
    public var rule: String

    /// Where it is written.
    public var span: Span

    /// What left it out; `nil` when its condition was decided.
    public var obstacle: Obstacle?

    /// The condition with all its parts; `nil` for a rule without one.
    public var condition: ConditionExplanation?

    /// Whether the rule takes the event.
    public var verdict: Verdict {
        obstacle == nil ? condition?.verdict ?? .holds : .fails
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
        var stopper: String?
        return program.rules.map { rule in
            var explanation = RuleExplanation(rule: rule.id, span: rule.span)
            if rule.mode == .off {
                explanation.obstacle = .off
            } else if let stopper {
                explanation.obstacle = .stopped(by: stopper)
            } else if !rule.on.contains(event.type) {
                explanation.obstacle = .eventType(event.type)
            } else {
                explanation.condition = rule.when.map { evaluation.explanation(of: $0) }
                if rule.stops, rule.mode == .active, explanation.verdict == .holds { stopper = rule.id }
            }
            return explanation
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
