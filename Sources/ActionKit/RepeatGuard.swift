/// Whom a job is for, where doing it again for the same ones is pointless for a while.
///
/// Delivery leaves out those for whom the ledger says that the same action did it already in the same conversation, and
/// never has to know what the action does:
///
/// ```swift
/// if let repeats = action.repeatGuard {
///     let open = repeats.members.filter { !done.contains($0) }
///     if !open.isEmpty { action = action.narrowed(to: open) }
/// }
/// ```
public struct RepeatGuard: Hashable, Sendable {
    /// Those for whom it is done, each once and at least one, as the outcome's ``Receipt`` names them.
    public var members: [String]

    /// For how long it is not done again for those for whom it was done.
    ///
    /// With none, only equal calls on one event are merged.
    public var period: Duration

    /// Creates a guard.
    public init(members: [String], period: Duration) {
        self.members = members
        self.period = period
    }
}

extension Action {
    /// An action is done as often as it is asked for, unless it says otherwise.
    public var repeatGuard: RepeatGuard? { nil }

    /// A call without a guard is for nobody in particular, and stays as it is.
    public func narrowed(to members: [String]) -> Self { self }
}
