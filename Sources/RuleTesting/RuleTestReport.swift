public import ActionKit
import Diagnostics
public import Directory
import Events
import Patterns
import RuleEngine

/// Writes what came of tests for people.
///
/// ```
/// FAIL a word that only contains refund is no request
///   --> rules/payments.yml:31
///   + refund-brings-in-billing: add-collaborator { agents: [asha] }
///     fired, but was not expected
///     why (rules/payments.yml:3):
///       true   text: { contains: refund }
///                "nonrefundable" contains 'refund'
/// ```
public struct RuleTestReport: Sendable {
    private let directory: Directory

    /// Creates a writer that names agents by this directory.
    public init(directory: Directory) {
        self.directory = directory
    }

    /// The report on a failed test, as lines.
    public func lines(_ result: RuleTestResult) -> [String] {
        var lines = ["FAIL \(result.test.name)", "  --> \(result.test.span.place)"]
        for problem in result.problems { lines += self.lines(problem, result).map { "  \($0)" } }
        return lines.map { TerminalText.visible(SecretMask.masked($0)) }
    }

    private func lines(_ problem: RuleTestResult.Problem, _ result: RuleTestResult) -> [String] {
        switch problem {
        case .missing(let expected):
            ["- \(describe(expected))", "  expected, but did not fire"] + why(expected.rule, result)
        case .unexpected(let actual):
            ["+ \(describe(actual))", "  fired, but was not expected"] + detail(actual) + why(actual.rule.id, result)
        case .displaced(let expected, let actual):
            ["- \(describe(expected))", "+ \(describe(actual))", "  fired, but in another place of the order"]
        case .different(let expected, let actual):
            ["- \(describe(expected))", "+ \(describe(actual, withTime: expected.time != nil))"] + detail(actual)
        case .fault(let fault):
            ["! \(fault.rule ?? fault.subjectText) could not be decided: \(fault.explanation)"]
        }
    }

    /// Why a job of the firing cannot be performed: a code alone does not say which setting, and what of it.
    private func detail(_ actual: ActualFiring) -> [String] {
        guard actual.status == .failed, let reason = actual.reason else { return [] }
        return ["  \(reason.detail)"]
    }

    /// The leaves that settled the verdict on a rule.
    private func why(_ rule: String, _ result: RuleTestResult) -> [String] {
        result.explanations.filter { $0.rule == rule }.flatMap { explanation -> [String] in
            let heading = "  why (\(explanation.span.place)):"
            if let obstacle = explanation.obstacle, explanation.conditionVerdict != .fails {
                return [heading, "    \(obstacle.explanation)"]
            }
            guard let condition = explanation.condition else {
                return [heading, "    it has no 'when', so it takes every event"]
            }
            // The report indents these lines once more.
            let tree = ExplanationTree(indent: 4)
            return [heading] + condition.deciding.flatMap { tree.leaf($0) }.map { $0.text(usesColor: false) }
        }
    }

    private func describe(_ expected: ExpectedFiring) -> String {
        var text = expected.rule + moment(expected.time) + qualifier(expected.status, expected.reason)
        if let jobs = expected.jobs {
            text += ": " + jobs.map { describe($0.action, $0.settings) }.joined(separator: "; ")
        }
        return text
    }

    private func describe(_ actual: ActualFiring, withTime: Bool = false) -> String {
        let jobs = actual.jobs.map { describe($0.action, $0.settings) }.joined(separator: "; ")
        let moment = withTime ? moment(actual.time) : ""
        return "\(actual.rule.id)\(moment)\(qualifier(actual.status, actual.reason?.code)): \(jobs)"
    }

    private func moment(_ time: Instant?) -> String {
        time.map { " at \($0)" } ?? ""
    }

    private func qualifier(_ status: FiringStatus, _ reason: String?) -> String {
        guard status != .planned else { return "" }
        return " [\([status.rawValue, reason].compactMap(\.self).joined(separator: ": "))]"
    }

    /// An action with its settings on one line, agents by name where the directory knows them.
    public func describe(_ action: String, _ settings: Settings) -> String {
        let parts = settings.pairs.map { "\($0.name): \(describe($0.value))" }
        return "\(action) { \(parts.joined(separator: ", ")) }"
    }

    private func describe(_ value: SettingValue) -> String {
        switch value {
        case .string(let text): directory.agentName(digits: text) ?? text
        case .integer(let number): String(number)
        case .boolean(let flag): String(flag)
        case .list(let values): "[\(values.map { describe($0) }.joined(separator: ", "))]"
        }
    }
}
