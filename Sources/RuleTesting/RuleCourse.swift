import Diagnostics
import Directory
import Events
import RuleEngine

/// Tells what a rule made of the events of a test that failed, one after the other.
struct RuleCourse {
    let rule: String
    let result: RuleTestResult

    /// Whether to tell why the rule took an event, too: it fired, and was not expected to.
    var tellsTaken = false

    /// More events are counted; those that the rule made nothing of are left out first.
    private static let eventsMax = 12

    private var time: TestTime { TestTime(clock: result.test.clock, start: result.test.start) }

    /// An event with what the rule made of it.
    private struct Step {
        var number: Int
        var decisions: Decisions
        var explanation: RuleExplanation
    }

    private var steps: [Step] {
        result.explanations.compactMap { explanation in
            guard let rule = explanation.rules.first(where: { $0.rule == rule }) else { return nil }
            let decisions = explanation.decisions
            return Step(number: decisions.place.line ?? 0, decisions: decisions, explanation: rule)
        }
    }

    /// The reasons, as lines.
    var lines: [String] {
        let steps = steps
        guard let first = steps.first else { return [] }
        let heading = "  why (\(first.explanation.span.place)):"
        guard result.test.events.count > 1 else { return [heading] + lines(first, indent: 4) }
        let chosen = chosen(of: steps)
        let left = steps.count - chosen.count
        return [heading] + chosen.flatMap { ["    \(title($0))"] + lines($0, indent: 6) }
            + (left > 0 ? ["    … \(left) more that it made nothing of"] : [])
    }

    private func chosen(of steps: [Step]) -> [Step] {
        guard steps.count > Self.eventsMax else { return steps }
        let telling = steps.filter { $0.explanation.isTelling }
        let others = steps.filter { !$0.explanation.isTelling }
        return (telling + others.prefix(max(0, Self.eventsMax - telling.count))).sorted { $0.number < $1.number }
    }

    /// `event 2, 12:05:00, "Is anyone there?"`, with the customer where there are several.
    private func title(_ step: Step) -> String {
        let event = step.decisions.event
        var parts = ["event \(step.number)"]
        if let moment = event.time { parts.append(time.text(moment)) }
        let arrival = result.test.events[step.number - 1].arrival
        if let moment = event.time, moment < arrival { parts.append("come at \(time.text(arrival))") }
        if Set(result.test.events.map(\.event.customer)).count > 1, let customer = event.customer {
            parts.append(customer)
        }
        let text = event.text.map { ExplanationValue($0).pieces(columns: Self.textColumns).map(\.text).joined() }
        parts.append(text ?? event.type)
        return parts.joined(separator: ", ")
    }

    private static let textColumns = 40

    // MARK: - One event

    private func lines(_ step: Step, indent: Int) -> [String] {
        let explanation = step.explanation
        let margin = String(repeating: " ", count: indent)
        let sentence = TimingSentence(timing: explanation.timing, event: step.decisions.event, clock: time)
        var lines: [String] = []
        if let due = explanation.stoppedTimer {
            lines.append("\(margin)the answer: it no longer waits until \(sentence.time(due))")
        }
        if let obstacle = explanation.obstacle, explanation.conditionVerdict != .fails {
            lines.append(margin + obstacle.explanation)
        } else if let progress = explanation.progress, !explanation.timing.isEmpty {
            lines.append(margin + sentence.text(progress))
            if tellsTaken { lines += taken(explanation, indent) }
        } else if !explanation.takesType {
            guard lines.isEmpty, let answer = explanation.answer else { return lines }
            let isAnswer = answer.verdict == .holds
            lines.append(margin + (isAnswer ? "an answer, but nothing waited for it" : "not the answer:"))
            if !isAnswer { lines += leaves(answer.condition, indent + 2) }
        } else if explanation.condition == nil, explanation.steps.isEmpty {
            lines.append("\(margin)it has no 'when', so it takes every event")
        } else {
            lines += leaves(explanation.condition, indent)
            if explanation.condition?.verdict != .fails { lines += self.steps(explanation, indent) }
        }
        return lines
    }

    /// Why the rule took the event.
    private func taken(_ explanation: RuleExplanation, _ indent: Int) -> [String] {
        let steps = explanation.steps.filter { $0.verdict == .holds }
        return leaves(explanation.condition, indent) + steps.flatMap { leaves($0.condition, indent) }
    }

    /// Why the event fills no step.
    private func steps(_ explanation: RuleExplanation, _ indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        return explanation.steps.enumerated().filter { $0.element.looksAtType }.flatMap { index, step -> [String] in
            let name = "\(margin)step \(index + 1) of \(explanation.steps.count)"
            guard step.verdict == .holds else { return ["\(name):"] + leaves(step.condition, indent + 2) }
            guard index > 0 else { return ["\(name), but the event lacks what 'per' names, so it belongs to no other"] }
            let within = explanation.timing.sequence?.within.written ?? ""
            return ["\(name), but no step \(index) came before it within \(within)"]
        }
    }

    /// Until when the throttle holds back what fired at that time, if the rule fired then on an event.
    func hold(at moment: Instant?) -> String? {
        steps.lazy.filter { $0.decisions.event.time == moment }.compactMap { step -> String? in
            guard case .heldBack = step.explanation.progress, let progress = step.explanation.progress else {
                return nil
            }
            let timing = step.explanation.timing
            return TimingSentence(timing: timing, event: step.decisions.event, clock: time).text(progress)
        }.first
    }

    /// The leaves that settled the verdict.
    private func leaves(_ condition: ConditionExplanation?, _ indent: Int) -> [String] {
        // The report indents these lines once more.
        let tree = ExplanationTree(indent: indent)
        return condition?.deciding.flatMap { tree.leaf($0) }.map { $0.text(usesColor: false) } ?? []
    }
}

extension RuleExplanation {
    /// Whether the rule made something of the event.
    fileprivate var isTelling: Bool { conditionVerdict != .fails || stoppedTimer != nil }
}
