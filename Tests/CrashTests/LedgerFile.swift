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
