public import Events
internal import GRDB

extension Ledger {
    /// Counts the jobs that were asked for since then, or all that are kept, and what else there is.
    ///
    /// - Complexity: O(n log n) in the jobs of the window.
    public func statistics(since: Instant? = nil) throws(LedgerProblem) -> LedgerStatistics {
        try read { database in
            let reader = StatisticsReader(database: database, since: since?.milliseconds ?? .min)
            var statistics = LedgerStatistics()
            statistics.rules = try reader.tallies(by: "rule")
            statistics.actions = try reader.tallies(by: "action")
            for tally in statistics.actions { statistics.jobs.merge(tally.counts, uniquingKeysWith: +) }
            statistics.rules.removeLast(max(0, statistics.rules.count - LedgerStatistics.listedMax))
            statistics.attempts = try reader.attemptCount()
            statistics.latency = try reader.latency()
            statistics.oldestOpen = try reader.oldestOpen()
            statistics.inbox = try reader.inbox()
            statistics.inputs = try reader.inputs()
            statistics.seenCount = try reader.count("SELECT count(*) FROM seen")
            statistics.memberCount = try reader.count("SELECT count(*) FROM membership")
            statistics.windowCount = try reader.count("SELECT count(*) FROM state")
            statistics.version = try reader.count("PRAGMA user_version")
            return statistics
        }
    }
}

private struct StatisticsReader {
    let database: Database
    let since: Int64

    func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        Int(try database.integer(sql, arguments) ?? 0)
    }

    func tallies(by column: String) throws -> [LedgerStatistics.Tally] {
        var tallies: [String: [JobStatus: Int]] = [:]
        let rows = try database.rows(
            "SELECT \(column) AS name, status, count(*) AS count FROM job WHERE asked_at >= ? GROUP BY 1, 2",
            [since]
        )
        for row in rows {
            let status = (row["status"] as String?).flatMap(JobStatus.init) ?? .waiting
            tallies[row["name"], default: [:]][status, default: 0] += row["count"]
        }
        return tallies.map { LedgerStatistics.Tally(name: $0.key, counts: $0.value) }
            .sorted { ($1.total, $0.name) < ($0.total, $1.name) }
    }

    func attemptCount() throws -> Int {
        try count("SELECT count(*) FROM attempt JOIN job ON job.number = attempt.job WHERE job.asked_at >= ?", [since])
    }

    func latency() throws -> LedgerStatistics.Latency? {
        let settled = "FROM job WHERE asked_at >= ? AND settled_at IS NOT NULL AND attempts > 0"
        let count = try count("SELECT count(*) \(settled)", [since])
        guard count > 0 else { return nil }
        func atMost(_ share: Double) throws -> Duration {
            let rank = Int((Double(count) * share).rounded(.up)) - 1
            let sql = "SELECT settled_at - asked_at \(settled) ORDER BY 1 LIMIT 1 OFFSET ?"
            return .milliseconds(try database.integer(sql, [since, rank]) ?? 0)
        }
        return LedgerStatistics.Latency(median: try atMost(0.5), percentile95: try atMost(0.95))
    }

    func oldestOpen() throws -> JobSummary? {
        try database.row(
            "SELECT \(JobSummary.columns) FROM job WHERE job.status IS NULL ORDER BY job.asked_at, job.number LIMIT 1"
        ).map { JobSummary($0) }
    }

    func inbox() throws -> LedgerStatistics.Inbox {
        let size = try database.inboxSize(upTo: .max)
        let row = try database.row("SELECT received_at FROM inbox ORDER BY number LIMIT 1")
        return LedgerStatistics.Inbox(count: size.count, bytes: size.bytes, oldest: row?.instant("received_at"))
    }

    func inputs() throws -> [LedgerStatistics.Input] {
        try database.rows(
            "SELECT path, line, offset, read_at FROM input ORDER BY read_at DESC, number DESC LIMIT ?",
            [LedgerStatistics.listedMax]
        ).map { row in
            LedgerStatistics.Input(
                path: row["path"],
                line: row["line"],
                offset: row["offset"],
                read: Instant(milliseconds: row["read_at"])
            )
        }
    }
}
