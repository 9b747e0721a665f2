internal import ActionKit
public import Events
internal import GRDB

/// What the opening of a ledger found of an earlier run that ended in the middle.
public struct Recovery: Hashable, Sendable {
    /// How many attempts were under way, whose outcome nobody knows.
    public var underWay = 0

    /// How many of their jobs are made again, since doing them twice does no harm.
    public var madeAgain = 0

    /// How many jobs are settled as unknown, since doing them twice might do harm.
    public var unknown = 0

    /// Creates the account of a run that ended in good order.
    public init() {}
}

extension Ledger {
    /// A call by hand that began longer ago than this and has no end was killed: no attempt may take longer.
    private static let callByHandMax = Duration.seconds(2 * 3600)

    /// Settles what an earlier run left under way: a run does this once, before it delivers.
    public func recover(now: Instant) throws(LedgerProblem) -> Recovery {
        try write { database in
            var recovery = Recovery()
            var settled = 0
            try database.endAttemptsOfSettledJobs(now: now)
            let rows = try database.rows(
                """
                SELECT job.number, job.effect, job.firing, queue.position IS NOT NULL AS is_queued, attempt.began_at
                FROM attempt INDEXED BY attempt_under_way JOIN job ON job.number = attempt.job
                LEFT JOIN queue ON queue.job = job.number
                WHERE attempt.ended_at IS NULL AND job.status IS NULL
                """
            )
            for row in rows {
                let number: Int64 = row["number"]
                let isQueued: Bool = row["is_queued"]
                let began = Instant(milliseconds: row["began_at"])
                // Somebody may be making this call by hand at this moment.
                if !isQueued, began.duration(to: now) < Self.callByHandMax { continue }
                recovery.underWay += 1
                // A job before it, in its firing, may have held it back a moment ago.
                guard try database.endUnknown(job: number, now: now) else { continue }
                if isQueued, row["effect"] != EffectClass.atMostOnce.rawValue {
                    recovery.madeAgain += 1
                } else {
                    recovery.unknown += 1
                    settled += try database.settleUnknown(job: number, firing: row["firing"], now: now)
                }
            }
            return (recovery, openChange: -settled)
        }
    }
}

extension Database {
    /// Ends the attempts that a killed process left at jobs that a person had dropped meanwhile.
    fileprivate func endAttemptsOfSettledJobs(now: Instant) throws {
        let rows = try rows(
            """
            SELECT attempt.job, attempt.number FROM attempt INDEXED BY attempt_under_way
            JOIN job ON job.number = attempt.job WHERE attempt.ended_at IS NULL AND job.status IS NOT NULL
            """
        )
        for row in rows {
            try run(
                """
                UPDATE attempt SET ended_at = ?, outcome = 'unknown', reason = ?, detail = ?
                WHERE job = ? AND number = ?
                """,
                [now.milliseconds, JobReason.killed, Self.killed, row["job"] as Int64, row["number"] as Int64]
            )
        }
    }

    /// Ends the attempt that a killed process left, and notes that the job may be done; `false` for one not open any more.
    fileprivate func endUnknown(job: Int64, now: Instant) throws -> Bool {
        try run(
            """
            UPDATE attempt SET ended_at = ?, outcome = 'unknown', reason = ?, detail = ?
            WHERE job = ? AND ended_at IS NULL
            """,
            [now.milliseconds, JobReason.killed, Self.killed, job]
        )
        try run(
            """
            UPDATE job SET may_be_done = 1, reason = ?, detail = ?, due_at = NULL
            WHERE number = ? AND status IS NULL
            """,
            [JobReason.killed, Self.killed, job]
        )
        return changesCount > 0
    }

    /// Settles a job as unknown, and holds back the later ones of its firing; returns how many were settled.
    fileprivate func settleUnknown(job: Int64, firing: Int64?, now: Instant) throws -> Int {
        let held = Settlement.earlierFailed
        try run(
            """
            UPDATE membership SET status = 'unknown', detail = ?
            WHERE conversation = (SELECT conversation FROM job WHERE number = ?) AND job = ?
            """,
            [Self.killed, job, job]
        )
        try run(
            "UPDATE job SET status = 'unknown', settled_at = ? WHERE number = ?",
            [now.milliseconds, job]
        )
        try run(
            """
            UPDATE job SET status = 'suppressed', reason = ?, detail = ?, settled_at = ?
            WHERE firing = ? AND number > ? AND status IS NULL
            """,
            [held.reason, held.detail, now.milliseconds, firing ?? job, job]
        )
        var settled = 0
        let later = try rows("SELECT number FROM job WHERE firing = ? AND number > ?", [firing ?? job, job])
        for number in [job] + later.map({ $0["number"] as Int64 }) {
            try run(
                "DELETE FROM queue WHERE job = ? AND EXISTS (SELECT 1 FROM job WHERE number = ? AND status IS NOT NULL)",
                [number, number]
            )
            settled += changesCount
        }
        return settled
    }

    private static let killed = "The process ended before the outcome was known."
}
