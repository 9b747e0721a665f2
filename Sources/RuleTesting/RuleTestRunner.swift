import ActionKit
import Events
public import RuleEngine

/// Runs tests of rules with the same engine that `run` uses.
///
/// Nothing is ever performed.
public struct RuleTestRunner: Sendable {
    private let program: Program

    /// Creates a runner for a program.
    public init(_ program: Program) {
        self.program = program
    }

    /// Runs one test.
    public func run(_ test: RuleTest) -> RuleTestResult {
        let course = TestCourse(test, program: test.rules.isEmpty ? program : limited(to: test.rules))
        let (decided, pending) = course.decide()
        var result = RuleTestResult(test: test, listed: [], problems: [], pending: pending)
        var heldBack: [ActualFiring] = []
        for decisions in decided {
            for fault in decisions.faults { result.problems.append(.fault(fault)) }
            let firings = decisions.firings.map { firing in
                ActualFiring(rule: firing.rule, time: decisions.firedAt ?? firing.event.time, jobs: firing.jobs)
            }
            for firing in firings {
                if firing.status == .suppressed, !test.listsSuppressed {
                    heldBack.append(firing)
                } else {
                    result.listed.append(firing)
                }
            }
        }
        result.problems += difference(test.expected, result.listed, heldBack: heldBack)
        if !result.passed { result.explanations = course.explain(decided) }
        return result
    }

    private func limited(to names: Set<String>) -> Program {
        let rules = program.rules.filter { names.contains($0.id) || !names.isDisjoint(with: $0.tags) }
        return Program(
            rules: rules,
            directory: program.directory,
            defaultBusiness: program.defaultBusiness,
            tables: program.tables,
            facts: program.facts,
            time: program.time
        )
    }

    /// What keeps two lists of firings from being equal, in order.
    ///
    /// Firings that were held back count for nothing here, and explain why one is missing.
    private func difference(
        _ expected: [ExpectedFiring],
        _ actual: [ActualFiring],
        heldBack: [ActualFiring]
    ) -> [RuleTestResult.Problem] {
        var heldBack = heldBack
        var problems: [RuleTestResult.Problem] = []
        for step in Alignment.steps(expected.map(\.rule), actual.map(\.rule.id)) {
            switch step {
            case .both(let wanted, let got): problems += compare(expected[wanted], actual[got])
            case .onlyFirst(let wanted):
                // A rule that fired in the shadow did fire; to say that it did not would send people the wrong way.
                if let found = heldBack.firstIndex(where: { $0.rule.id == expected[wanted].rule }) {
                    problems.append(.different(expected[wanted], heldBack.remove(at: found)))
                } else {
                    problems.append(.missing(expected[wanted]))
                }
            case .onlySecond(let got): problems.append(.unexpected(actual[got]))
            }
        }
        return problems.namingOrder()
    }

    private func compare(_ expected: ExpectedFiring, _ actual: ActualFiring) -> [RuleTestResult.Problem] {
        var differs = expected.status != actual.status
        if let reason = expected.reason, reason != actual.reason?.code { differs = true }
        if let time = expected.time, time != actual.time { differs = true }
        if let jobs = expected.jobs {
            differs = differs || jobs.count != actual.jobs.count
            for (wanted, got) in zip(jobs, actual.jobs) where !matches(wanted, got) { differs = true }
        }
        return differs ? [.different(expected, actual)] : []
    }

    /// Whether a job is the one expected: the same action, and the same values of the settings that the test names.
    private func matches(_ expected: ExpectedJob, _ actual: PlannedJob) -> Bool {
        expected.action == actual.action
            && expected.settings.pairs.allSatisfy { pair in
                actual.settings[pair.name].map { $0.isSame(as: pair.value) } ?? false
            }
    }
}

extension SettingValue {
    /// Whether two values mean the same: lists of agents do in any order.
    fileprivate func isSame(as other: SettingValue) -> Bool {
        guard case .list(let one) = self, case .list(let two) = other else { return self == other }
        return one.count == two.count && Set(one) == Set(two)
    }
}

extension [RuleTestResult.Problem] {
    /// The same problems, in which a firing that is missing in one place and unexpected in another is one of order.
    fileprivate func namingOrder() -> [RuleTestResult.Problem] {
        var problems = self
        for place in problems.indices.reversed() {
            guard case .missing(let expected) = problems[place],
                let other = problems.firstIndex(where: { problem in
                    guard case .unexpected(let actual) = problem else { return false }
                    return actual.rule.id == expected.rule
                }), case .unexpected(let actual) = problems[other]
            else { continue }
            problems[place] = .displaced(expected, actual)
            problems.remove(at: other)
            return problems.namingOrder()
        }
        return problems
    }
}

/// Lines two lists up so that as many elements as possible stand side by side (longest common subsequence).
enum Alignment {
    enum Step: Hashable {
        /// Both lists have the element, at these places.
        case both(Int, Int)
        /// Only the first list has it.
        case onlyFirst(Int)
        /// Only the second list has it.
        case onlySecond(Int)
    }

    /// - Complexity: O(m·n).
    static func steps(_ first: [String], _ second: [String]) -> [Step] {
        var lengths = [[Int]](repeating: [Int](repeating: 0, count: second.count + 1), count: first.count + 1)
        for i in first.indices.reversed() {
            for j in second.indices.reversed() {
                lengths[i][j] =
                    first[i] == second[j]
                    ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
            }
        }
        var steps: [Step] = []
        var (i, j) = (0, 0)
        while i < first.count, j < second.count {
            if first[i] == second[j] {
                steps.append(.both(i, j))
                (i, j) = (i + 1, j + 1)
            } else if lengths[i + 1][j] >= lengths[i][j + 1] {
                steps.append(.onlyFirst(i))
                i += 1
            } else {
                steps.append(.onlySecond(j))
                j += 1
            }
        }
        return steps + (i..<first.count).map { .onlyFirst($0) } + (j..<second.count).map { .onlySecond($0) }
    }
}
