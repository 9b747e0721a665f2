internal import ActionKit
internal import DequeModule
internal import Ledger

/// What is in memory of the queue, due and under way: decides which attempt begins when, and what becomes of every job.
///
/// A value without a clock: every function that needs the time takes it. Whatever has to be written before the next attempts
/// begin is collected as ``News``; ``begin(now:)`` returns the attempts to ask permission for, ``alarm(now:)`` when to come
/// back. A step costs the same however many lanes wait, so that a slow destination with a long queue does not slow down the
/// others.
///
/// ```swift
/// state.load(page.jobs, work: work, now: now)
/// let attempts = state.begin(now: now)
/// … // write state.takeNews() and the attempts, then: state.refuse(attempt, with: permission, now: now)
/// … // and then: state.attempted(lane: attempt.lane, outcome, …)
/// if let due = state.alarm(now: now.elapsed) { … }  // and then: state.woke(now: due)
/// ```
struct DispatchState {
    /// An attempt to make.
    struct Attempt: Sendable {
        var lane: String
        var queued: QueuedJob
        var action: any Action
        var effect: EffectClass

        /// Which attempt at the job, from 1.
        var number: Int
    }

    /// A job with what became of it.
    struct Report: Hashable, Sendable {
        var job: QueuedJob
        var settlement: Settlement
    }

    /// What happened since it was last asked for.
    struct News: Sendable {
        /// Attempts that ended, to be written.
        var ended: [EndedAttempt] = []

        /// Jobs that are settled without an attempt, to be written.
        var settled: [SettledJob] = []

        /// Jobs that are settled, to be reported when that is written.
        var reports: [Report] = []

        /// What a person is to be told.
        var notices: [DeliveryNotice] = []

        /// Whether jobs that had to wait in the ledger for one that is settled now need not any more.
        var freesLane = false

        /// Whether the ledger knows all of it.
        var isWritten: Bool { ended.isEmpty && settled.isEmpty }
    }

    /// How many conversations are remembered that were stopped as a loop, so that each is told once.
    static let loopsRememberedMax = 1_000

    let policy: DeliveryPolicy
    var lanes: [String: Lane] = [:]
    var gates: [Gate] = []
    var gateNumbers: [String?: Int] = [:]
    var waiting = WaitingLanes()
    var news = News()
    var loops: Set<String> = []
    /// The jobs in memory.
    var numbers: Set<Int64> = []
    /// The lanes of which the rest was left in the ledger, since they hold as many jobs as they may, and behind which position.
    var overflowing: [String: Int64] = [:]
    private(set) var isEnding = false
    private var underWay = 0
    /// The gate that let somebody through last.
    private var turn = 0
    /// The times at which the caller will come back, the soonest last.
    private var alarms: [Duration] = []
    private var deadline: Duration?

    init(policy: DeliveryPolicy) {
        self.policy = policy
    }

    /// How many jobs are in memory.
    var count: Int { numbers.count }

    /// The destinations that have refused the key.
    var refusing: Set<String> {
        Set(gateNumbers.compactMap { destination, number in gates[number].isRefusing ? destination : nil })
    }

    /// Takes out what has happened.
    mutating func takeNews() -> News {
        defer { news = News() }
        return news
    }

    // MARK: - Going

    /// Gives what is not settled that much time.
    mutating func close(drain: Duration, now: Duration) {
        deadline = now + drain
        woke(now: now)
    }

    /// Ends everything if the time for it is over.
    mutating func woke(now: Duration) {
        if let deadline, deadline <= now { end() }
    }

    /// Begins nothing any more: what is not under way leaves memory and stays in the ledger.
    mutating func end() {
        guard !isEnding else { return }
        isEnding = true
        for gate in gates.indices { _ = gates[gate].removeAll() }
        waiting.removeAll { _ in true }
        for lane in Array(lanes.keys) {
            guard let place = lanes.index(forKey: lane) else { continue }
            if lanes.values[place].underWay == nil {
                leave(lane)
            } else {
                // What becomes of the attempt decides about the rest of its firing.
                forget(lanes.values[place].leaveBehindFirst())
            }
        }
    }

    /// Drops a lane; its jobs stay in the ledger.
    mutating func leave(_ lane: String) {
        guard var left = lanes.removeValue(forKey: lane) else { return }
        forget(left.leaveAll())
    }

    /// Drops jobs that left their lane.
    mutating func forget(_ left: some Sequence<Int64>) {
        for number in left { numbers.remove(number) }
    }

    // MARK: - What to do

    /// The attempts that are due and may begin as far as the state knows: each destination in turn, its lanes in the order in
    /// which they became ready.
    mutating func begin(now: Duration) -> [Attempt] {
        while let lane = waiting.popFirst(dueBy: now) { enqueue(lane) }
        var attempts: [Attempt] = []
        var shutInARow = 0
        while underWay < policy.concurrency, shutInARow < gates.count {
            turn = (turn + 1) % gates.count
            if let (lane, isProbe) = gates[turn].next(now: now) {
                attempts.append(start(lane, isProbe: isProbe, now: now))
                shutInARow = 0
            } else {
                shutInARow += 1
            }
        }
        return attempts
    }

    private mutating func start(_ lane: String, isProbe: Bool, now: Duration) -> Attempt {
        guard let place = lanes.index(forKey: lane), let task = lanes.values[place].task,
            var progress = lanes.values[place].progress, case .perform(let action) = task.work
        else { preconditionFailure("a lane was ready that had nothing to do") }
        progress.begin(now: now)
        lanes.values[place].progress = progress
        lanes.values[place].underWay = Lane.AttemptUnderWay(isProbe: isProbe, keyVersion: gates[turn].keyVersion)
        underWay += 1
        return Attempt(
            lane: lane,
            queued: task.queued,
            action: action,
            effect: task.effect,
            number: progress.attempts
        )
    }

    /// Takes an attempt that is under way no longer out of its lane.
    mutating func finishAttempt(in lane: String) -> (
        Dictionary<String, Lane>.Index, FiringDelivery.Task, Lane.AttemptUnderWay
    ) {
        guard let place = lanes.index(forKey: lane), let task = lanes.values[place].task,
            let attempt = lanes.values[place].underWay.take()
        else { preconditionFailure("an attempt ended that had not begun") }
        underWay -= 1
        return (place, task, attempt)
    }

    /// When to call ``woke(now:)`` and ``begin(now:)`` again, if no earlier answer covers that.
    ///
    /// Every answer is earlier than all those that are still to come true. So there are never more of them than lanes that
    /// wait for another attempt, and one or two in most runs.
    mutating func alarm(now: Duration) -> Duration? {
        guard !isEnding else { return nil }
        let attempt = nextAttempt
        // An end before which nothing can begin any more is not waited for.
        if underWay == 0, let end = deadline, attempt ?? end >= end { deadline = now }
        while let soonest = alarms.last, soonest <= now { alarms.removeLast() }
        guard let next = [attempt, deadline].compactMap(\.self).min(), alarms.last.map({ next < $0 }) ?? true else {
            return nil
        }
        alarms.append(next)
        return next
    }

    /// When an attempt may begin even if none ends before.
    private var nextAttempt: Duration? {
        guard underWay < policy.concurrency else { return nil }
        return (gates.map(\.opening) + [waiting.firstDue]).compactMap(\.self).min()
    }

    // MARK: - Gates

    /// Puts a lane at the end of the line before its gate.
    mutating func enqueue(_ lane: String) {
        gates[gateNumber(lanes[lane]?.task?.queued.destination)].append(lane)
    }

    /// The gate of a destination.
    ///
    /// There are never more of them than destinations of jobs.
    mutating func gateNumber(_ destination: String?) -> Int {
        if let number = gateNumbers[destination] { return number }
        let pace = Pace(count: policy.rateCount, period: policy.ratePeriod)
        gates.append(destination == nil ? Gate() : Gate(pace: pace, circuit: Circuit(policy: policy.circuit)))
        gateNumbers[destination] = gates.count - 1
        return gates.count - 1
    }
}
