public import ActionKit
public import Diagnostics
public import Directory
public import Events
public import RuleEngine

/// One test of a rule file: events, and the firings that they must cause.
public struct RuleTest: Sendable {
    /// What the test says, as a sentence.
    public var name: String

    /// Where it is written.
    public var span: Span

    /// What is remembered when the test begins, of everybody whom its events are about.
    public var given: [GivenFact]

    /// The events, in order.
    public var events: [TestEvent]

    /// What the clock shows at the beginning.
    public var start: Instant

    /// What the clock shows when all of it has happened.
    public var end: Instant

    /// The clock by which people are told the time.
    public var clock: LocalClock

    /// The ids and tags of the rules that it is limited to; empty for all rules.
    public var rules: Set<String>

    /// The firings that must come, in order.
    public var expected: [ExpectedFiring]

    /// Whether firings that are held back are listed too, since an expectation names one.
    public var listsSuppressed: Bool { expected.contains { $0.status == .suppressed } }
}

/// An event of a test, as it comes.
public struct TestEvent: Sendable {
    /// The event.
    public var event: Event

    /// What the clock shows when it comes; that it happened earlier makes it late.
    public var arrival: Instant
}

/// A fact that is remembered when a test begins.
public struct GivenFact: Sendable {
    /// The fact's name.
    public var name: String

    /// What is remembered.
    public var value: FactValue
}

/// A firing as a test expects it; what it does not name is not compared.
public struct ExpectedFiring: Sendable {
    /// The rule's id.
    public var rule: String

    /// When it must fire, where the test says so.
    public var time: Instant?

    /// What is to become of its jobs; `nil` for jobs that would be performed.
    public var status: FiringStatus

    /// The reason's code, where the test names one.
    public var reason: String?

    /// The jobs, in order; `nil` where the test names none.
    public var jobs: [ExpectedJob]?

    /// Where it is written.
    public var span: Span
}

/// A job as a test expects it.
public struct ExpectedJob: Sendable {
    /// The action's id.
    public var action: String

    /// The settings that are compared.
    public var settings: Settings
}

/// What is to become of the jobs of a firing.
public enum FiringStatus: String, Sendable, CaseIterable {
    /// They would be performed.
    case planned
    /// They are held back.
    case suppressed
    /// One of them cannot be performed.
    case failed
}

/// A firing as it came.
public struct ActualFiring: Sendable {
    /// The rule.
    public var rule: Rule

    /// When it fired; `nil` while no time is known.
    public var time: Instant?

    /// Its jobs.
    public var jobs: [PlannedJob]

    /// What is to become of the jobs: `failed` if one is, else `planned` if one is, else `suppressed`.
    public var status: FiringStatus {
        if jobs.contains(where: { $0.plan.isFailed }) { return .failed }
        return jobs.contains { $0.plan == .perform } ? .planned : .suppressed
    }

    /// Why its jobs fail or are held back.
    public var reason: Reason? {
        jobs.lazy.compactMap { job -> Reason? in
            switch job.plan {
            case .perform: nil
            case .suppressed(let reason), .failed(let reason): reason
            }
        }.first
    }
}

extension PlannedJob.Plan {
    fileprivate var isFailed: Bool {
        guard case .failed = self else { return false }
        return true
    }
}
