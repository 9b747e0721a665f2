import ActionKit
import DequeModule

/// What is waiting, under way and due: decides which attempt begins when.
///
/// A value without a clock: every function takes the present and returns what is to be done. The dispatcher does it and comes
/// back with what happened.
struct DispatchState {
    /// What is to be done.
    enum Command: Sendable {
        /// Make an attempt and come back with its outcome.
        case attempt(lane: String, Job, any Action)

        /// Come back after that time.
        case wake(after: Duration)

        /// Tell the caller what became of a job.
        case settle(FiringDelivery, index: Int, Settlement)

        /// Tell the caller that a destination no longer accepts the key.
        case halt(destination: String, Reason)
    }

    /// A firing at the head of its lane.
    private struct Current {
        var firing: FiringDelivery
        var index = 0
        var attempts = 0
        var firstAttempt: Duration?
        var last: (reason: Reason, mayBeDone: Bool)?
        var isUnderWay = false
        var dueAt: Duration = .zero
    }

    private let policy: DeliveryPolicy
    private var heads: [String: Current] = [:]
    private var queues: [String: Deque<FiringDelivery>] = [:]
    private var order: Deque<String> = []
    private var underWay = 0
    private var pace: [String: Pace] = [:]
    private var pacedUntil: [String: Duration] = [:]
    private var halted: [String: Reason] = [:]
    private var ending: Reason?

    init(policy: DeliveryPolicy) {
        self.policy = policy
    }

    /// Whether everything is settled.
    var isIdle: Bool { heads.isEmpty }

    /// Takes a firing in.
    mutating func submit(_ firing: FiringDelivery, now: Duration) -> [Command] {
        if heads[firing.lane] == nil {
            heads[firing.lane] = Current(firing: firing, dueAt: now)
            order.append(firing.lane)
        } else {
            queues[firing.lane, default: []].append(firing)
        }
        return begin(now: now)
    }

    /// Begins what is due.
    mutating func woke(now: Duration) -> [Command] {
        begin(now: now)
    }

    /// Begins nothing any more; what is not under way is settled as it stands.
    mutating func end(because reason: Reason, now: Duration) -> [Command] {
        ending = ending ?? reason
        return begin(now: now)
    }

    /// Takes the outcome of an attempt in.
    ///
    /// - Parameter jitter: A number from `0..<1` for the wait before the next attempt.
    mutating func attempted(lane: String, _ outcome: DeliveryOutcome, jitter: Double, now: Duration) -> [Command] {
        guard var current = heads[lane] else { preconditionFailure("an attempt ended in a lane that is empty") }
        precondition(current.isUnderWay, "an attempt ended that had not begun")
        underWay -= 1
        current.isUnderWay = false
        current.attempts += 1
        let task = current.firing.tasks[current.index]
        var commands: [Command] = []
        switch outcome {
        case .delivered(let receipt):
            commands = settle(&current, .init(.delivered, detail: receipt.detail, attempts: current.attempts), now: now)
        case .partial(let receipt):
            let settlement = Settlement(.partial, reason: "partial", detail: receipt.detail, attempts: current.attempts)
            commands = settle(&current, settlement, now: now)
        case .rejected(let reason):
            commands = settle(&current, failure(reason, current), now: now)
        case .unauthorized(let reason):
            if let destination = task.destination, halted[destination] == nil {
                halted[destination] = reason
                commands.append(.halt(destination: destination, reason))
            }
            commands += settle(&current, failure(reason, current), now: now)
        case .retry(let reason, let after):
            current.last = (reason, mayBeDone: current.last?.mayBeDone ?? false)
            commands = retry(&current, asked: after, jitter: jitter, now: now)
        case .unknown(let reason):
            current.last = (reason, mayBeDone: true)
            if task.effect == .atMostOnce {
                commands = settle(&current, unsettled(current), now: now)
            } else {
                commands = retry(&current, asked: nil, jitter: jitter, now: now)
            }
        }
        put(current, in: lane, now: now)
        return commands + begin(now: now)
    }

    private func failure(_ reason: Reason, _ current: Current) -> Settlement {
        Settlement(.failed, reason: reason.code, detail: reason.detail, attempts: current.attempts)
    }

    /// How a job ends that gets no further attempt: unknown if an earlier one may have done it, else failed.
    private func unsettled(_ current: Current, because note: Reason? = nil) -> Settlement {
        guard let last = current.last else {
            let reason = note ?? Reason("not-attempted", "The job was not attempted.")
            return Settlement(.failed, reason: reason.code, detail: reason.detail, attempts: 0)
        }
        let tries = current.attempts == 1 ? "after one attempt" : "after \(current.attempts) attempts"
        let detail = "\(last.reason.detail) Gave up \(tries)\(note.map { ": \($0.detail)" } ?? ".")"
        return Settlement(
            last.mayBeDone ? .unknown : .failed,
            reason: last.reason.code,
            detail: detail,
            attempts: current.attempts
        )
    }

    private mutating func retry(
        _ current: inout Current,
        asked: Duration?,
        jitter: Double,
        now: Duration
    ) -> [Command] {
        let elapsed = now - (current.firstAttempt ?? now)
        let failures = current.attempts
        guard let delay = policy.retry.delay(afterFailures: failures, elapsed: elapsed, asked: asked, jitter: jitter)
        else { return settle(&current, unsettled(current), now: now) }
        current.dueAt = now + delay
        return ending == nil ? [.wake(after: delay)] : []
    }

    /// Settles the job at hand and, if it failed, those behind it in its firing.
    private mutating func settle(_ current: inout Current, _ settlement: Settlement, now: Duration) -> [Command] {
        let firing = current.firing
        var commands: [Command] = [.settle(firing, index: current.index, settlement)]
        current.index += 1
        if settlement.status == .failed || settlement.status == .unknown {
            while current.index < firing.tasks.count {
                let held = Settlement(
                    .suppressed,
                    reason: "earlier-failed",
                    detail: "An earlier job of the same firing was not done.",
                    attempts: 0
                )
                commands.append(.settle(firing, index: current.index, held))
                current.index += 1
            }
        }
        current.attempts = 0
        current.firstAttempt = nil
        current.last = nil
        current.dueAt = now
        return commands
    }

    /// Puts the head of a lane back, or its next firing in its place.
    private mutating func put(_ current: Current, in lane: String, now: Duration) {
        if current.index < current.firing.tasks.count {
            heads[lane] = current
            if !current.isUnderWay { order.append(lane) }
        } else if let next = queues[lane]?.popFirst() {
            if queues[lane]?.isEmpty == true { queues[lane] = nil }
            heads[lane] = Current(firing: next, dueAt: now)
            order.append(lane)
        } else {
            heads[lane] = nil
        }
    }

    /// Begins every attempt that is due and may begin, in the order in which lanes became ready.
    private mutating func begin(now: Duration) -> [Command] {
        var commands: [Command] = []
        var later: Deque<String> = []
        while let lane = order.popFirst() {
            guard var current = heads[lane], !current.isUnderWay else { continue }
            let task = current.firing.tasks[current.index]
            let action: any Action
            switch task.work {
            case .perform(let performing) where obstacle(task) == nil: action = performing
            case .perform:
                commands += settle(&current, unsettled(current, because: obstacle(task)), now: now)
                put(current, in: lane, now: now)
                continue
            case .settled(let settlement):
                commands += settle(&current, settlement, now: now)
                put(current, in: lane, now: now)
                continue
            }
            guard current.dueAt <= now, underWay < policy.concurrency else {
                later.append(lane)
                continue
            }
            if let destination = task.destination, let wake = wait(for: destination, now: now) {
                later.append(lane)
                commands += wake
                continue
            }
            current.isUnderWay = true
            current.firstAttempt = current.firstAttempt ?? now
            heads[lane] = current
            underWay += 1
            commands.append(.attempt(lane: lane, task.job, action))
        }
        order = later
        return commands
    }

    /// Takes a place in the pace of a destination; if there is none, what is to be done until there is.
    ///
    /// One wake-up serves all lanes that wait for the same destination.
    private mutating func wait(for destination: String, now: Duration) -> [Command]? {
        if let until = pacedUntil[destination], now < until { return [] }
        var pace = self.pace[destination] ?? Pace(count: policy.rateCount, period: policy.ratePeriod)
        let wait = pace.take(now: now)
        self.pace[destination] = pace
        guard wait > .zero else { return nil }
        pacedUntil[destination] = now + wait
        return [.wake(after: wait)]
    }

    /// What keeps a job from ever being attempted again in this run.
    private func obstacle(_ task: FiringDelivery.Task) -> Reason? {
        if let destination = task.destination, let reason = halted[destination] {
            return Reason(
                "unauthorized",
                "Not attempted, since \(destination) did not accept the key: \(reason.detail)"
            )
        }
        return ending
    }
}

/// Spaces attempts so that no more than so many begin in a period.
///
/// A token bucket: a pause saves up at most one period's worth.
struct Pace {
    private let interval: Duration
    private let burst: Duration
    private var next: Duration?

    init(count: Int, period: Duration) {
        precondition(count > 0, "a rate of \(count)")
        interval = period / count
        burst = period - interval
    }

    /// Takes a place if one is free now, else says how long it is until then.
    mutating func take(now: Duration) -> Duration {
        let earliest = max(next ?? now, now - burst)
        guard earliest <= now else { return earliest - now }
        next = max(earliest, now - burst) + interval
        return .zero
    }
}
