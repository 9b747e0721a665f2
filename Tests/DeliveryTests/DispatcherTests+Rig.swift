import ActionKit
import Events
import Ledger
import Synchronization

@testable import Delivery

/// A dispatcher over a ledger in memory, in a world that stands still unless the test moves it, and keeps a log.
///
/// Every step runs until nothing more can happen, so that the log between two steps is always the same.
final class Rig: Sendable {
    private let policy: DeliveryPolicy
    private let guards: DeliveryGuards
    private let keysMayChange: Bool
    private let journal: Journal
    private let stage: Stage
    private let ledger: WatchedLedger
    private let executor = StepExecutor()
    private let clock = ManualClock()
    private let intake = Mutex<Dispatcher.Intake?>(nil)
    private let openInput = Mutex<CheckedContinuation<Void, Never>?>(nil)
    private let openReport = Mutex<CheckedContinuation<Void, Never>?>(nil)
    private let canReport = Mutex(true)
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Creates a rig; unless told otherwise it is never held back.
    init(
        _ policy: DeliveryPolicy = .unhurried(),
        guards: DeliveryGuards = DeliveryGuards(loop: nil),
        keysMayChange: Bool = true,
        failure: WatchedLedger.Failure? = nil
    ) throws {
        self.policy = policy
        self.guards = guards
        self.keysMayChange = keysMayChange
        let journal = Journal()
        let ledger = WatchedLedger(try .inMemory(), failure: failure)
        self.journal = journal
        self.ledger = ledger
        stage = Stage(watch: { text in
            let isWritten = ledger.hasBegun(String(text.prefix { $0 != "+" }))
            journal.write(isWritten ? "\(text) begins" : "\(text) begins though that is not written")
        })
    }

    /// Runs a dispatcher over the ledger, to which these firings are added first.
    ///
    /// - Parameters:
    ///   - firings: In the notation of these tests.
    ///   - drain: See `Dispatcher.run`.
    ///   - isInputOpen: Whether the feed returns only after ``endInput()``.
    ///   - slowReport: The job whose report returns only after ``endReport()``.
    /// - Throws: When the ledger does not take the firings.
    func start(
        _ firings: [String],
        drain: Duration = .seconds(300),
        isInputOpen: Bool = false,
        slowReport: String? = nil
    ) async throws {
        if !firings.isEmpty { try ledger.ledger.take(IntakeBatch(firings), now: wall) }
        let dispatcher = Dispatcher(
            jobs: ledger,
            transport: NoTransport(),
            policy: policy,
            guards: guards,
            keysMayChange: keysMayChange,
            clock: clock,
            now: { [self] in wall },
            jitter: { 0 }
        )
        let running = Task(executorPreference: executor) { [self] in
            do throws(LedgerProblem) {
                try await dispatcher.run(drain: drain) { [self] job in
                    job.work(on: stage)
                } feed: { [self] intake in
                    self.intake.withLock { $0 = intake }
                    if isInputOpen { await withCheckedContinuation { open in openInput.withLock { $0 = open } } }
                } canReport: { [self] in
                    canReport.withLock(\.self)
                } report: { [self] job, settlement in
                    journal.write("\(job.job.id) \(settlement.text)")
                    guard job.job.id == slowReport else { return }
                    await withCheckedContinuation { open in openReport.withLock { $0 = open } }
                } notice: { [journal] notice in
                    journal.write(notice.text)
                }
                journal.write("over")
            } catch {
                journal.write("over: \(error)")
            }
        }
        task.withLock { $0 = running }
        await settle()
    }

    /// The time on the wall, which goes with the clock.
    private var wall: Instant { Instant(milliseconds: 0).advanced(by: clock.now.offset) }

    private func settle() async {
        await executor.runUntilIdle { ledger.isBusy }
    }

    /// Ends the attempt at a job.
    func end(_ id: String, _ outcome: DeliveryOutcome = .done) async {
        if !stage.end(id, outcome) { journal.write("no attempt at \(id) to end") }
        await settle()
    }

    /// Lets there be no room for what is reported.
    func fillReports() { canReport.withLock { $0 = false } }

    /// Lets there be room again, and tells.
    func emptyReports() async {
        canReport.withLock { $0 = true }
        intake.withLock(\.self)?.reportsHaveRoom()
        await settle()
    }

    /// Ends attempts at the same moment.
    func end(together ids: [String]) async {
        for id in ids where !stage.end(id, .done) { journal.write("no attempt at \(id) to end") }
        await settle()
    }

    /// Lets time pass, and whatever happens in it happen at its time.
    func advance(by duration: Duration) async {
        let target = clock.now.advanced(by: duration)
        while let next = clock.nextDeadline, next <= target {
            clock.set(to: next)
            await settle()
        }
        clock.set(to: target)
    }

    /// Wakes all who sleep, though their time has not come.
    func wakeTooEarly() async {
        clock.wakeAll()
        await settle()
    }

    /// Adds firings to the ledger.
    func add(_ firings: [String]) async throws {
        try ledger.ledger.take(IntakeBatch(firings), now: wall)
        intake.withLock { $0 }?.arrived()
        await settle()
    }

    /// Asks for room from outside of the feed.
    func waitForRoom(as name: String) async {
        guard let intake = intake.withLock({ $0 }) else { return }
        Task(executorPreference: executor) { [journal] in
            journal.write(await intake.waitForRoom() ? "room for \(name)" : "no room for \(name)")
        }
        await settle()
    }

    /// Lets the feed return.
    func endInput() async {
        openInput.withLock { $0.take() }?.resume()
        await settle()
    }

    /// Lets the slow report return.
    func endReport() async {
        openReport.withLock { $0.take() }?.resume()
        await settle()
    }

    /// Gives a destination another key.
    func resume(_ destination: String) async {
        intake.withLock { $0 }?.resume(destination)
        await settle()
    }

    /// A person sends a job again.
    func sendAgain(_ job: Int64) async throws {
        _ = try ledger.ledger.retry([job])
        intake.withLock { $0 }?.arrived()
        await settle()
    }

    /// A person drops a job.
    func drop(_ job: Int64) async throws {
        _ = try ledger.ledger.drop(job, now: wall)
        intake.withLock { $0 }?.rescan()
        await settle()
    }

    /// Stops the dispatcher from outside.
    func stop() async {
        intake.withLock { $0 }?.stop()
        await settle()
    }

    /// Cancels the task that runs the dispatcher.
    func cancel() async {
        task.withLock { $0 }?.cancel()
        await settle()
    }

    /// What happened since the last call.
    func takeLog() -> [String] { journal.take() }

    /// How many jobs are open in the ledger.
    var openCount: Int { ledger.openCount }

    /// How many steps were written.
    var steps: Int { ledger.steps }

    /// How many jobs were read from the queue, those read again too.
    var jobsRead: Int { ledger.jobsRead }

    /// How many tasks sleep.
    var sleepers: Int { clock.sleepers }

    /// The time since the beginning at which the next of them wakes.
    var nextWaking: Duration? { clock.nextDeadline?.offset }
}

extension DeliveryPolicy {
    /// A policy that holds nothing back unless it is told to.
    static func unhurried(
        concurrency: Int = 8,
        rate: Int = 1_000,
        failures: Int = 1_000_000,
        windowMax: Int = 5_000,
        laneMax: Int = 100,
        openMax: Int = 100_000
    ) -> Self {
        var policy = DeliveryPolicy(
            concurrency: concurrency,
            rateCount: rate,
            windowMax: windowMax,
            laneMax: laneMax,
            openMax: openMax
        )
        policy.circuit.failuresMax = failures
        return policy
    }
}

/// What happened, in order.
final class Journal: Sendable {
    private let events = Mutex<[String]>([])

    func write(_ event: String) {
        events.withLock { $0.append(event) }
    }

    /// Tears out what is written.
    func take() -> [String] {
        events.withLock { events in
            defer { events = [] }
            return events
        }
    }
}

/// For actions that send nothing.
struct NoTransport: Transport {
    func send(_: ActionRequest) async -> Exchange {
        .notSent(Reason("no-transport", "There is no transport."))
    }
}
