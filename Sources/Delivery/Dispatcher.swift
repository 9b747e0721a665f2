public import ActionKit
import Synchronization

/// Performs jobs: in order within a lane, several lanes at once, again where that may help.
///
/// What happens when is decided by ``DispatchState``, a value without a clock; the dispatcher makes the attempts it asks for
/// in one task group and reports every job exactly once.
///
/// ```swift
/// let dispatcher = Dispatcher(transport: transport, policy: DeliveryPolicy(), clock: ContinuousClock())
/// await dispatcher.run(drain: .seconds(300)) { intake in
///     await intake.submit(firing)
/// } report: { firing, index, settlement in … }
/// ```
public struct Dispatcher: Sendable {
    private let transport: any Transport
    private let policy: DeliveryPolicy
    private let clock: ContinuousClock
    private let jitter: @Sendable () -> Double

    /// Creates a dispatcher.
    ///
    /// - Parameter jitter: Draws a number from `0..<1`.
    public init(
        transport: any Transport,
        policy: DeliveryPolicy,
        clock: ContinuousClock = ContinuousClock(),
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.transport = transport
        self.policy = policy
        self.clock = clock
        self.jitter = jitter
    }

    /// What the dispatcher has to be told.
    private enum Occurrence: Sendable {
        case submitted(FiringDelivery)
        case attempted(lane: String, DeliveryOutcome)
        case woke
        case closed
        case ended(Reason)
    }

    /// Where firings are handed in while the dispatcher runs.
    public struct Intake: Sendable {
        fileprivate let room: Room
        fileprivate let submitted: @Sendable (FiringDelivery) -> Void
        fileprivate let ended: @Sendable (Reason) -> Void

        /// Hands a firing in; waits while too many are unsettled.
        ///
        /// - Returns: Whether the firing was taken. Once the intake is closed none is, and none is reported.
        public func submit(_ firing: FiringDelivery) async -> Bool {
            guard await room.enter() else { return false }
            submitted(firing)
            return true
        }

        /// Begins no further attempt: those under way end, and everything else is settled as it stands.
        public func stop(because reason: Reason) {
            room.close()
            ended(reason)
        }

        /// Whether a destination has refused the key, or the dispatcher was stopped.
        public var isClosed: Bool { room.isClosed }
    }

    /// Runs until `feed` has returned and every job is settled.
    ///
    /// - Parameters:
    ///   - drain: How long jobs are still attempted after `feed` has returned.
    ///   - feed: Hands firings in.
    ///   - report: Is told of every job once its outcome is known; calls do not overlap.
    public func run(
        drain: Duration,
        feed: @escaping @Sendable (Intake) async -> Void,
        report: (FiringDelivery, _ index: Int, Settlement) async -> Void
    ) async {
        let (occurrences, continuation) = AsyncStream.makeStream(of: Occurrence.self)
        let room = Room(size: policy.pendingMax)
        let intake = Intake(
            room: room,
            submitted: { continuation.yield(.submitted($0)) },
            ended: { continuation.yield(.ended($0)) }
        )
        let start = clock.now
        var state = DispatchState(policy: policy)
        var isClosed = false
        await withDiscardingTaskGroup { group in
            group.addTask {
                await feed(intake)
                continuation.yield(.closed)
            }
            for await occurrence in occurrences {
                let now = start.duration(to: clock.now)
                var commands: [DispatchState.Command] = []
                switch occurrence {
                case .submitted(let firing): commands = state.submit(firing, now: now)
                case .attempted(let lane, let outcome):
                    commands = state.attempted(lane: lane, outcome, jitter: jitter(), now: now)
                case .woke: commands = state.woke(now: now)
                case .ended(let reason): commands = state.end(because: reason, now: now)
                case .closed:
                    isClosed = true
                    group.addTask {
                        guard (try? await clock.sleep(for: drain)) != nil else { return }
                        let reason = Reason("drain-ended", "The time for finishing (--drain) was over.")
                        continuation.yield(.ended(reason))
                    }
                }
                for command in commands {
                    switch command {
                    case .attempt(let lane, let job, let action):
                        group.addTask {
                            let outcome = await action.deliver(job, over: transport)
                            continuation.yield(.attempted(lane: lane, outcome))
                        }
                    case .wake(let after):
                        group.addTask {
                            // Cancelled only when everything is settled, and then nobody waits for it.
                            try? await clock.sleep(for: after)
                            continuation.yield(.woke)
                        }
                    case .settle(let firing, let index, let settlement):
                        await report(firing, index, settlement)
                        if index == firing.tasks.count - 1 { room.leave() }
                    case .halt: room.close()
                    }
                }
                if isClosed, state.isIdle { break }
            }
            group.cancelAll()
        }
    }
}

/// Room for so many firings; who finds none waits.
final class Room: Sendable {
    private struct State {
        var free: Int
        var isClosed = false
        var waiting: [CheckedContinuation<Bool, Never>] = []
    }

    private let state: Mutex<State>

    init(size: Int) {
        state = Mutex(State(free: size))
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Waits for room; `false` when the room is closed.
    func enter() async -> Bool {
        await withCheckedContinuation { continuation in
            let answer = state.withLock { state -> Bool? in
                if state.isClosed { return false }
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return nil
                }
                state.free -= 1
                return true
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// Gives room back.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            if state.waiting.isEmpty {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume(returning: true)
    }

    /// Lets nobody in any more.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: false) }
    }
}
