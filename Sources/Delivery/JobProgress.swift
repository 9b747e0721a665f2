internal import ActionKit
internal import Events
internal import Ledger

/// What the attempts at one job have shown so far, in this process and in those before it.
struct JobProgress: Hashable {
    /// What follows from an outcome.
    enum Step: Hashable {
        /// The job has its final outcome.
        case settled(Settlement)

        /// Another attempt is to be made, not before that time.
        case again(at: Duration)
    }

    /// How many attempts were begun and not taken back.
    private(set) var attempts: Int

    /// Before when the next one is not to begin.
    private(set) var due: Duration

    private var firstAttempt: Duration?
    private var mayBeDone: Bool

    /// Goes on where an earlier process left off.
    ///
    /// What was written by the wall's clock is believed within bounds, since that clock may have been set meanwhile: a wait
    /// that is longer than a destination can ask for is none, or a run that ends with its input would leave the job to the
    /// next one again and again; and its age is never less than nothing. However old it looks, and however many attempts were
    /// made, it gets another one; only when that fails is the job given up.
    init(_ history: AttemptHistory = AttemptHistory(), policy: RetryPolicy, now: Moment) {
        attempts = history.attempts
        mayBeDone = history.mayBeDone
        firstAttempt = history.began.map { now.elapsed - max($0.duration(to: now.wall), .zero) }
        let wait = history.due.map { now.wall.duration(to: $0) } ?? .zero
        due = wait > max(policy.askedMax, policy.delayMax) ? .zero : now.elapsed + wait
    }

    /// Notes that an attempt begins.
    mutating func begin(now: Duration) {
        attempts += 1
        firstAttempt = firstAttempt ?? now
    }

    /// Notes that the attempt which began last counts for nothing.
    mutating func takeBack() {
        precondition(attempts > 0, "an attempt was taken back that had not begun")
        attempts -= 1
        if attempts == 0 { firstAttempt = nil }
    }

    /// Takes the outcome of an attempt in.
    mutating func take(
        _ outcome: DeliveryOutcome,
        effect: EffectClass,
        policy: RetryPolicy,
        jitter: Double,
        now: Duration
    ) -> Step {
        switch outcome {
        case .delivered(let receipt):
            return .settled(Settlement(.delivered, detail: receipt.detail, attempts: attempts))
        case .partial(let receipt):
            return .settled(Settlement(.partial, reason: JobReason.partial, detail: receipt.detail, attempts: attempts))
        case .rejected(let reason):
            // The receiver has looked at the job and says that it is not done, whatever became of earlier attempts.
            return .settled(Settlement(.failed, reason: reason.code, detail: reason.detail, attempts: attempts))
        case .unauthorized(let reason):
            return .settled(undone(reason, mayBeDone ? "An earlier attempt may have succeeded." : nil))
        case .retry(let reason, let after):
            return again(reason, policy: policy, asked: after, jitter: jitter, now: now)
        case .unknown(let reason):
            mayBeDone = true
            guard effect != .atMostOnce else {
                return .settled(undone(reason, "Not tried again, since a second attempt might do it twice."))
            }
            return again(reason, policy: policy, asked: nil, jitter: jitter, now: now)
        }
    }

    private mutating func again(
        _ reason: Reason,
        policy: RetryPolicy,
        asked: Duration?,
        jitter: Double,
        now: Duration
    ) -> Step {
        let elapsed = now - (firstAttempt ?? now)
        let delay = policy.delay(afterFailures: attempts, elapsed: elapsed, asked: asked, jitter: jitter)
        guard let delay else { return .settled(undone(reason, gaveUp)) }
        due = now + delay
        return .again(at: due)
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
