import Diagnostics
import Events
import RuleEngine

/// One rule of an explanation: what became of it, and why.
struct ExplanationSubject {
    /// What became of a rule, in the order in which people want to read of them.
    enum Outcome: CaseIterable {
        case fired
        case fault
        case waiting
        case nearMiss
        case heldBack
        case missed
        case otherType
        case off

        /// What such rules did, after their number.
        var summary: String {
            switch self {
            case .fired: "fired"
            case .fault: "could not be decided"
            case .waiting: "waiting for more"
            case .heldBack: "held back"
            case .nearMiss: "missed narrowly"
            case .missed: "missed"
            case .otherType: "for other types"
            case .off: "off"
            }
        }

        /// The word that heads the rule.
        fileprivate var word: (String, ExplanationLine.Style) {
            switch self {
            case .fired: ("FIRED", .good)
            case .fault: ("FAULT", .alarm)
            case .waiting: ("WAITS", .good)
            case .heldBack: ("HELD", .hint)
            case .nearMiss: ("NEAR", .hint)
            case .missed: ("missed", .faint)
            case .otherType, .off: ("no", .faint)
            }
        }
    }

    let rule: Rule
    let explanation: RuleExplanation
    let outcome: Outcome

    init(rule: Rule, explanation: RuleExplanation) {
        self.rule = rule
        self.explanation = explanation
        outcome = explanation.outcome
    }

    /// Whether the rule looked at the event.
    var looksAtEvent: Bool { outcome != .otherType && outcome != .off }

    /// Where the rule stands among others; one that is a single part short comes before those that missed by far.
    var rank: Int {
        let place = (Outcome.allCases.firstIndex(of: outcome) ?? 0) * 2
        return outcome == .missed && explanation.condition?.isOnePartShort != true ? place + 1 : place
    }

    /// The rule with its condition.
    func lines(_ event: Event) -> [ExplanationLine] {
        let (word, style) = outcome.word
        let name = rule.id.shown
        let room = ExplanationLine.columnsMax - 10 - DisplayWidth.of(name)
        let place = rule.span.place.shown.shortenedAtStart(to: max(20, room))
        let shadow = rule.mode == .shadow ? "  (shadow)" : ""
        var lines = [
            ExplanationLine(
                0,
                [.init(word.padded(to: 8), style), .init(name, .strong), .init(shadow), .init("  \(place)", .faint)]
            )
        ]
        // What hangs on an undecided rule is settled all the same where the condition does not hold.
        if let obstacle = explanation.obstacle, !obstacle.isOpen || explanation.conditionVerdict != .fails {
            lines.append(ExplanationLine(2, text(obstacle), .hint))
        }
        lines += faults.map { ExplanationLine(2, $0.shown, .alarm) }
        let timing = ExplanationTiming(explanation: explanation, event: event)
        lines += timing.progress
        if let condition = explanation.condition {
            lines += ExplanationTree(indent: 2).lines(condition)
        } else if looksAtEvent, explanation.takesType {
            let others = rule.otherwise == nil ? "" : " that no ordinary rule took"
            let what = explanation.steps.isEmpty ? "takes every event of its types\(others)" : "asks only for its steps"
            lines.append(ExplanationLine(2, "it has no 'when', so it \(what)"))
        } else if case .only(let types) = rule.typesTaken {
            lines.append(ExplanationLine(2, "on: [\(types.sorted().joined(separator: ", "))]".shown))
        }
        return lines + timing.parts
    }

    /// What kept the rule from firing.
    private func text(_ obstacle: RuleExplanation.Obstacle) -> String {
        let text = obstacle.explanation.shown
        return outcome == .heldBack ? "would fire, but \(text)" : text
    }

    /// Why it could not be decided, where the tree does not say it.
    private var faults: [String] {
        explanation.faults.compactMap { fault in
            switch fault.cause {
            case .undecidedRule: nil
            case .pattern:
                explanation.condition?.verdict == .fault
                    ? nil
                    : "could not be decided: \(fault.explanation); alone, the condition is decided as follows"
            }
        }
    }
}

extension RuleExplanation {
    fileprivate var outcome: ExplanationSubject.Outcome {
        switch (obstacle, verdict) {
        case (.off, _): .off
        case (.eventType, _): .otherType
        case (_, .fault): .fault
        case (_, .holds): progress.map(\.isHeldBack) == true ? .heldBack : .fired
        case (_, .fails):
            if conditionVerdict == .fails {
                isNearMiss ? .nearMiss : .missed
            } else {
                obstacle == nil && progress.map(\.collects) == true ? .waiting : .heldBack
            }
        }
    }
}

extension Progress {
    /// Whether the rule fires, and its throttle holds that back.
    fileprivate var isHeldBack: Bool {
        guard case .heldBack = self else { return false }
        return true
    }

    /// Whether the rule has begun to wait for more, or goes on with it.
    fileprivate var collects: Bool {
        switch self {
        case .counted, .step, .waits, .waitsAlready: true
        case .apart, .timeUnknown, .neverDue, .leftAlone, .fires, .heldBack: false
        }
    }
}

extension RuleExplanation.Obstacle {
    /// Whether nobody can say that it keeps the rule from firing.
    fileprivate var isOpen: Bool {
        guard case .undecided = self else { return false }
        return true
    }
}
