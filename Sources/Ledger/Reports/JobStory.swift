public import ActionKit
public import Events

/// All that the ledger knows of one job.
public struct JobStory: Hashable, Sendable {
    /// The job as a list shows it.
    public var summary: JobSummary
    /// The service that it goes to; `nil` for none.
    public var destination: String?
    /// What a second attempt may do, in the word of the action.
    public var effect: String
    /// The settings as rendered.
    public var settings: Settings
    /// Whether the rules decided about it, so that it was never to be attempted.
    public var isPlannedOnly: Bool
    /// Its event; `nil` for a call by hand.
    public var event: EventRecord?
    /// Its rule as it stood; `nil` for a call by hand.
    public var rule: RuleVersion?
    /// The attempts at it, in order; of those in a row that the key was refused for, the last.
    public var attempts: [AttemptRecord]
    /// The other jobs of its firing, in order.
    public var others: [JobSummary]
    /// Whom it was for.
    public var members: [Collaboration]
}

/// An event as the ledger keeps it.
public struct EventRecord: Hashable, Sendable {
    /// Its id, where it has one.
    public var id: String?
    /// Its type.
    public var type: String
    /// When it happened, where that is known.
    public var time: Instant?
    /// When the rules decided about it.
    public var decided: Instant
    /// Where it came from.
    public var origin: EventOrigin
    /// Its customer, where it has one.
    public var customer: String?
    /// Its conversation, where it has one.
    public var conversation: String?
    /// The original as JSON text, cut off at ``LedgerLimits/eventBytesMax``.
    public var original: String
}

/// An attempt as the ledger keeps it.
public struct AttemptRecord: Hashable, Sendable {
    /// Which attempt at its job, from 1; those before a person sent the job again count.
    public var number: Int
    /// When it began.
    public var began: Instant
    /// When it ended; `nil` while it is under way, or if the process ended first.
    public var ended: Instant?
    /// What became of it: `delivered`, `partial`, `retry`, `rejected`, `unauthorized` or `unknown`.
    public var outcome: String?
    /// Why, as a short code.
    public var reason: String?
    /// Why, as a sentence.
    public var detail: String?
    /// What went over the wire; `nil` for nothing.
    public var exchange: ExchangeRecord?
}
