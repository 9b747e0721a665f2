public import Events
internal import GRDB

/// One job as a list shows it.
public struct JobSummary: Hashable, Sendable {
    /// The job's number in the ledger, by which people name it.
    public var number: Int64
    /// The job's id, which every attempt carries to the receiver.
    public var id: String
    /// How it stands.
    public var status: JobStatus
    /// Why, as a short code; of a waiting job, why its last attempt did not settle it.
    public var reason: String?
    /// Why, as a sentence.
    public var detail: String?
    /// The rule that asked for it.
    public var rule: String
    /// The action's id.
    public var action: String
    /// The customer, as digits.
    public var customer: String?
    /// The conversation, as `business:customer`.
    public var conversation: String?
    /// When it was asked for.
    public var asked: Instant
    /// When a timer fired for its event, in the time of events; `nil` for a job that its event asked for at once.
    public var firedAt: Instant?
    /// When it was settled; `nil` for an open one.
    public var settled: Instant?
    /// Before when the next attempt is not to begin.
    public var due: Instant?
    /// How many attempts were begun, in all.
    public var attempts: Int
    /// Whether the last of them has no end: it is under way, or was when the process ended.
    public var hasOpenAttempt: Bool
}

extension JobSummary {
    /// What a query must select for ``init(_:)``.
    static let columns = """
        job.number, job.id, job.status, job.reason, job.detail, job.rule, job.action, job.customer, job.conversation,
        job.asked_at, job.fired_at, job.settled_at, job.due_at,
        (SELECT count(*) FROM attempt WHERE attempt.job = job.number) AS attempt_count,
        EXISTS (SELECT 1 FROM attempt WHERE attempt.job = job.number AND attempt.ended_at IS NULL) AS has_open_attempt
        """

    init(_ row: Row) {
        number = row["number"]
        id = row["id"]
        status = (row["status"] as String?).flatMap(JobStatus.init) ?? .waiting
        reason = row["reason"]
        detail = row["detail"]
        rule = row["rule"]
        action = row["action"]
        customer = row["customer"]
        conversation = row["conversation"]
        asked = Instant(milliseconds: row["asked_at"])
        firedAt = row.instant("fired_at")
        settled = row.instant("settled_at")
        due = row.instant("due_at")
        attempts = row["attempt_count"]
        hasOpenAttempt = row["has_open_attempt"]
    }
}

extension Row {
    /// The time in a column; `nil` where there is none.
    func instant(_ column: String) -> Instant? {
        (self[column] as Int64?).map(Instant.init(milliseconds:))
    }
}
