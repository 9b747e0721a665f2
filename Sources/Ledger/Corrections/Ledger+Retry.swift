internal import ActionKit
internal import GRDB

/// What became of the wish to send a job again.
public enum RetryAnswer: Hashable, Sendable {
    /// It stands at the end of the queue, and behind it those later jobs of its firing that were held back because of it.
    case queued(reopened: [Int64])
    /// It is left as it is.
    case refused(CorrectionRefusal)
}

extension Ledger {
    /// How many jobs are put back in one transaction, so that a run beside it does not wait for long.
    private static let retriedInTransactionMax = 200

    /// Puts jobs that were not done back at the end of the queue; one answer for each, in the order of their numbers.
    ///
    /// Attempts and time are counted anew; the attempts that were made stay on record. A job that is done for some is done
    /// for the others only: the repeat guard knows for whom it is done.
    ///
    /// Jobs that may be done, and would then be done twice, are sent only if `evenIfDone` says so.
    public func retry(
        _ jobs: some Sequence<Int64>,
        evenIfDone: Bool = false
    ) throws(LedgerProblem) -> [(job: Int64, answer: RetryAnswer)] {
        var answers: [(job: Int64, answer: RetryAnswer)] = []
        var rest = Set(jobs).sorted()[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.retriedInTransactionMax)
            rest = rest.dropFirst(part.count)
            answers += try write(isSynced: true) { database in
                var queuedCount = 0
                let answers = try part.map { job in
                    let answer = try database.retry(job, evenIfDone: evenIfDone)
                    if case .queued(let reopened) = answer { queuedCount += 1 + reopened.count }
                    return (job: job, answer: answer)
                }
                return (answers, openChange: queuedCount)
            }
        }
        return answers
    }
}

extension Database {
    fileprivate func retry(_ job: Int64, evenIfDone: Bool) throws -> RetryAnswer {
        let sql = "SELECT status, reason, planned, effect, coalesce(firing, number) AS firing FROM job WHERE number = ?"
        guard let row = try row(sql, [job]) else { return .refused(.missing) }
        if let refusal = refusal(row, evenIfDone: evenIfDone) { return .refused(refusal) }
        let held = try jobsHeldBack(behind: job, inFiring: row["firing"])
        for number in [job] + held { try reopen(number) }
        return .queued(reopened: held)
    }

    private func refusal(_ job: Row, evenIfDone: Bool) -> CorrectionRefusal? {
        let reason: String? = job["reason"]
        guard let status = (job["status"] as String?).flatMap(Settlement.Status.init) else { return .open }
        switch status {
        case .delivered: return .delivered
        case .suppressed: return .suppressed(reason)
        case .partial, .failed, .unknown: break
        }
        guard job["planned"] == nil else { return .neverRendered(reason) }
        let isRisky = status == .unknown && job["effect"] == EffectClass.atMostOnce.rawValue
        return isRisky && !evenIfDone ? .mightBeDoneTwice : nil
    }

    /// The later jobs of a firing that were held back because of this one, up to the next that stands in their way.
    private func jobsHeldBack(behind job: Int64, inFiring firing: Int64) throws -> [Int64] {
        let rows = try rows(
            "SELECT number, status, reason, planned FROM job WHERE firing = ? AND number > ? ORDER BY number",
            [firing, job]
        )
        var held: [Int64] = []
        for row in rows {
            let status: String? = row["status"]
            let reason: String? = row["reason"]
            if status == "failed" || status == "unknown" || reason == JobReason.dropped { break }
            if status == "suppressed", reason == JobReason.earlierFailed, row["planned"] == nil {
                held.append(row["number"])
            }
        }
        return held
    }

    private func reopen(_ job: Int64) throws {
        // A run counts attempts from 1, and begins anew with a job that is sent again: what was made before it moves below.
        let numbers = try rows("SELECT number FROM attempt WHERE job = ? ORDER BY number", [job]).map {
            $0["number"] as Int64
        }
        for number in numbers {
            try run(
                "UPDATE attempt SET number = ? WHERE job = ? AND number = ?",
                [number - (numbers.last ?? 0), job, number]
            )
        }
        try run(
            """
            UPDATE job SET may_be_done = (status = 'unknown'), status = NULL, reason = NULL, detail = NULL,
                settled_at = NULL, due_at = NULL, attempts = 0, began_at = NULL
            WHERE number = ?
            """,
            [job]
        )
        try run(
            "INSERT INTO queue(job, lane, destination) SELECT number, lane, destination FROM job WHERE number = ?",
            [job]
        )
    }
}
