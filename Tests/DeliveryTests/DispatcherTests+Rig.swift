import ActionKit
import Delivery
import Synchronization

/// A dispatcher in a world that stands still unless the test moves it, and keeps a log.
///
/// Every step runs until nothing more can happen, so that the log between two steps is always the same.
final class Rig: Sendable {
    private let policy: DeliveryPolicy
    private let journal = Journal()
    private let stage: Stage
    private let executor = StepExecutor()
    private let clock = ManualClock()
    private let intake = Mutex<Dispatcher.Intake?>(nil)
    private let openInput = Mutex<CheckedContinuation<Void, Never>?>(nil)
    private let openReport = Mutex<CheckedContinuation<Void, Never>?>(nil)
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Creates a rig; unless told otherwise it is never held back.
    init(
        concurrency: Int = 8,
        rate: Int = 1_000,
        pendingMax: Int = 1_000,
        giveUpAfter: Duration = .seconds(86_400)
    ) {
        var policy = DeliveryPolicy(concurrency: concurrency, rateCount: rate, pendingMax: pendingMax)
        policy.retry.giveUpAfter = giveUpAfter
        self.policy = policy
        stage = Stage(watch: { [journal] id in journal.write("\(id) begins") })
    }

    /// Runs the dispatcher over these firings.
    ///
    /// - Parameters:
    ///   - firings: In the notation of these tests.
    ///   - drain: See `Dispatcher.run`.
    ///   - isInputOpen: Whether the feed returns only after ``endInput()``.
    ///   - slowReport: The job whose report returns only after ``endReport()``.
    func start(
        _ firings: [String],
        drain: Duration = .seconds(300),
        isInputOpen: Bool = false,
        slowReport: String? = nil
    ) {
        let dispatcher = Dispatcher(transport: NoTransport(), policy: policy, clock: clock) { 0 }
        let running = Task(executorPreference: executor) { [self] in
            await dispatcher.run(drain: drain) { [self] intake in
                self.intake.withLock { $0 = intake }
                for (number, text) in firings.enumerated() {
                    let firing = FiringDelivery(text, number: number, on: stage)
                    if await !intake.submit(firing) { journal.write("\(text) is not taken") }
                }
                journal.write("all handed in")
                if isInputOpen { await withCheckedContinuation { open in openInput.withLock { $0 = open } } }
            } report: { [self] firing, index, settlement in
                let id = firing.tasks[index].job.id
                journal.write("\(id) \(settlement.text)")
                if id == slowReport { await withCheckedContinuation { open in openReport.withLock { $0 = open } } }
            }
            journal.write("over")
        }
        task.withLock { $0 = running }
        executor.runUntilIdle()
    }

    /// Ends the attempt at a job.
    func end(_ id: String, _ outcome: DeliveryOutcome = .done) {
        if !stage.end(id, outcome) { journal.write("no attempt at \(id) to end") }
        executor.runUntilIdle()
    }

    /// Lets time pass, and whatever happens in it happen at its time.
    func advance(by duration: Duration) {
        let target = clock.now.advanced(by: duration)
        while let next = clock.nextDeadline, next <= target {
            clock.set(to: next)
            executor.runUntilIdle()
        }
        clock.set(to: target)
    }

    /// Wakes all who sleep, though their time has not come.
    func wakeTooEarly() {
        clock.wakeAll()
        executor.runUntilIdle()
    }

    /// Lets the feed return.
    func endInput() {
        openInput.withLock { $0.take() }?.resume()
        executor.runUntilIdle()
    }

    /// Lets the slow report return.
    func endReport() {
        openReport.withLock { $0.take() }?.resume()
        executor.runUntilIdle()
    }

    /// Stops the dispatcher from outside.
    func stop() {
        intake.withLock { $0 }?.stop(because: Reason("not-attempted", "The run was stopped."))
        executor.runUntilIdle()
    }

    /// Cancels the task that runs the dispatcher.
    func cancel() {
        task.withLock { $0 }?.cancel()
        executor.runUntilIdle()
    }

    /// Hands a firing in from outside of the feed.
    func submitFromOutside(_ text: String) {
        guard let intake = intake.withLock({ $0 }) else { return }
        Task(executorPreference: executor) { [self] in
            if await !intake.submit(FiringDelivery(text, on: stage)) { journal.write("\(text) is not taken") }
        }
        executor.runUntilIdle()
    }

    /// What happened since the last call.
    func takeLog() -> [String] { journal.take() }

    /// Whether firings are still taken.
    var isTaking: Bool { intake.withLock { $0 }.map { !$0.isClosed } ?? false }

    /// How many tasks sleep.
    var sleepers: Int { clock.sleepers }

    /// The time since the beginning at which the next of them wakes.
    var nextWaking: Duration? { clock.nextDeadline?.offset }
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
