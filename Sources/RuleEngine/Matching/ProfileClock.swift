/// A clock for durations of nanoseconds, which knows how long it takes itself.
public struct ProfileClock {
    private let now: () -> UInt64

    /// What passes between two looks at the clock with nothing between them.
    private let overhead: UInt64

    /// The shortest of so many pairs of looks is what a look takes; the others were interrupted.
    private static let trials = 1_000

    /// Creates a clock.
    ///
    /// - Parameter now: Goes on steadily, in nanoseconds.
    public init(_ now: @escaping () -> UInt64) {
        self.now = now
        overhead =
            (0..<Self.trials).map { _ in
                let start = now()
                return now() - start
            }.min() ?? 0
    }

    /// What a piece of work comes to, and how long it takes.
    func time<Result>(_ work: () -> Result) -> (result: Result, nanoseconds: UInt64) {
        let start = now()
        let result = work()
        let took = now() - start
        return (result, took - min(took, overhead))
    }
}
