internal import Foundation
internal import GRDB

/// What is deleted from the ledger is overwritten with zeros where it stood; these see to the copies.
extension StateFolder {
    /// Moves the log into the file and empties it; older versions of pages stand there until then.
    ///
    /// - Returns: Whether it is empty. Not while somebody reads the ledger.
    public func emptyLog() throws(LedgerProblem) -> Bool {
        try onLedger { database in
            try Bool.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == false
        }
    }

    /// Writes the file anew, without what deleting may have left between rows; needs room for a copy, and keeps others from
    /// writing meanwhile.
    public func rewriteLedger() throws(LedgerProblem) {
        try onLedger { try $0.execute(sql: "VACUUM") }
    }

    /// Damaged ledgers that were put aside: nothing is ever deleted from these.
    public var ledgersPutAside: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return files.filter { $0.hasPrefix("ledger.sqlite.damaged-") }.sorted().map { "\(path)/\($0)" }
    }

    /// The bytes of all files in it.
    public var bytesOnDisk: Int {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return files.reduce(0) { sum, file in
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(file)")
            return sum + ((attributes?[.size] as? Int) ?? 0)
        }
    }

    /// How long somebody else's reading and writing is waited for.
    private static let busySecondsMax: Double = 10

    /// Has a connection of its own: what these do cannot be done in a transaction.
    private func onLedger<Result>(_ body: (Database) throws -> Result) throws(LedgerProblem) -> Result {
        guard holdsLedger else { throw LedgerProblem(path: path, cause: .missing) }
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(Self.busySecondsMax)
            return try DatabaseQueue(path: ledgerPath, configuration: configuration).writeWithoutTransaction(body)
        } catch {
            throw LedgerProblem(path: path, error: error)
        }
    }
}
