internal import Directory
public import Events
internal import GRDB

extension Ledger {
    /// Takes out what need not be kept any longer, up to a bound of work; says whether there is more.
    ///
    /// Open jobs are never taken out, whatever their age. The bound holds for every kind of row, and for what is only
    /// looked at: a step goes on where the one before it stopped, and the last one of a round begins at the front again.
    public func clean(now: Instant) async throws(LedgerProblem) -> Bool {
        let begin = cleanedEnd
        let end = try await write { [limits] database in
            var cleaning = Cleaning(database: database, limits: limits, now: now)
            let end = try cleaning.cleanJobs(behind: begin)
            try cleaning.cleanSeen()
            try cleaning.cleanMemberships()
            // These are few or need some counting: once a round.
            if end == nil { try cleaning.cleanTheRest() }
            return (cleaning.isAtBound ? end ?? 0 : end, openChange: 0)
        }
        cleanedEnd = end ?? 0
        return end != nil
    }
}

/// One step of taking out what is old.
private struct Cleaning {
    let database: Database
    let limits: LedgerLimits
    let now: Instant
    /// Whether something was left only because the step may take out no more.
    private(set) var isAtBound = false

    init(database: Database, limits: LedgerLimits, now: Instant) {
        self.database = database
        self.limits = limits
        self.now = now
    }

    /// Goes through the jobs from the oldest on; `nil` when the first one that is too young was reached.
    func cleanJobs(behind begin: Int64) throws -> Int64? {
        let quiet = time(before: limits.settledKept)
        let over = try database.integer("SELECT coalesce(max(number), 0) - ? FROM job", [limits.settledCountMax]) ?? 0
        let rows = try database.rows(
            "SELECT number, event, asked_at, settled_at FROM job WHERE number > ? ORDER BY number LIMIT ?",
            [begin, limits.cleaningRowsMax]
        )
        for row in rows {
            let number: Int64 = row["number"]
            guard number <= over || (row["asked_at"] as Int64) < quiet else { return nil }
            guard let settled: Int64 = row["settled_at"], number <= over || settled < quiet else { continue }
            try database.delete(job: number, event: row["event"])
        }
        return rows.count < limits.cleaningRowsMax ? nil : rows.last?["number"]
    }

    mutating func cleanSeen() throws {
        try delete(
            """
            DELETE FROM seen WHERE number IN (SELECT number FROM seen
                WHERE number <= (SELECT max(number) FROM seen) - ? ORDER BY number LIMIT ?)
            """,
            [limits.seenCountMax, limits.cleaningRowsMax]
        )
    }

    mutating func cleanMemberships() throws {
        try delete(
            """
            DELETE FROM membership WHERE (conversation, member, action) IN (SELECT conversation, member, action
                FROM membership WHERE asked_at < ? ORDER BY asked_at LIMIT ?)
            """,
            [time(before: limits.membershipKept), limits.cleaningRowsMax]
        )
    }

    mutating func cleanTheRest() throws {
        try delete(
            "DELETE FROM pick WHERE use IN (SELECT use FROM pick ORDER BY use DESC LIMIT ? OFFSET ?)",
            [limits.cleaningRowsMax, Picks.keptCountMaxDefault]
        )
        try delete(
            "DELETE FROM input WHERE number IN (SELECT number FROM input ORDER BY read_at DESC LIMIT ? OFFSET ?)",
            [limits.cleaningRowsMax, limits.inputCountMax]
        )
        try delete(
            """
            DELETE FROM rule WHERE version IN (SELECT version FROM rule
                WHERE last_job < ifnull((SELECT min(number) FROM job), last_job + 1) LIMIT ?)
            """,
            [limits.cleaningRowsMax]
        )
        try delete(
            """
            DELETE FROM slot WHERE number IN (SELECT number FROM slot
                WHERE NOT EXISTS (SELECT 1 FROM state WHERE state.slot = slot.number) LIMIT ?)
            """,
            [limits.cleaningRowsMax]
        )
    }

    private mutating func delete(_ sql: String, _ arguments: StatementArguments) throws {
        try database.run(sql, arguments)
        if database.changesCount >= limits.cleaningRowsMax { isAtBound = true }
    }

    private func time(before kept: Duration) -> Int64 { now.advanced(by: .zero - kept).milliseconds }
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
