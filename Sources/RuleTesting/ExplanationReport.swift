import ActionKit
import Diagnostics
import Directory
import Events
public import RuleEngine

/// Writes for people what was decided about one event, and why.
///
/// ```
/// event  message-received
///   text          "Hi, I want a REFUND for order 5512"
///
/// 1 rule fired, 1 missed
///   refund-brings-in-billing
///     add-collaborator { business: main, customer: 919999900001, agents: [asha] }
///
/// FIRED   refund-brings-in-billing  rules/payments.yml:3
///   true   text: { keywords: [refund, money back] }
///            "Hi, I want a REFUND for order 5512" has 'refund'
/// ```
///
/// No line is wider than ``ExplanationLine/columnsMax``.
public struct ExplanationReport: Sendable {
    private let program: Program
    private let isShown: @Sendable (Rule) -> Bool

    /// Creates a writer.
    ///
    /// - Parameters:
    ///   - program: The rules that were decided by.
    ///   - isShown: The rules to speak of; all are decided nevertheless, since one may keep another from firing.
    public init(_ program: Program, showing isShown: @escaping @Sendable (Rule) -> Bool = { _ in true }) {
        self.program = program
        self.isShown = isShown
    }

    /// The report, as lines.
    public func lines(_ explanation: EventExplanation, place: String) -> [ExplanationLine] {
        let subjects = zip(program.rules, explanation.rules).filter { isShown($0.0) }.map { rule, explanation in
            ExplanationSubject(rule: rule, explanation: explanation)
        }
        var lines = ExplanationEvent(event: explanation.decisions.event, directory: program.directory).lines(place)
        lines.append(ExplanationLine())
        lines += outcome(subjects, explanation)
        let isAlone = subjects.count == 1
        let looking = subjects.filter { $0.looksAtEvent || isAlone }
        for subject in looking.enumerated().sorted(by: { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) })
        {
            lines.append(ExplanationLine())
            lines += subject.element.lines(explanation.decisions.event)
        }
        let rest = isAlone ? [] : others(subjects)
        if !rest.isEmpty { lines += [ExplanationLine()] + rest }
        return lines.flatMap { $0.wrapped() }
    }

    /// Whether a rule that is spoken of could not be decided.
    public func hasFaults(_ explanation: EventExplanation) -> Bool {
        zip(program.rules, explanation.rules).contains { isShown($0) && $1.verdict == .fault }
    }

    // MARK: What came of it

    private func outcome(_ subjects: [ExplanationSubject], _ explanation: EventExplanation) -> [ExplanationLine] {
        let decisions = explanation.decisions
        var lines = [ExplanationLine(0, summary(subjects), .strong)]
        let shown = Set(subjects.map(\.rule.id))
        for firing in decisions.firings where shown.contains(firing.rule.id) {
            lines += ExplanationJobs(firing: firing, directory: program.directory).lines
        }
        let others = decisions.firings.map(\.rule.id).filter { !shown.contains($0) }
        if !others.isEmpty {
            lines.append(
                ExplanationLine(2, "not shown here, but fired: \(others.joined(separator: ", "))".shown, .faint)
            )
        }
        if decisions.firings.contains(where: { shown.contains($0.rule.id) && $0.hasPick(by: program) }) {
            let note = "Teams picked as for the first message ever: explain knows nothing of earlier events."
            lines.append(ExplanationLine(2, note, .faint))
        }
        lines += explanation.facts.map { ExplanationLine(2, $0.sentence.shown, .hint) }
        if subjects.contains(where: { $0.looksAtEvent && !$0.rule.timing.isEmpty }) {
            let note = "Counts, sequences, timers, throttles and facts begin with this event: nothing came before it."
            lines.append(ExplanationLine(2, note, .faint))
        }
        return lines
    }

    /// `1 rule fired, 2 missed narrowly, 5 missed`.
    private func summary(_ subjects: [ExplanationSubject]) -> String {
        let counts = ExplanationSubject.Outcome.allCases.compactMap { outcome -> String? in
            let count = subjects.filter { $0.outcome == outcome }.count
            return count > 0 ? "\(count) \(outcome.summary)" : nil
        }
        guard subjects.contains(where: { $0.outcome == .fired }) else {
            return (["no rule fired"] + counts).joined(separator: ", ")
        }
        let fired = subjects.filter { $0.outcome == .fired }.count
        return (["\(fired) \(fired == 1 ? "rule" : "rules") fired"] + counts.dropFirst()).joined(separator: ", ")
    }

    /// The rules that did not look at the event at all, in a line for each reason.
    private func others(_ subjects: [ExplanationSubject]) -> [ExplanationLine] {
        let types = subjects.filter { $0.outcome == .otherType }.count
        let off = subjects.filter { $0.outcome == .off }.map(\.rule.id)
        var lines: [ExplanationLine] = []
        if types > 0 {
            let what = types == 1 ? "1 rule looks" : "\(types) rules look"
            lines.append(ExplanationLine(0, "\(what) at other types of events.", .faint))
        }
        if !off.isEmpty {
            let what = off.count == 1 ? "1 rule is off" : "\(off.count) rules are off"
            lines.append(ExplanationLine(0, "\(what): \(off.joined(separator: ", ").shown).", .faint))
        }
        return lines
    }
}

extension FactChange {
    /// What is remembered from now on.
    fileprivate var sentence: String {
        switch value {
        case .yes: "remembered from now on: facts.\(name) is true"
        case .text(let text): "remembered from now on: facts.\(name) is '\(text)'"
        case nil: "no longer remembered: facts.\(name)"
        }
    }
}

extension Firing {
    /// Whether a team picked somebody for one of the jobs, which hangs on earlier events.
    fileprivate func hasPick(by program: Program) -> Bool {
        zip(jobs, rule.then).contains { job, call in
            call.settings.contains { setting in
                guard case .agents(let sources) = setting.source, case .list(let agents) = job.settings[setting.name]
                else { return false }
                return !agents.isEmpty && sources.contains { $0.isPicking(in: program) }
            }
        }
    }
}

extension AgentSource {
    /// Whether it is a team that picks, or text that may come to one.
    fileprivate func isPicking(in program: Program) -> Bool {
        switch self {
        case .agent: false
        case .team(let name): program.directory.teams[name].map { $0.pick != .all } ?? false
        case .template: program.directory.teams.values.contains { $0.pick != .all }
        }
    }
}
