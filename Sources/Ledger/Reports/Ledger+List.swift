internal import GRDB

extension Ledger {
    /// The last jobs that a filter lets through, oldest first, and how many older ones it lets through too.
    public func jobs(_ filter: JobFilter, limit: Int) throws(LedgerProblem) -> (jobs: [JobSummary], olderCount: Int) {
        let (condition, arguments) = filter.condition
        return try read { database in
            let rows = try database.rows(
                "SELECT \(JobSummary.columns) FROM job WHERE \(condition) ORDER BY job.number DESC LIMIT ?",
                arguments + [limit]
            )
            let count = try database.integer("SELECT count(*) FROM job WHERE \(condition)", arguments) ?? 0
            return (rows.reversed().map { JobSummary($0) }, Int(count) - rows.count)
        }
    }

    /// The numbers of all jobs that a filter lets through, oldest first.
    public func jobNumbers(_ filter: JobFilter) throws(LedgerProblem) -> [Int64] {
        let (condition, arguments) = filter.condition
        return try read { database in
            let sql = "SELECT job.number FROM job WHERE \(condition) ORDER BY job.number"
            return try Int64.fetchAll(database, sql: sql, arguments: arguments)
        }
    }

    /// The number of the job that a person names by its number or by its whole id; `nil` when there is none.
    ///
    /// Jobs of events without an id may share one; then it is the last of them.
    public func number(ofJob name: String) throws(LedgerProblem) -> Int64? {
        try read { database in
            if let number = Int64(name),
                let found = try database.integer("SELECT number FROM job WHERE number = ?", [number])
            {
                return found
            }
            return try database.integer("SELECT max(number) FROM job WHERE id = ?", [name])
        }
    }
}
