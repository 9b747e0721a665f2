public import Diagnostics
public import Directory
public import Events

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
        /// The one part, a condition with a name, must hold.
        case use(String)
        /// A leaf: a value must meet a matcher.
        case value(ValueExplanation)
        /// A leaf: the schedule must be open, or closed, at the event's time; `nil` while no time is known.
        case schedule(Schedule, isOutside: Bool, time: Instant?)
    }

    /// How the parts make the whole.
    public var form: Form

    /// Where it is written; the text of the span says what is asked.
    public var span: Span

    /// What it came to.
    public var verdict: Verdict

    /// The parts in written order.
    public var parts: [ConditionExplanation]

    /// The leaves that settle the verdict, in written order.
    ///
    /// Of an `all` that fails these are the leaves of the first part that fails; of an `any` that fails, those of all parts.
    public var deciding: [ConditionExplanation] {
        switch (form, verdict) {
        case (.value, _), (.schedule, _): [self]
        case (.not, _), (.use, _): parts.flatMap(\.deciding)
        case (.all, .fails): (parts.first { $0.verdict == .fails })?.deciding ?? []
        case (.any, .holds), (.none, .fails): (parts.first { $0.verdict == .holds })?.deciding ?? []
        case (.all, .fault), (.any, .fault), (.none, .fault):
            parts.filter { $0.verdict == .fault }.flatMap(\.deciding)
        case (.all, .holds), (.any, .fails), (.none, .holds): parts.flatMap(\.deciding)
        }
    }

    /// Whether the condition fails, and would hold if every value that is nearly right were right.
    var isNearMiss: Bool { verdict == .fails && wouldHold }

    private var wouldHold: Bool {
        guard verdict == .fails else { return verdict == .holds }
        return switch form {
        case .all, .use: parts.allSatisfy(\.wouldHold)
        case .any: parts.contains { $0.wouldHold }
        case .none, .not, .schedule: false
        case .value(let value): value.isNearMiss
        }
    }
}

extension Evaluation {
    /// Explains a condition with all its parts.
    ///
    /// - Parameters:
    ///   - condition: The condition.
    ///   - isMissed: Whether the condition should hold and does not, so that it matters how near it came.
    /// - Returns: The explanation; its verdict is that of ``verdict(_:)-(Condition)``.
    func explanation(of condition: Condition, isMissed: Bool) -> ConditionExplanation {
        let explanation = explanation(condition, isMissed: isMissed)
        _ = takeFault()
        return explanation
    }

    private func explanation(_ condition: Condition, isMissed: Bool) -> ConditionExplanation {
        switch condition.test {
        case .all(let parts): joined(.all, parts, condition, isMissed: isMissed)
        case .any(let parts): joined(.any, parts, condition, isMissed: isMissed)
        case .none(let parts): joined(.none, parts, condition, isMissed: false)
        case .not(let part): joined(.not, [part], condition, isMissed: false)
        case .use(let name, let part): joined(.use(name), [part], condition, isMissed: isMissed)
        case .name(let name, let matcher):
            leaf(.value(explanation(of: matcher, under: name, isMissed: isMissed)), condition)
        case .field(let path, let matcher):
            leaf(.value(explanation(of: matcher, at: path, isMissed: isMissed)), condition)
        case .fact(let name, let matcher):
            leaf(.value(explanation(of: matcher, ofFact: name, isMissed: isMissed)), condition)
        case .during(let schedule): leaf(.schedule(schedule, isOutside: false, time: event.time), condition)
        case .outside(let schedule): leaf(.schedule(schedule, isOutside: true, time: event.time), condition)
        }
    }

    private func leaf(_ form: ConditionExplanation.Form, _ condition: Condition) -> ConditionExplanation {
        ConditionExplanation(form: form, span: condition.span, verdict: verdict(condition), parts: [])
    }

    /// The whole follows from its parts: to decide it anew at each level would take the square of the depth.
    private func joined(
        _ form: ConditionExplanation.Form,
        _ parts: [Condition],
        _ condition: Condition,
        isMissed: Bool
    ) -> ConditionExplanation {
        let parts = parts.map { explanation($0, isMissed: isMissed) }
        let verdicts = parts.map(\.verdict)
        let verdict: Verdict =
            switch form {
            case .any: verdicts.contains(.holds) ? .holds : verdicts.contains(.fault) ? .fault : .fails
            case .none: verdicts.contains(.holds) ? .fails : verdicts.contains(.fault) ? .fault : .holds
            case .not: verdicts.first?.negated ?? .holds
            case .all, .use, .value, .schedule:
                verdicts.contains(.fails) ? .fails : verdicts.contains(.fault) ? .fault : .holds
            }
        return ConditionExplanation(form: form, span: condition.span, verdict: verdict, parts: parts)
    }
}
