import Foundation
import GRDB

/// The ledger as a file, read past the code that wrote it.
struct LedgerFile {
    private let queue: DatabaseQueue

    init(in folder: URL) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        let path = folder.appendingPathComponent(".beckon/ledger.sqlite").path
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Whether an earlier life has come so far as to make one, its tables included.
    static func exists(in folder: URL) throws -> Bool {
        let path = folder.appendingPathComponent(".beckon/ledger.sqlite").path
        guard FileManager.default.fileExists(atPath: path) else { return false }
        return try LedgerFile(in: folder).queue.read { try $0.tableExists("attempt") }
    }

    /// A job with what became of it.
    struct Entry: Hashable {
        var number: Int64
        var event: String
        var rule: String
        var customer: String
        var status: String?
        var reason: String?
    }

    /// All jobs in the order in which they were asked for.
    func jobs() throws -> [Entry] {
        let sql = """
            SELECT job.number, event.id, job.rule, job.customer, job.status, job.reason
            FROM job JOIN event ON event.number = job.event ORDER BY job.number
            """
        return try queue.read { database in
            try Row.fetchAll(database, sql: sql).map { row in
                Entry(
                    number: row[0],
                    event: row[1],
                    rule: row[2],
                    customer: row[3],
                    status: row[4],
                    reason: row[5]
                )
            }
        }
    }

    /// The jobs with an attempt whose outcome nobody could learn; those of a kill alone, if asked for.
    func jobsOfUnknownAttempts(atKills isKill: Bool) throws -> Set<Int64> {
        let sql = """
            SELECT DISTINCT job FROM attempt WHERE ended_at IS NULL OR (outcome = 'unknown' AND (? = 0 OR reason = 'killed'))
            """
        return try queue.read { try Int64.fetchSet($0, sql: sql, arguments: [isKill]) }
    }

    /// A job as it was decided, whatever became of it.
    struct Decision: Hashable, Comparable {
        var rule: String
        var event: String
        var firedAt: Int64?
        var settings: String
        var verdict: String?

        static func < (one: Decision, other: Decision) -> Bool {
            (one.rule, one.event, one.firedAt ?? 0, one.settings) < (
                other.rule, other.event, other.firedAt ?? 0, other.settings
            )
        }
    }

    /// All jobs as they were decided.
    func decisions() throws -> [Decision] {
        let sql = """
            SELECT job.rule, event.id, job.fired_at, job.settings,
                CASE WHEN job.planned IS NOT NULL THEN job.reason || ': ' || job.detail END
            FROM job JOIN event ON event.number = job.event ORDER BY job.number
            """
        return try queue.read { database in
            try Row.fetchAll(database, sql: sql).map { row in
                Decision(rule: row[0], event: row[1], firedAt: row[2], settings: row[3], verdict: row[4])
            }
        }
    }

    /// What is remembered, but for the numbers and names that each run gives.
    func memory() throws -> Set<String> {
        let sql = """
            SELECT slot.owner || ' ' || slot.name || ' ' || slot.part || ' ' || state.key || ' ' || coalesce(state.due_at, '') || ' '
                || coalesce(state.ends_at, '') || ' ' || state.value
            FROM state JOIN slot ON slot.number = state.slot
            """
        return try queue.read { database in
            Set(
                try String.fetchAll(database, sql: sql).map { row in
                    row.replacing(/"number":\d+/, with: "").replacing(/"origin":"[^"]*"/, with: "")
                }
            )
        }
    }

    /// How many events are known by their ids.
    func seenCount() throws -> Int {
        try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM seen") ?? 0 }
    }

    /// How many jobs are not settled.
    func openCount() throws -> Int {
        try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM queue") ?? 0 }
    }

    /// The lines that were taken over and are not decided, in order.
    func inbox() throws -> [String] {
        try queue.read { try Data.fetchAll($0, sql: "SELECT bytes FROM inbox ORDER BY number") }
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
