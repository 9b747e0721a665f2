internal import Events

/// One time on two clocks.
struct Moment: Hashable, Sendable {
    /// The time since the dispatcher began, which nobody can set: every wait is counted by it.
    var elapsed: Duration

    /// The time on the wall, which may jump: it is written down, and compared with what another process has written.
    var wall: Instant
}
