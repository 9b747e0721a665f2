internal import ActionKit
internal import Directory
public import Events
internal import GRDB

extension Ledger {
    /// For each digest, whether an event of that id was decided before.
    ///
    /// - Complexity: O(n log m) with m ids remembered.
    public func wereSeen(_ digests: [EventDigest]) throws(LedgerProblem) -> [Bool] {
        guard !digests.isEmpty else { return [] }
        return try read { database in
            let statement = try database.cachedStatement(sql: "SELECT 1 FROM seen WHERE digest = ?")
            return try digests.map { try Int.fetchOne(statement, arguments: [$0.data]) != nil }
        }
    }

    /// Writes what was decided, whole or not at all; blocks the calling thread.
    ///
    /// `isSynced` says that it must survive a power failure, because what it came from cannot be read again.
    public func take(_ batch: IntakeBatch, now: Instant, isSynced: Bool = false) throws(LedgerProblem) {
        guard !batch.isEmpty else { return }
        try writeInbox(isSynced: isSynced) { database in
            for digest in batch.seen {
                try database.run("INSERT OR IGNORE INTO seen(digest) VALUES (?)", [digest.data])
            }
            var writer = IntakeWriter(database: database, now: now, limits: limits)
            for event in batch.events { try writer.write(event) }
            try writer.writeRules()
            for mark in batch.marks { try database.write(mark, now: now) }
            var decided = InboxSize()
            if let end = batch.inboxEnd {
                decided -= try database.inboxSize(upTo: end)
                try database.run("DELETE FROM inbox WHERE number <= ?", [end])
            }
            for change in batch.picks { try database.write(change) }
            if let time = batch.latestTime { try database.writeMemo(.latestTime, time.milliseconds) }
            if let clock = batch.clock { try database.writeMemo(.clock, clock.milliseconds) }
            if !batch.stateChanges.isEmpty {
                var writer = try StateWriter(database: database, now: now)
                try writer.write(batch.stateChanges)
            }
            for request in batch.requestsDone { try database.delete(request: request) }
            return Written((), openChange: writer.jobCount, inboxChange: decided)
        }
    }
}

/// Writes events that fired, with their jobs.
private struct IntakeWriter {
    let database: Database
    let now: Instant
    let limits: LedgerLimits
    private(set) var jobCount = 0
    private var json = JSONWriter()
    private var lastJobs: [RuleVersion: Int64] = [:]

    init(database: Database, now: Instant, limits: LedgerLimits) {
        self.database = database
        self.now = now
        self.limits = limits
    }

    mutating func write(_ event: FiredEvent) throws {
        // An event goes with the last of its jobs, and one without any would stay for ever.
        guard event.firings.contains(where: { !$0.jobs.isEmpty }) else { return }
        try database.run(
            """
            INSERT INTO event(id, type, time, decided_at, input, line, customer, conversation, original)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                event.id, event.type, event.time?.milliseconds, now.milliseconds, event.origin.input, event.origin.line,
                event.customer, event.conversation, event.original.cut(toBytes: limits.eventBytesMax),
            ]
        )
        let number = database.lastInsertedRowID
        for firing in event.firings { try write(firing, ofEvent: number, firedAt: event.firedAt) }
    }

    private mutating func write(_ firing: NewFiring, ofEvent event: Int64, firedAt: Instant?) throws {
        var first: Int64?
        for job in firing.jobs {
            try write(job, of: firing, event: event, firedAt: firedAt, behind: first)
            let number = database.lastInsertedRowID
            first = first ?? number
            try database.run(
                "INSERT INTO queue(job, lane, destination) VALUES (?, ?, ?)",
                [number, firing.lane, job.verdict == nil ? job.destination : nil]
            )
            lastJobs[firing.rule] = number
            jobCount += 1
        }
    }

    private mutating func write(
        _ job: NewJob,
        of firing: NewFiring,
        event: Int64,
        firedAt: Instant?,
        behind first: Int64?
    ) throws {
        try database.run(
            """
            INSERT INTO job(event, firing, id, rule, rule_version, action, destination, effect, customer, conversation,
                lane, settings, asked_at, fired_at, planned, reason, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                event, first, job.job.id, job.job.rule, firing.rule.version, job.action, job.destination,
                job.effect.rawValue, job.job.conversation?.customerOfConversation, job.job.conversation, firing.lane,
                text(of: job.settings), now.milliseconds, firedAt?.milliseconds, job.verdict?.status.rawValue,
                job.verdict?.reason, job.verdict?.detail,
            ]
        )
    }

    /// Writes the rules as they stood, each with its last job: with that one it may go.
    func writeRules() throws {
        for (rule, last) in lastJobs {
            try database.run(
                """
                INSERT INTO rule(version, id, file, line, text, last_job) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET last_job = excluded.last_job
                """,
                [rule.version, rule.id, rule.file, rule.line, rule.text.cut(toBytes: limits.ruleBytesMax), last]
            )
        }
    }

    private mutating func text(of settings: Settings) -> String {
        json.removeAll()
        json.value(settings)
        return json.text
    }
}

extension String {
    /// The customer of a conversation, which is `business:customer`.
    var customerOfConversation: String? {
        firstIndex(of: ":").map { String(self[index(after: $0)...]) }
    }
}
