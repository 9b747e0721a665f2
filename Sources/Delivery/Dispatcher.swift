public import ActionKit

/// Performs jobs: in order within a lane, several lanes at once, again where that may help.
///
/// What happens when is decided by `DispatchState`, a value without a clock; the dispatcher makes the attempts that it asks
/// for in one task group, and reports every job exactly once.
///
/// ```swift
/// let dispatcher = Dispatcher(transport: transport, policy: DeliveryPolicy())
/// await dispatcher.run(drain: .seconds(300)) { intake in
///     _ = await intake.submit(firing)
/// } report: { firing, index, settlement in … }
/// ```
public struct Dispatcher: Sendable {
    private let transport: any Transport
    private let policy: DeliveryPolicy
    private let clock: any Clock<Duration>
    private let jitter: @Sendable () -> Double

    /// Creates a dispatcher.
    ///
    /// `jitter` draws a number from `0..<1` for each wait, so that jobs which failed together do not come back together.
    public init(
        transport: any Transport,
        policy: DeliveryPolicy,
        clock: any Clock<Duration> = ContinuousClock(),
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        precondition(
            policy.concurrency > 0 && policy.rateCount > 0 && policy.ratePeriod > .zero && policy.pendingMax > 0,
            "a policy under which no attempt could ever begin: \(policy)"
        )
        self.transport = transport
        self.policy = policy
        self.clock = clock
        self.jitter = jitter
    }

    /// What the dispatcher has to be told.
    fileprivate enum Occurrence: Sendable {
        case submitted(FiringDelivery)
        case attempted(lane: String, DeliveryOutcome)
        case woke
        case fed
        case stopped(Reason)
    }

    /// Where firings are handed in while the dispatcher runs.
    public struct Intake: Sendable {
        fileprivate let room: Room
        fileprivate let mailbox: Mailbox<Occurrence>

        /// Hands a firing in; waits while too many are unsettled.
        ///
        /// - Returns: Whether the firing was taken. Once the intake is closed none is, and none is reported.
        public func submit(_ firing: FiringDelivery) async -> Bool {
            // Without jobs there is nothing to report, and so nothing that would ever leave the room.
            guard !firing.tasks.isEmpty else { return !room.isClosed }
            guard await room.enter() else { return false }
            mailbox.post(.submitted(firing))
            return true
        }

        /// Begins no further attempt: those under way end, and everything else is settled as it stands.
        public func stop(because reason: Reason) {
            room.close()
            // The ends of attempts that are still unread must not make room for new ones.
            mailbox.post(.stopped(reason), isUrgent: true)
        }

        /// Whether a destination has refused the key, or the dispatcher was stopped.
        public var isClosed: Bool { room.isClosed }
    }

    /// Runs until `feed` has returned and every job is settled.
    ///
    /// A cancelled run cancels `feed` and the attempts under way, begins nothing more, and still reports every job.
    ///
    /// - Parameters:
    ///   - drain: How long jobs are still attempted after `feed` has returned. Jobs that could only be attempted later are not
    ///     waited for.
    ///   - feed: Hands firings in.
    ///   - report: Is told of every job once its outcome is known; calls do not overlap. Nothing begins while it runs, so that
    ///     a job is not performed before the one in front of it is on record.
    public func run(
        drain: Duration,
        feed: @escaping @Sendable (Intake) async -> Void,
        report: (FiringDelivery, _ index: Int, Settlement) async -> Void
    ) async {
        let intake = Intake(room: Room(size: policy.pendingMax), mailbox: Mailbox())
        let stopwatch = Stopwatch(clock)
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    await feed(intake)
                    intake.room.close()
                    intake.mailbox.post(.fed)
                }
                var state = DispatchState(policy: policy)
                var isFed = false
                while !isFed || !intake.room.isEmpty {
                    let occurrence = await intake.mailbox.take()
                    if case .fed = occurrence { isFed = true }
                    let settled = take(occurrence, into: &state, drain: drain, now: stopwatch.elapsed())
                    if state.hasRefusal { intake.room.close() }
                    for job in settled {
                        await report(job.firing, job.index, job.settlement)
                        if job.isLast { intake.room.leave() }
                    }
                    // Who asked for a stop while jobs were reported will see no further attempt.
                    guard !intake.mailbox.hasUrgent else { continue }
                    proceed(&state, in: &group, intake: intake, stopwatch: stopwatch)
                }
                group.cancelAll()
            }
        } onCancel: {
            intake.stop(because: .cancelled)
        }
    }

    /// Makes the attempts that may begin, and sees to it that the next one is not missed.
    private func proceed(
        _ state: inout DispatchState,
        in group: inout DiscardingTaskGroup,
        intake: Intake,
        stopwatch: Stopwatch
    ) {
        // Reporting may have taken long; the pace is held against the time at which attempts really begin.
        let now = stopwatch.elapsed()
        for attempt in state.begin(now: now) {
            group.addTask {
                let outcome = await attempt.action.deliver(attempt.job, over: transport)
                intake.mailbox.post(.attempted(lane: attempt.lane, outcome))
            }
        }
        if let due = state.alarm(now: now) {
            group.addTask {
                guard await stopwatch.sleep(until: due) else { return }
                intake.mailbox.post(.woke)
            }
        }
    }

    private func take(
        _ occurrence: Occurrence,
        into state: inout DispatchState,
        drain: Duration,
        now: Duration
    ) -> [DispatchState.Report] {
        switch occurrence {
        case .submitted(let firing): state.submit(firing)
        case .attempted(let lane, let outcome): state.attempted(lane: lane, outcome, jitter: jitter(), now: now)
        case .woke: state.woke(now: now)
        case .fed: state.close(drain: min(drain, Stopwatch.sleepMax), now: now)
        case .stopped(let reason): state.end(because: reason)
        }
    }
}

/// The time since the beginning, whatever the clock.
private struct Stopwatch: Sendable {
    /// A system's clock cannot sleep for any time at all: beyond some centuries it traps.
    static let sleepMax = Duration.seconds(86_400 * 3_650)

    /// The time that has passed.
    let elapsed: @Sendable () -> Duration

    private let wait: @Sendable (Duration) async throws -> Void

    init(_ clock: some Clock<Duration>) {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        wait = { try await clock.sleep(until: start.advanced(by: $0), tolerance: nil) }
    }

    /// Sleeps; `false` when the task was cancelled before the time came.
    func sleep(until due: Duration) async -> Bool {
        // Whoever is woken early must not be told that it is time: nobody would wake it again.
        while elapsed() < due {
            guard (try? await wait(min(due, elapsed() + Self.sleepMax))) != nil else { return false }
        }
        return true
    }
}

extension Reason {
    fileprivate static let cancelled = Reason("not-attempted", "The run was cancelled.")
}
