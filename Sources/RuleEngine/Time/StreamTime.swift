/// How event time goes on.
public struct StreamTime: Hashable, Sendable {
    /// How much later than others an event may come and still be decided in its turn: so long everything waits.
    public var lateness: Duration

    /// How long an idle live stream is waited for before the clock decides.
    public var grace: Duration

    /// How far event time may lie behind the clock for a stream to count as live.
    public var liveLag: Duration

    /// How far time stays behind the clock while no event comes.
    var patience: Duration { max(grace, lateness) }

    /// Creates settings of time.
    public init(
        lateness: Duration = .zero,
        grace: Duration = .seconds(10),
        liveLag: Duration = .seconds(120)
    ) {
        self.lateness = lateness
        self.grace = grace
        self.liveLag = liveLag
    }
}
