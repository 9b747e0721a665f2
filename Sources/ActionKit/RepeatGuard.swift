/// Whom a job is for, where doing it again for the same ones is pointless for a while.
public struct RepeatGuard: Hashable, Sendable {
    /// Those for whom it is done, such as the phone numbers of agents.
    public var members: [String]

    /// For how long it counts as done for one of them.
    public var period: Duration

    /// Creates a guard.
    public init(members: [String], period: Duration) {
        self.members = members
        self.period = period
    }
}
