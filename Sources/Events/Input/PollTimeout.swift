/// How long one call of `poll` may wait, on the way to a deadline.
struct PollTimeout {
    /// What `poll` is given.
    let milliseconds: Int32

    /// Whether the deadline is reached when that time has passed; a later one takes several calls.
    let isWhole: Bool

    private static let secondsMax: Int64 = 86_400

    /// Rounded up: who is called a moment early would ask again and again until it is over.
    init(until deadline: ContinuousClock.Instant) {
        let (seconds, attoseconds) = max(.zero, ContinuousClock.now.duration(to: deadline)).components
        isWhole = seconds < Self.secondsMax
        let part = isWhole ? (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000 : 0
        milliseconds = Int32(min(seconds, Self.secondsMax) * 1000 + part)
    }
}
