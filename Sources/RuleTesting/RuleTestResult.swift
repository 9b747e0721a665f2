public import RuleEngine

/// What came of one test.
public struct RuleTestResult: Sendable {
    /// The ways in which a test can fail.
    public enum Problem: Sendable {
        /// A rule was expected to fire and did not.
        case missing(ExpectedFiring)
        /// A rule fired that was not expected to.
        case unexpected(ActualFiring)
        /// A rule fired, but before or after others than expected.
        case displaced(ExpectedFiring, ActualFiring)
        /// A rule fired, but its jobs are others than expected.
        case different(ExpectedFiring, ActualFiring)
        /// A rule could not be decided.
        case fault(RuleFault)
    }

    /// The test.
    public var test: RuleTest

    /// The firings that the expectation is compared with.
    public var listed: [ActualFiring]

    /// What is wrong; empty for a test that passed.
    public var problems: [Problem]

    /// The timers that wait when the test ends.
    public var pending: [PendingTimer]

    /// Of a test that failed: what was decided about each event and why, in the order in which they were decided.
    public var explanations: [EventExplanation] = []

    /// Whether the test passed.
    public var passed: Bool { problems.isEmpty }
}
