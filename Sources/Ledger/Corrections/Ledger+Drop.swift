public import Events
internal import GRDB

/// What became of the wish to drop a job.
public enum DropAnswer: Hashable, Sendable {
    /// It will not be performed, and neither will those later jobs of its firing that were open.
    ///
    /// An attempt without an end is under way, and cannot be called back; or it was cut off when its process ended.
    case dropped(hasOpenAttempt: Bool, heldBack: [Int64])
    /// It is left as it is.
    case refused(CorrectionRefusal)
}

extension Ledger {
    /// Settles an open job as suppressed, so that nothing more is tried.
    public func drop(_ job: Int64, now: Instant) throws(LedgerProblem) -> DropAnswer {
        try write(isSynced: true) { database in
            let answer = try database.drop(job, now: now)
            guard case .dropped(_, let heldBack) = answer else { return (answer, openChange: 0) }
            // A call by hand stands in no queue.
            let leaving = try ([job] + heldBack).reduce(0) { count, number in
                try database.run("DELETE FROM queue WHERE job = ?", [number])
                return count + database.changesCount
            }
            return (answer, openChange: -leaving)
        }
    }
}

extension Database {
    fileprivate func drop(_ job: Int64, now: Instant) throws -> DropAnswer {
        let sql = """
            SELECT status, coalesce(firing, number) AS firing,
                EXISTS (SELECT 1 FROM attempt WHERE attempt.job = job.number AND ended_at IS NULL) AS has_open_attempt
            FROM job WHERE number = ?
            """
        guard let row = try row(sql, [job]) else { return .refused(.missing) }
        if let status = (row["status"] as String?).flatMap(JobStatus.init) { return .refused(.settled(status)) }
        let hasOpenAttempt: Bool = row["has_open_attempt"]
        try suppress(
            job,
            reason: JobReason.dropped,
            detail: hasOpenAttempt
                ? "A person dropped it during an attempt, which could not be called back."
                : "A person dropped it.",
            now: now
        )
        // What the attempt comes to is not known yet, and nobody waits for it any more.
        try run(
            "UPDATE membership SET status = ? WHERE conversation = (SELECT conversation FROM job WHERE number = ?) AND job = ?",
            [(hasOpenAttempt ? Settlement.Status.unknown : .suppressed).rawValue, job, job]
        )
        let heldBack = try rows(
            "SELECT number FROM job WHERE firing = ? AND number > ? AND status IS NULL ORDER BY number",
            [row["firing"] as Int64, job]
        ).map { $0["number"] as Int64 }
        for number in heldBack {
            let detail = "An earlier job of the same firing was dropped."
            try suppress(number, reason: JobReason.earlierFailed, detail: detail, now: now)
        }
        return .dropped(hasOpenAttempt: hasOpenAttempt, heldBack: heldBack)
    }

    private func suppress(_ job: Int64, reason: String, detail: String, now: Instant) throws {
        try run(
            """
            UPDATE job SET status = 'suppressed', reason = ?, detail = ?, settled_at = ?, due_at = NULL
            WHERE number = ? AND status IS NULL
            """,
            [reason, detail, now.milliseconds, job]
        )
    }
}
