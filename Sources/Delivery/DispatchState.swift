import ActionKit
import DequeModule

/// What is waiting, due and under way: decides which attempt begins when, and what becomes of every job.
///
/// A value without a clock: every function that needs the time takes it. What takes news in returns the jobs that are settled
/// by it; ``begin(now:)`` returns the attempts to make, ``alarm(now:)`` when to come back. A step costs the same however many
/// lanes wait, so that a slow destination with a long queue does not slow down the others.
///
/// ```swift
/// report(state.submit(firing))
/// for attempt in state.begin(now: now) { … }  // and then: state.attempted(lane: attempt.lane, outcome, …)
/// if let due = state.alarm(now: now) { … }  // and then: state.woke(now: due)
/// ```
struct DispatchState {
    /// An attempt to make.
    struct Attempt: Sendable {
        var lane: String
        var job: Job
        var action: any Action
    }

    /// A job with what became of it.
    struct Report: Sendable {
        var firing: FiringDelivery
        var index: Int
        var settlement: Settlement

        /// Whether nothing of the firing is left.
        var isLast: Bool { index == firing.tasks.count - 1 }
    }

    private let policy: DeliveryPolicy
    private var lanes: [String: Lane] = [:]
    private var gates: [Gate] = []
    private var gateNumbers: [String?: Int] = [:]
    /// The gate that let somebody through last.
    private var turn = 0
    private var waiting = WaitingLanes()
    private var underWay = 0
    /// The times at which the caller will come back, the soonest last.
    private var alarms: [Duration] = []
    private var deadline: Duration?
    private var ending: Reason?

    init(policy: DeliveryPolicy) {
        self.policy = policy
    }

    /// Whether a destination has refused the key.
    var hasRefusal: Bool { gates.contains { $0.isRefusing } }

    // MARK: - News

    /// Takes a firing in.
    mutating func submit(_ firing: FiringDelivery) -> [Report] {
        guard lanes[firing.lane] == nil else {
            lanes[firing.lane]?.append(firing)
            return []
        }
        lanes[firing.lane] = Lane(firing)
        return advance([firing.lane])
    }

    /// Takes the outcome of an attempt in.
    ///
    /// The wait before the next attempt, if there is one, depends on `jitter`, a number from `0..<1`.
    mutating func attempted(lane: String, _ outcome: DeliveryOutcome, jitter: Double, now: Duration) -> [Report] {
        guard let place = lanes.index(forKey: lane), lanes.values[place].isUnderWay, let task = lanes.values[place].task
        else { preconditionFailure("an attempt ended that had not begun") }
        underWay -= 1
        lanes.values[place].isUnderWay = false
        let step = lanes.values[place].progress.take(
            outcome,
            effect: task.effect,
            policy: policy.retry,
            jitter: jitter,
            now: now
        )
        switch step {
        case .again(let due):
            guard obstacle(to: task) == nil else { return advance([lane]) }
            waiting.insert(lane, due: due)
            return []
        case .settled(let settlement):
            var reports = lanes.values[place].settle(settlement)
            var freed = [lane]
            if case .unauthorized = outcome, let destination = task.destination { freed += refuse(destination) }
            reports += advance(freed)
            return reports
        }
    }

    /// Gives what is not settled that much time.
    mutating func close(drain: Duration, now: Duration) -> [Report] {
        deadline = now + drain
        return woke(now: now)
    }

    /// Ends everything if the time for it is over.
    mutating func woke(now: Duration) -> [Report] {
        guard let deadline, deadline <= now else { return [] }
        return end(because: .drainEnded)
    }

    /// Begins nothing any more; what is not under way is settled as it stands.
    mutating func end(because reason: Reason) -> [Report] {
        guard ending == nil else { return [] }
        ending = reason
        var held: [String] = []
        for gate in gates.indices { held += gates[gate].removeAll() }
        held += waiting.removeAll { _ in true }
        return advance(held)
    }

    /// Lets nothing more through to a destination; the lanes that were waiting for it.
    private mutating func refuse(_ destination: String) -> [String] {
        let gate = gateNumber(destination)
        gates[gate].isRefusing = true
        let waiting = waiting.removeAll { [lanes] lane in lanes[lane]?.task?.destination == destination }
        return gates[gate].removeAll() + waiting
    }

    // MARK: - What to do

    /// The attempts that are due and may begin: each destination in turn, its lanes in the order in which they became ready.
    mutating func begin(now: Duration) -> [Attempt] {
        while let lane = waiting.popFirst(dueBy: now) { enqueue(lane) }
        var attempts: [Attempt] = []
        var shutInARow = 0
        while underWay < policy.concurrency, shutInARow < gates.count {
            turn = (turn + 1) % gates.count
            if let lane = gates[turn].next(now: now) {
                attempts.append(start(lane, now: now))
                shutInARow = 0
            } else {
                shutInARow += 1
            }
        }
        return attempts
    }

    /// When to call ``woke(now:)`` and ``begin(now:)`` again, if no earlier answer covers that.
    ///
    /// Every answer is earlier than all those that are still to come true. So there are never more of them than lanes that
    /// wait for another attempt, and one or two in most runs.
    mutating func alarm(now: Duration) -> Duration? {
        guard ending == nil else { return nil }
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

    // MARK: - Lanes

    /// Brings lanes to their next attempt, and settles the jobs on the way there that need none.
    private mutating func advance(_ names: [String]) -> [Report] {
        var reports: [Report] = []
        for name in names {
            while let place = lanes.index(forKey: name) {
                guard let task = lanes.values[place].task else {
                    lanes.remove(at: place)
                    break
                }
                if case .settled(let settlement) = task.work {
                    reports += lanes.values[place].settle(settlement)
                } else if let obstacle = obstacle(to: task) {
                    let settlement = lanes.values[place].progress.abandoned(because: obstacle)
                    reports += lanes.values[place].settle(settlement)
                } else {
                    enqueue(name)
                    break
                }
            }
        }
        return reports
    }

    /// What keeps a job from ever being attempted again in this run.
    private func obstacle(to task: FiringDelivery.Task) -> Reason? {
        if let destination = task.destination, let gate = gateNumbers[destination], gates[gate].isRefusing {
            return .unauthorized(destination)
        }
        return ending
    }

    private mutating func enqueue(_ lane: String) {
        let gate = gateNumber(lanes[lane]?.task?.destination)
        gates[gate].append(lane)
    }

    /// The gate of a destination.
    ///
    /// There are never more of them than destinations in the specs of actions.
    private mutating func gateNumber(_ destination: String?) -> Int {
        if let number = gateNumbers[destination] { return number }
        // What goes nowhere needs no pace.
        let pace = destination.map { _ in Pace(count: policy.rateCount, period: policy.ratePeriod) }
        gates.append(Gate(pace: pace))
        gateNumbers[destination] = gates.count - 1
        return gates.count - 1
    }

    private mutating func start(_ lane: String, now: Duration) -> Attempt {
        guard let place = lanes.index(forKey: lane), let task = lanes.values[place].task,
            case .perform(let action) = task.work
        else { preconditionFailure("a lane was ready that had nothing to do") }
        lanes.values[place].isUnderWay = true
        lanes.values[place].progress.begin(now: now)
        underWay += 1
        return Attempt(lane: lane, job: task.job, action: action)
    }
}

extension Reason {
    fileprivate static let drainEnded = Reason("drain-ended", "The time for finishing (--drain) did not suffice.")

    fileprivate static func unauthorized(_ destination: String) -> Reason {
        Reason("unauthorized", "Nothing more is sent to \(destination), which does not accept the key.")
    }
}
