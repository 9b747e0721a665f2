internal import ActionKit
internal import Events
internal import GRDB

extension Ledger {
    /// A stretch of the open jobs behind a position, whole firings in order.
    ///
    /// It begins behind `position`, the end of the page before or 0, and has about `limit` jobs: a firing is never torn apart.
    /// Firings with jobs for `destinations` are left out, and jobs that would have to overtake such a job in their lane. With
    /// a `lane`, everything else is left out too.
    ///
    /// The last page ends behind all that stands in the queue, so that what was left out of it is not looked at again.
    ///
    /// - Complexity: O(n) in the length of the page, and of what is left out of it; with a `lane`, in the length of that lane,
    ///   about 25 ms for 100,000 jobs.
    public func queued(
        behind position: Int64,
        limit: Int,
        avoiding destinations: Set<String> = [],
        lane: String? = nil
    ) async throws(LedgerProblem) -> QueuePage {
        try await read {
            let reader = QueueReader(database: $0, avoided: destinations.sorted(), lane: lane)
            return try reader.page(behind: position, limit: limit)
        }
    }

    /// A stretch of the open jobs, like ``queued(behind:limit:avoiding:lane:)``; blocks the calling thread.
    public func waiting(behind position: Int64, limit: Int) throws(LedgerProblem) -> QueuePage {
        try read { try QueueReader(database: $0, avoided: [], lane: nil).page(behind: position, limit: limit) }
    }
}

/// Reads jobs from the queue.
private struct QueueReader {
    let database: Database
    let avoided: [String]
    let lane: String?

    func page(behind position: Int64, limit: Int) throws -> QueuePage {
        precondition(limit > 0, "a page of \(limit) jobs")
        var limit = limit
        while true {
            // One more shows whether there is something behind it.
            let rows = try rows(behind: position, limit: limit + 1)
            guard rows.count > limit, let next = rows.last else {
                return QueuePage(jobs: decode(rows), end: try end(behind: position), isLast: true)
            }
            let torn: Int64 = next[2]
            let whole = rows.prefix((rows.lastIndex { ($0[2] as Int64) != torn } ?? -1) + 1)
            if let end = whole.last {
                return QueuePage(jobs: decode(Array(whole)), end: end[0], isLast: false)
            }
            limit *= 2
        }
    }

    /// Behind which position nothing stands that belongs on a page from here.
    ///
    /// What comes later stands behind all that is there now: no position is given twice.
    private func end(behind position: Int64) throws -> Int64 {
        max(position, try database.integer("SELECT max(position) FROM queue") ?? position)
    }

    private func rows(behind position: Int64, limit: Int) throws -> [Row] {
        var sql = """
            SELECT queue.position, job.number, coalesce(job.firing, job.number) AS firing, job.id, job.rule, job.action,
                job.destination, job.conversation, job.lane, job.settings, job.planned, job.reason, job.detail,
                job.attempts, job.began_at, job.due_at, job.may_be_done,
                event.id AS event_id, event.time AS event_time, event.input, event.line, job.fired_at
            FROM queue JOIN job ON job.number = queue.job LEFT JOIN event ON event.number = job.event
            WHERE queue.position > ?
            """
        var arguments: StatementArguments = [position]
        if let lane {
            // The index gives the places of a lane without its jobs, which it would be slow to sort.
            sql += """
                 AND queue.position IN (
                    SELECT position FROM queue INDEXED BY queue_lane WHERE lane = ? AND position > ?
                    ORDER BY position LIMIT ?)
                """
            arguments += [lane, position, limit]
        }
        if !avoided.isEmpty {
            let marks = avoided.map { _ in "?" }.joined(separator: ", ")
            sql += """
                 AND NOT EXISTS (
                    SELECT 1 FROM queue AS held JOIN job AS held_job ON held_job.number = held.job
                    WHERE held.lane = queue.lane AND held.destination IN (\(marks))
                    AND (held.position <= queue.position
                        OR coalesce(held_job.firing, held.job) = coalesce(job.firing, job.number)))
                """
        }
        sql += " ORDER BY queue.position LIMIT ?"
        arguments += StatementArguments(avoided)
        arguments += [limit]
        return try database.rows(sql, arguments)
    }

    private func decode(_ rows: [Row]) -> [QueuedJob] {
        var parser = JSONParser()
        return rows.map { job($0, &parser) }
    }

    /// Reads columns by their place in the query: by their names it takes twice as long.
    private func job(_ row: Row, _ parser: inout JSONParser) -> QueuedJob {
        let settings = (try? parser.parse(row[9] as String)).map { Settings($0.root) }
        let (reason, detail): (String?, String?) = (row[11], row[12])
        let planned = (row[10] as String?).flatMap(Settlement.Status.init)
        return QueuedJob(
            number: row[1],
            position: row[0],
            firing: row[2],
            job: Job(id: row[3], rule: row[4], event: row[17], conversation: row[7]),
            action: row[5],
            destination: planned == nil ? row[6] : nil,
            settings: settings ?? Settings(),
            lane: row[8],
            origin: EventOrigin(input: row[19], line: row[20]),
            eventTime: (row[18] as Int64?).map(Instant.init(milliseconds:)),
            firedAt: (row[21] as Int64?).map(Instant.init(milliseconds:)),
            verdict: planned.map { Settlement($0, reason: reason, detail: detail, attempts: 0) },
            history: AttemptHistory(
                attempts: row[13],
                began: (row[14] as Int64?).map(Instant.init(milliseconds:)),
                due: (row[15] as Int64?).map(Instant.init(milliseconds:)),
                lastReason: planned == nil ? reason.map { Reason($0, detail ?? "") } : nil,
                mayBeDone: row[16]
            )
        )
    }
}
