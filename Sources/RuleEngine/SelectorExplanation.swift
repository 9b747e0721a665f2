public import Diagnostics
import Events
import Patterns

/// Why an event is or is not one of those that a rule waits for: a step of its sequence, or the answer of its `unless`.
public struct SelectorExplanation: Sendable {
    /// Where it is written.
    public var span: Span

    /// Whether events of this type are looked at.
    public var looksAtType: Bool

    /// Whether the event is one; what is asked beside it, such as the steps before, has no part in this.
    public var verdict: Verdict

    /// The condition with all its parts; `nil` for none, and for events of other types.
    public var condition: ConditionExplanation?
}

/// A fact that an event has changed.
public struct FactChange: Hashable, Sendable {
    /// The fact's name.
    public var name: String

    /// What is remembered from now on; `nil` for nothing.
    public var value: FactValue?
}

extension Evaluation {
    /// Explains whether the event is one that is meant.
    func explanation(of selector: EventSelector, isMissed: Bool) -> SelectorExplanation {
        guard selector.on.contains(event.type) else {
            return SelectorExplanation(span: selector.span, looksAtType: false, verdict: .fails)
        }
        scratch.beginEvent()
        let condition = selector.when.map { explanation(of: $0, isMissed: isMissed) }
        let verdict = condition?.verdict ?? .holds
        return SelectorExplanation(span: selector.span, looksAtType: true, verdict: verdict, condition: condition)
    }
}

extension RuleEngine {
    /// The facts that an event has changed, by what was remembered before it.
    func changes(of facts: [String: FactValue], by evaluation: Evaluation, _ state: EngineState) -> [FactChange] {
        let now = self.facts(for: EventKeys(evaluation.event), state)
        return program.facts.map(\.name).filter { facts[$0] != now[$0] }.map { FactChange(name: $0, value: now[$0]) }
    }
}
