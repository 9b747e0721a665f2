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
            ["- \(describe(expected, result))", "  expected, but did not fire"] + why(expected, result)
        case .unexpected(let actual):
            [
                "+ \(describe(actual, result, withTime: actual.time != result.test.start))",
                "  fired, but was not expected",
            ] + detail(actual, result) + RuleCourse(rule: actual.rule.id, result: result, tellsTaken: true).lines
        case .displaced(let expected, let actual):
            [
                "- \(describe(expected, result))", "+ \(describe(actual, result))",
                "  fired, but in another place of the order",
            ]
        case .different(let expected, let actual):
            [
                "- \(describe(expected, result))",
                "+ \(describe(actual, result, withTime: expected.time != nil))",
            ] + detail(actual, result)
        case .fault(let fault):
            ["! \(fault.rule ?? fault.subjectText) could not be decided: \(fault.explanation)"]
        }
    }

    /// Why a job of the firing cannot be performed: a code alone does not say which setting, and what of it, or until when.
    private func detail(_ actual: ActualFiring, _ result: RuleTestResult) -> [String] {
        guard let reason = actual.reason else { return [] }
        if reason.code == Reason.throttleCode {
            let hold = RuleCourse(rule: actual.rule.id, result: result).hold(at: actual.time)
            return ["  \(hold ?? reason.detail)"]
        }
        return actual.status == .failed ? ["  \(reason.detail)"] : []
    }

    /// Why an expected rule did not fire: it still waits, or what it made of the events.
    private func why(_ expected: ExpectedFiring, _ result: RuleTestResult) -> [String] {
        guard let timer = result.pending.first(where: { $0.rule == expected.rule }) else {
            return RuleCourse(rule: expected.rule, result: result).lines
        }
        let left = result.test.end.duration(to: timer.due)
        let seconds = Int(left.components.seconds) + (left.components.attoseconds > 0 ? 1 : 0)
        let time = result.test.time
        return [
            "  it waits until \(time.text(timer.due)), and the test ends at \(time.text(result.test.end)): "
                + "add { wait: \(Quantity.written(seconds: seconds)) }"
        ]
    }

    private func describe(_ expected: ExpectedFiring, _ result: RuleTestResult) -> String {
        let moment = expected.time.map { " at \(result.test.time.text($0))" } ?? ""
        var text = expected.rule + moment + qualifier(expected.status, expected.reason)
        if let jobs = expected.jobs {
            text += ": " + jobs.map { describe($0.action, $0.settings) }.joined(separator: "; ")
        }
        return text
    }

    private func describe(_ actual: ActualFiring, _ result: RuleTestResult, withTime: Bool = false) -> String {
        let jobs = actual.jobs.map { describe($0.action, $0.settings) }.joined(separator: "; ")
        let moment = withTime ? actual.time.map { " at \(result.test.time.text($0))" } ?? "" : ""
        return "\(actual.rule.id)\(moment)\(qualifier(actual.status, actual.reason?.code)): \(jobs)"
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

extension RuleTest {
    /// How times of the test are told.
    fileprivate var time: TestTime { TestTime(clock: clock, start: start) }
}
