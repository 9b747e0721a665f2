import ActionKit

/// What the attempts at one job have shown so far.
struct JobProgress: Hashable {
    /// What follows from an outcome.
    enum Step: Hashable {
        /// The job has its final outcome.
        case settled(Settlement)

        /// Another attempt is to be made, not before that time.
        case again(at: Duration)
    }

    private var attempts = 0
    private var firstAttempt: Duration?
    private var lastReason: Reason?
    private var mayBeDone = false

    /// Notes that an attempt begins.
    mutating func begin(now: Duration) {
        firstAttempt = firstAttempt ?? now
    }

    /// Takes the outcome of an attempt in.
    mutating func take(
        _ outcome: DeliveryOutcome,
        effect: EffectClass,
        policy: RetryPolicy,
        jitter: Double,
        now: Duration
    ) -> Step {
        attempts += 1
        switch outcome {
        case .delivered(let receipt):
            return .settled(Settlement(.delivered, detail: receipt.detail, attempts: attempts))
        case .partial(let receipt):
            return .settled(Settlement(.partial, reason: "partial", detail: receipt.detail, attempts: attempts))
        case .rejected(let reason):
            // The receiver has looked at the job and says that it is not done, whatever became of earlier attempts.
            return .settled(Settlement(.failed, reason: reason.code, detail: reason.detail, attempts: attempts))
        case .unauthorized(let reason):
            return .settled(undone(reason, mayBeDone ? "An earlier attempt may have succeeded." : nil))
        case .retry(let reason, let after):
            lastReason = reason
            return again(reason, policy: policy, asked: after, jitter: jitter, now: now)
        case .unknown(let reason):
            lastReason = reason
            mayBeDone = true
            guard effect != .atMostOnce else {
                return .settled(undone(reason, "Not tried again, since a second attempt might do it twice."))
            }
            return again(reason, policy: policy, asked: nil, jitter: jitter, now: now)
        }
    }

    /// How the job ends when it gets no further attempt for a reason that lies outside of it.
    func abandoned(because obstacle: Reason) -> Settlement {
        guard let lastReason else {
            return Settlement(.failed, reason: obstacle.code, detail: obstacle.detail, attempts: 0)
        }
        return undone(lastReason, "\(gaveUp) \(obstacle.detail)")
    }

    private func again(
        _ reason: Reason,
        policy: RetryPolicy,
        asked: Duration?,
        jitter: Double,
        now: Duration
    ) -> Step {
        let elapsed = now - (firstAttempt ?? now)
        let delay = policy.delay(afterFailures: attempts, elapsed: elapsed, asked: asked, jitter: jitter)
        return delay.map { .again(at: now + $0) } ?? .settled(undone(reason, gaveUp))
    }

    private var gaveUp: String {
        attempts == 1 ? "Gave up after one attempt." : "Gave up after \(attempts) attempts."
    }

    /// A job that did not succeed: unknown if an attempt without an answer may have done it, else failed.
    private func undone(_ reason: Reason, _ remark: String?) -> Settlement {
        let detail = remark.map { reason.detail.followed(by: $0) } ?? reason.detail
        return Settlement(mayBeDone ? .unknown : .failed, reason: reason.code, detail: detail, attempts: attempts)
    }
}

extension String {
    /// The text with a sentence behind it: reasons may quote a receiver's words, which need not end in a full stop.
    fileprivate func followed(by sentence: String) -> String {
        guard let last else { return sentence }
        return self + (".!?…".contains(last) ? " " : ". ") + sentence
    }
}
