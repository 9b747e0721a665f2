/// Everything in the ledger that could grow, and how far it may.
public struct LedgerLimits: Hashable, Sendable {
    /// How long a settled job and its attempts are kept.
    public var settledKept = Duration.seconds(30 * 86_400)

    /// How many settled jobs are kept; beyond them the oldest go, whatever their age.
    public var settledCountMax = 1_000_000

    /// How many ids of events are kept to recognise repeats; beyond them the oldest go.
    public var seenCountMax = 2_000_000

    /// How long it is remembered whom Beckon added to which conversation, from the last time that it was asked for.
    public var membershipKept = Duration.seconds(400 * 86_400)

    /// How many inputs are remembered; beyond them the one that was read longest ago goes.
    public var inputCountMax = 10_000

    /// How many events may wait in the inbox; more are refused, so that the sender keeps them.
    public var inboxCountMax = 1_000_000

    /// How many bytes may wait in the inbox; more are refused.
    public var inboxBytesMax = 2 << 30

    /// How much is kept of an event's original; the rest is cut off.
    public var eventBytesMax = 16_384

    /// How much is kept of a rule's text.
    public var ruleBytesMax = 65_536

    /// How much is kept of an answer's body.
    public static let answerBytesMax = 2_048

    /// How much is kept of a request's body.
    public static let requestBytesMax = 16_384

    /// How many rows one step of cleaning up takes out, so that nobody waits for it for long.
    public var cleaningRowsMax = 1_000

    /// Creates the standard limits.
    public init() {}

    /// For a ledger in memory, which is to stay below 200 MB however long a run goes on.
    public static var inMemory: LedgerLimits {
        var limits = LedgerLimits()
        limits.settledCountMax = 50_000
        limits.seenCountMax = 500_000
        limits.inboxCountMax = 20_000
        limits.inboxBytesMax = 64 << 20
        return limits
    }
}
