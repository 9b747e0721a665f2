internal import ActionKit
internal import Events
internal import GRDB

extension Ledger {
    /// All that is known of a job; `nil` when there is no such job.
    public func story(ofJob number: Int64) throws(LedgerProblem) -> JobStory? {
        try read { database in try StoryReader(database: database).story(of: number) }
    }
}

/// Collects what the tables hold about one job.
private struct StoryReader {
    let database: Database

    func story(of number: Int64) throws -> JobStory? {
        let sql = """
            SELECT \(JobSummary.columns), job.destination, job.effect, job.settings, job.planned, job.event,
                job.rule_version, coalesce(job.firing, job.number) AS firing
            FROM job WHERE job.number = ?
            """
        guard let row = try database.row(sql, [number]) else { return nil }
        let summary = JobSummary(row)
        var parser = JSONParser()
        let settings = (try? parser.parse(row["settings"] as String)).map { Settings($0.root) }
        return JobStory(
            summary: summary,
            destination: row["destination"],
            effect: row["effect"],
            settings: settings ?? Settings(),
            isPlannedOnly: row["planned"] != nil,
            event: try event(row["event"]),
            rule: try rule(row["rule_version"]),
            attempts: try attempts(at: number, destination: row["destination"]),
            others: try others(ofFiring: row["firing"], than: number),
            members: try members(of: summary)
        )
    }

    private func event(_ number: Int64?) throws -> EventRecord? {
        guard let number, let row = try database.row("SELECT * FROM event WHERE number = ?", [number]) else {
            return nil
        }
        return EventRecord(
            id: row["id"],
            type: row["type"],
            time: row.instant("time"),
            decided: Instant(milliseconds: row["decided_at"]),
            origin: EventOrigin(input: row["input"], line: row["line"]),
            customer: row["customer"],
            conversation: row["conversation"],
            original: row["original"]
        )
    }

    private func rule(_ version: String?) throws -> RuleVersion? {
        guard let version, let row = try database.row("SELECT * FROM rule WHERE version = ?", [version]) else {
            return nil
        }
        return RuleVersion(id: row["id"], version: version, file: row["file"], line: row["line"], text: row["text"])
    }

    private func attempts(at job: Int64, destination: String?) throws -> [AttemptRecord] {
        let rows = try database.rows("SELECT * FROM attempt WHERE job = ? ORDER BY number", [job])
        return rows.enumerated().map { index, row in
            AttemptRecord(
                number: index + 1,
                began: Instant(milliseconds: row["began_at"]),
                ended: row.instant("ended_at"),
                outcome: row["outcome"],
                reason: row["reason"],
                detail: row["detail"],
                exchange: exchange(row, destination: destination)
            )
        }
    }

    private func exchange(_ row: Row, destination: String?) -> ExchangeRecord? {
        guard let method: String = row["method"], let path: String = row["path"] else { return nil }
        let request = ActionRequest(destination: destination ?? "", method: method, path: path, json: row["request"])
        return ExchangeRecord(request: request, status: row["status"], answer: row["answer"])
    }

    private func others(ofFiring firing: Int64, than job: Int64) throws -> [JobSummary] {
        try database.rows(
            """
            SELECT \(JobSummary.columns) FROM job WHERE (job.number = ? OR job.firing = ?) AND job.number <> ?
            ORDER BY job.number
            """,
            [firing, firing, job]
        ).map { JobSummary($0) }
    }

    private func members(of job: JobSummary) throws -> [Collaboration] {
        guard let conversation = job.conversation else { return [] }
        return try database.rows(
            """
            SELECT * FROM membership WHERE conversation = ? AND (job = ? OR delivered_job = ?) ORDER BY member, action
            """,
            [conversation, job.number, job.number]
        ).map { Collaboration($0) }
    }
}
