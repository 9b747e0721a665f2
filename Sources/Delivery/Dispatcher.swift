public import ActionKit
public import Events
public import Ledger

/// Performs the open jobs of a ledger: in order within a lane, several lanes at once, again where that may help.
///
/// The ledger is the queue. What happens when is decided by `DispatchState`, a value without a clock; the dispatcher pulls jobs
/// into it, writes what happened and what is about to, makes the attempts that the ledger permits in one task group, and
/// reports every job that it settles exactly once. Nothing is sent before its beginning is written, and nothing is reported
/// before its outcome is.
///
/// ```swift
/// let dispatcher = Dispatcher(ledger: ledger, transport: transport, policy: DeliveryPolicy(), now: { .now })
/// try await dispatcher.run(drain: .seconds(300)) { job in .perform(…) } feed: { intake in
///     while await intake.waitForRoom(), let batch = next() {
///         try ledger.take(batch, now: .now)
///         intake.arrived()
///     }
/// } report: { job, settlement in … } notice: { notice in … }
/// ```
public struct Dispatcher: Sendable {
    let ledger: any JobLedger
    let transport: any Transport
    let policy: DeliveryPolicy
    let guards: DeliveryGuards
    let keysMayChange: Bool
    let clock: any Clock<Duration>
    let now: @Sendable () -> Instant
    let jitter: @Sendable () -> Double

    /// Creates a dispatcher.
    ///
    /// - Parameters:
    ///   - ledger: Where the jobs are.
    ///   - transport: Carries requests.
    ///   - policy: How jobs are attempted.
    ///   - guards: What keeps jobs from being performed.
    ///   - keysMayChange: Whether somebody may call ``Intake/resume(_:)``; if not, nobody waits for room that only that could
    ///     make.
    ///   - clock: Measures all waits.
    ///   - now: The time on the wall, which is written down and nothing else.
    ///   - jitter: Draws a number from `0..<1` for each wait, so that jobs which failed together do not come back together.
    public init(
        ledger: Ledger,
        transport: any Transport,
        policy: DeliveryPolicy,
        guards: DeliveryGuards = DeliveryGuards(),
        keysMayChange: Bool = true,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Instant,
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.init(
            jobs: ledger,
            transport: transport,
            policy: policy,
            guards: guards,
            keysMayChange: keysMayChange,
            clock: clock,
            now: now,
            jitter: jitter
        )
    }

    init(
        jobs: any JobLedger,
        transport: any Transport,
        policy: DeliveryPolicy,
        guards: DeliveryGuards,
        keysMayChange: Bool,
        clock: any Clock<Duration>,
        now: @escaping @Sendable () -> Instant,
        jitter: @escaping @Sendable () -> Double
    ) {
        precondition(policy.isWorkable, "a policy under which no attempt could ever begin: \(policy)")
        ledger = jobs
        self.transport = transport
        self.policy = policy
        self.guards = guards
        self.keysMayChange = keysMayChange
        self.clock = clock
        self.now = now
        self.jitter = jitter
    }

    /// What the dispatcher has to be told.
    enum Occurrence: Sendable {
        case arrived
        case rescan
        case roomIsWanted
        case reportsHaveRoom
        case resumed(destination: String)
        case attempted(lane: String, DeliveryOutcome, ExchangeRecord?)
        case woke
        case fed
        case stopped
    }

    /// Where the dispatcher is told of what happens around it while it runs.
    public struct Intake: Sendable {
        let room: Room
        let mailbox: Mailbox<Occurrence>

        /// Tells that jobs were put behind the others in the ledger.
        public func arrived() { mailbox.post(.arrived) }

        /// Has the ledger read again from its beginning, since something changed within it.
        ///
        /// Jobs that a person has sent again stand at its end, for which ``arrived()`` is enough.
        public func rescan() { mailbox.post(.rescan) }

        /// Waits while too many jobs are open; returns at once while there is room.
        ///
        /// - Returns: Whether there is room. There is none any more once the dispatcher was stopped, nor when all open jobs
        ///   wait for another key and nobody will change it.
        public func waitForRoom() async -> Bool {
            await room.wait { mailbox.post(.roomIsWanted) }
        }

        /// Tells that a destination has another key: the jobs that wait for it go on.
        public func resume(_ destination: String) { mailbox.post(.resumed(destination: destination)) }

        /// Tells that what is reported finds room again.
        public func reportsHaveRoom() { mailbox.post(.reportsHaveRoom) }

        /// Begins no further attempt: those under way end and are written, and everything else stays in the ledger.
        public func stop() {
            room.close()
            mailbox.post(.stopped)
        }

        /// Whether the dispatcher was stopped or has ended.
        public var isClosed: Bool { room.isClosed }
    }

    /// Runs until `feed` has returned and every job that could be attempted is settled.
    ///
    /// Jobs that wait for another key are not waited for. A cancelled run cancels `feed` and the attempts under way, begins
    /// nothing more, and still writes what became of those attempts.
    ///
    /// - Parameters:
    ///   - drain: How long jobs are still attempted after `feed` has returned. Jobs that could only be attempted later are not
    ///     waited for; they stay in the ledger, and nothing is reported of them.
    ///   - work: What is to be done about a job. Is asked when the job is read from the ledger, which may be long before its
    ///     attempt and more than once.
    ///   - feed: Puts jobs into the ledger.
    ///   - canReport: Whether what is reported finds room. While it does not, nothing is read from the ledger or begun; what is
    ///     under way ends, is written and is reported. Whoever says no calls ``Intake/reportsHaveRoom()`` later.
    ///   - report: Is told of every job that is settled, once that is written; calls do not overlap.
    ///   - notice: Is told what a person must know.
    /// - Throws: Why the ledger could not be read or written. Nothing has begun since, the attempts that were under way have
    ///   ended, and the ledger does not know how.
    public func run(
        drain: Duration,
        work: @escaping @Sendable (QueuedJob) -> FiringDelivery.Work,
        feed: @escaping @Sendable (Intake) async -> Void,
        canReport: () -> Bool = { true },
        report: (QueuedJob, Settlement) async -> Void,
        notice: (DeliveryNotice) async -> Void = { _ in }
    ) async throws(LedgerProblem) {
        let ledger = ledger
        let intake = Intake(room: Room(size: policy.openMax) { ledger.openCount }, mailbox: Mailbox())
        var turns = DispatchTurns(self, intake: intake, drain: min(drain, Stopwatch.sleepMax), work: work)
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    await feed(intake)
                    intake.mailbox.post(.fed)
                }
                await turns.run(in: &group, canReport: canReport, report: report, notice: notice)
                intake.room.close()
                group.cancelAll()
            }
        } onCancel: {
            intake.stop()
        }
        if let problem = turns.problem { throw problem }
    }
}

/// The time since the beginning, whatever the clock.
struct Stopwatch: Sendable {
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
