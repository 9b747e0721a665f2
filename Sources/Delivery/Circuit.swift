internal import ActionKit

/// Keeps attempts from a destination that failed many times in a row, and lets one through now and then to see whether it
/// works.
struct Circuit {
    /// What became of the circuit.
    enum Change: Hashable {
        case opened
        case closed
    }

    private enum Phase {
        /// Everybody passes.
        case closed(failures: Int)
        /// Nobody passes before that time, then one.
        case open(delay: Duration, next: Duration)
        /// Nobody passes until the one attempt that was let through has ended.
        case probing(delay: Duration)
    }

    private let policy: CircuitPolicy
    private var phase = Phase.closed(failures: 0)

    init(policy: CircuitPolicy) {
        self.policy = policy
    }

    /// From when on somebody may pass; `nil` as long as that depends on the end of an attempt.
    var opening: Duration? {
        switch phase {
        case .closed: .zero
        case .open(_, let next): next
        case .probing: nil
        }
    }

    /// Lets an attempt through; whether it is the one that shows how the destination is.
    mutating func pass() -> Bool {
        guard case .open(let delay, _) = phase else { return false }
        phase = .probing(delay: delay)
        return true
    }

    /// Takes back that an attempt was let through, since it was not made.
    mutating func unpass(now: Duration) {
        if case .probing(let delay) = phase { phase = .open(delay: delay, next: now) }
    }

    /// Takes in how an attempt ended.
    ///
    /// Attempts that were under way when the circuit opened say nothing new when they fail.
    mutating func take(_ outcome: DeliveryOutcome, isProbe: Bool, now: Duration) -> Change? {
        guard outcome.isFailureOfDestination else {
            defer { phase = .closed(failures: 0) }
            guard case .closed = phase else { return .closed }
            return nil
        }
        switch phase {
        case .closed(let failures) where failures + 1 < policy.failuresMax:
            phase = .closed(failures: failures + 1)
        case .closed:
            phase = .open(delay: policy.delayFirst, next: now + policy.delayFirst)
            return .opened
        case .probing(let delay) where isProbe:
            let longer = min(delay * 2, policy.delayMax)
            phase = .open(delay: longer, next: now + longer)
        case .open, .probing: break
        }
        return nil
    }
}

extension DeliveryOutcome {
    /// Whether it shows a destination that does not work: every answer about the job or the key shows one that does.
    fileprivate var isFailureOfDestination: Bool {
        switch self {
        case .retry, .unknown: true
        case .delivered, .partial, .rejected, .unauthorized: false
        }
    }
}
