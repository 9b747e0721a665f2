internal import Directory
public import Events
internal import GRDB

extension Ledger {
    /// Takes out what need not be kept any longer, up to a bound of work; says whether there is more.
    ///
    /// Open jobs are never taken out, whatever their age.
    public func clean(now: Instant) async throws(LedgerProblem) -> Bool {
        try await write { [limits] database in
            let rows = Int64(limits.cleaningRowsMax)
            var changed = 0
            let before = now.advanced(by: .zero - limits.settledKept).milliseconds
            let over =
                try database.integer("SELECT coalesce(max(number), 0) - ? FROM job", [limits.settledCountMax]) ?? 0
            let old = try database.rows(
                """
                SELECT number, event FROM job WHERE (asked_at < ? OR number <= ?) AND status IS NOT NULL
                ORDER BY number LIMIT ?
                """,
                [before, over, rows]
            )
            for row in old { try database.delete(job: row["number"], event: row["event"]) }
            changed += old.count
            let seen = try database.integer("SELECT coalesce(max(number), 0) - ? FROM seen", [limits.seenCountMax]) ?? 0
            try database.run(
                "DELETE FROM seen WHERE number IN (SELECT number FROM seen WHERE number <= ? ORDER BY number LIMIT ?)",
                [seen, rows]
            )
            changed += database.changesCount
            let quiet = now.advanced(by: .zero - limits.membershipKept).milliseconds
            try database.run("DELETE FROM membership WHERE asked_at < ?", [quiet])
            try database.run(
                """
                DELETE FROM pick WHERE use IN (SELECT use FROM pick ORDER BY use DESC LIMIT ? OFFSET ?)
                """,
                [rows, Picks.keptCountMaxDefault]
            )
            try database.run(
                "DELETE FROM input WHERE number IN (SELECT number FROM input ORDER BY read_at DESC LIMIT ? OFFSET ?)",
                [rows, limits.inputCountMax]
            )
            return (changed >= Int(rows), openChange: 0)
        }
    }
}

extension Database {
    /// Deletes a job with its attempts, and its event with the last of its jobs.
    func delete(job: Int64, event: Int64?) throws {
        try run("DELETE FROM attempt WHERE job = ?", [job])
        try run("DELETE FROM job WHERE number = ?", [job])
        guard let event else { return }
        try run(
            "DELETE FROM event WHERE number = ? AND NOT EXISTS (SELECT 1 FROM job WHERE event = ?)",
            [event, event]
        )
    }
}
