/// A clock on which everybody sleeps until the test opens the gate.
final class GateClock: Clock {
    private let sleepers = AsyncStream.makeStream(of: Duration.self)
    private let gate = AsyncStream.makeStream(of: Void.self)

    let now = ContinuousClock.now

    var minimumResolution: Duration { .zero }

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        sleepers.continuation.yield(deadline - now)
        for await _ in gate.stream { return }
        throw CancellationError()
    }

    /// Waits until somebody sleeps, and says for how long.
    func waitForSleeper() async -> Duration? {
        for await duration in sleepers.stream { return duration }
        return nil
    }

    /// Wakes the one who sleeps.
    func open() {
        gate.continuation.yield()
    }
}
