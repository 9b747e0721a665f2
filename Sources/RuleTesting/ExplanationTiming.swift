import Diagnostics
import Events
import RuleEngine

/// Shows what a rule that asks for several events made of one, and what it could be to the rule.
struct ExplanationTiming {
    let explanation: RuleExplanation
    let event: Event

    private var sentence: TimingSentence { TimingSentence(timing: explanation.timing, event: event, clock: nil) }

    /// What became of the event.
    var progress: [ExplanationLine] {
        var lines: [ExplanationLine] = []
        if let due = explanation.stoppedTimer {
            lines.append(ExplanationLine(2, "the answer: it no longer waits until \(sentence.time(due))", .hint))
        }
        guard !explanation.timing.isEmpty, let progress = explanation.progress else { return lines }
        switch progress {
        case .fires: break
        case .leftAlone where explanation.obstacle != nil: break
        default: lines.append(ExplanationLine(2, sentence.text(progress).shown, .hint))
        }
        if case .fires = progress, let throttle = explanation.timing.throttle {
            let text =
                throttle.per.key(of: event) == nil
                ? "the throttle lets it through: the event lacks what 'per' names (\(throttle.per.spelling))"
                : "from now on \(sentence.throttle)"
            lines.append(ExplanationLine(2, text.shown, .hint))
        }
        return lines
    }

    /// The event as each step of the sequence and as the answer.
    var parts: [ExplanationLine] {
        guard explanation.obstacle?.isOfType != true else { return [] }
        return steps + answer
    }

    private var steps: [ExplanationLine] {
        explanation.steps.enumerated().flatMap { index, step -> [ExplanationLine] in
            let name = "step \(index + 1) of \(explanation.steps.count)"
            let types = explanation.timing.sequence?.steps[index].on
            let usable = index == 0 || explanation.conditionVerdict == .holds
            let late = step.verdict == .holds && !usable ? ", but no step \(index) came before it" : ""
            return lines(step, name, otherwise: types, late)
        }
    }

    private var answer: [ExplanationLine] {
        guard let answer = explanation.answer, answer.looksAtType else { return [] }
        let stops = answer.verdict == .holds && explanation.stoppedTimer == nil ? ", but nothing waited for it" : ""
        return lines(answer, "unless", otherwise: nil, stops)
    }

    private func lines(
        _ selector: SelectorExplanation,
        _ name: String,
        otherwise types: EventTypes?,
        _ remark: String
    ) -> [ExplanationLine] {
        guard selector.looksAtType else {
            guard case .only(let types)? = types else { return [] }
            return [ExplanationLine(2, "\(name): on: [\(types.sorted().joined(separator: ", "))]".shown, .faint)]
        }
        guard let condition = selector.condition else {
            return [ExplanationLine(2, "\(name): every such event\(remark)")]
        }
        return [ExplanationLine(2, "\(name):\(remark.dropFirst())")] + ExplanationTree(indent: 4).lines(condition)
    }
}

extension RuleExplanation.Obstacle {
    /// Whether the rule does not look at the event at all.
    fileprivate var isOfType: Bool {
        switch self {
        case .off, .eventType: true
        case .expired, .stopped, .group, .taken, .undecided: false
        }
    }
}
