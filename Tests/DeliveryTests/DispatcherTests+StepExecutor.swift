import Synchronization

/// Runs tasks on the thread of the test, one step after the other, until none can go on.
final class StepExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let waiter = state.withLock { state in
            state.jobs.append(job)
            return state.waiter.take()
        }
        waiter?.resume()
    }

    /// Runs until every task waits for something that only the test can bring about.
    func runUntilIdle() {
        while let job = state.withLock({ $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }) {
            unsafe job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    /// Runs until every task waits for something that only the test can bring about.
    ///
    /// - Parameter isBusy: Whether something outside of the executor is at work that a task waits for.
    func runUntilIdle(isBusy: () -> Bool) async {
        runUntilIdle()
        while isBusy() {
            await withCheckedContinuation { continuation in
                let hasJob = state.withLock { state in
                    guard state.jobs.isEmpty else { return true }
                    state.waiter = continuation
                    return false
                }
                if hasJob { continuation.resume() }
            }
            runUntilIdle()
        }
    }
}

/// A clock that stands until the test moves it.
final class ManualClock: Clock {
    /// A time since the clock was made.
    struct Instant: InstantProtocol {
        var offset: Duration

        static func < (one: Self, other: Self) -> Bool { one.offset < other.offset }

        func advanced(by duration: Duration) -> Self { Self(offset: offset + duration) }

        func duration(to other: Self) -> Duration { other.offset - offset }
    }

    private struct State {
        var now = Instant(offset: .zero)
        var sleepers: [(id: Int, deadline: Instant, continuation: CheckedContinuation<Void, any Error>)] = []
        var cancelled: Set<Int> = []
        var count = 0
    }

    private let state = Mutex(State())

    var now: Instant { state.withLock { $0.now } }

    var minimumResolution: Duration { .zero }

    /// How many tasks sleep.
    var sleepers: Int { state.withLock { $0.sleepers.count } }

    /// The time at which the next sleeper wakes.
    var nextDeadline: Instant? { state.withLock { $0.sleepers.map(\.deadline).min() } }

    func sleep(until deadline: Instant, tolerance _: Duration?) async throws {
        let id = state.withLock { state in
            state.count += 1
            return state.count
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = state.withLock { state -> Bool? in
                    if state.cancelled.contains(id) { return false }
                    if deadline <= state.now { return true }
                    state.sleepers.append((id, deadline, continuation))
                    return nil
                }
                switch isOver {
                case true?: continuation.resume()
                case false?: continuation.resume(throwing: CancellationError())
                case nil: break
                }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.cancelled.insert(id)
                let index = state.sleepers.firstIndex { $0.id == id }
                return index.map { state.sleepers.remove(at: $0) }
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Moves the clock and wakes whose time has come.
    func set(to instant: Instant) {
        state.withLock { $0.now = instant }
        wake { $0 <= instant }
    }

    /// Wakes everybody, as no clock should.
    func wakeAll() {
        wake { _ in true }
    }

    private func wake(_ isMeant: (Instant) -> Bool) {
        let woken = state.withLock { state in
            let woken = state.sleepers.filter { isMeant($0.deadline) }
            state.sleepers.removeAll { isMeant($0.deadline) }
            return woken
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }
}
