internal import Foundation
internal import GRDB

extension Ledger {
    /// Opens the ledger of a folder for a run, and makes both where they are missing.
    ///
    /// Attempts that were under way when the last run was killed become outcomes that are not known; see
    /// ``recover(now:)``. A damaged ledger is put aside under another name and reported.
    ///
    /// - Throws: Also when another run works with the folder.
    public static func open(
        _ folder: StateFolder,
        limits: LedgerLimits = LedgerLimits()
    ) throws(LedgerProblem) -> Ledger {
        try folder.create()
        let lock = try folder.lock()
        guard folder.looksLikeDatabase else {
            throw try folder.puttingAside("the file is not a database")
        }
        folder.keepLog()
        do throws(LedgerProblem) {
            let ledger = try connect(folder, limits: limits, configuration(), lock: lock)
            try ledger.prepare(isExamined: true)
            folder.dropKeptLog()
            return ledger
        } catch {
            guard case .damaged(let words, nil) = error.cause else {
                folder.dropKeptLog()
                throw error
            }
            throw try folder.puttingAside(words)
        }
    }

    /// Opens the ledger of a folder beside a run, to write a call by hand or a correction into it.
    ///
    /// A ledger that is not there is made if `creates` says so.
    public static func openBeside(
        _ folder: StateFolder,
        creates: Bool = false,
        limits: LedgerLimits = LedgerLimits()
    ) throws(LedgerProblem) -> Ledger {
        if creates { try folder.create() }
        guard creates || folder.holdsLedger else { throw folder.missing }
        let ledger = try connect(folder, limits: limits, configuration())
        try ledger.prepare(isExamined: false)
        return ledger
    }

    /// Opens the ledger of a folder for reading only.
    ///
    /// One that an older version wrote is brought up to date, if it may be written to.
    public static func openForReading(_ folder: StateFolder) throws(LedgerProblem) -> Ledger {
        guard folder.holdsLedger else { throw folder.missing }
        var configuration = configuration()
        configuration.readonly = true
        let ledger = try connect(folder, limits: LedgerLimits(), configuration)
        let version = try ledger.read { try Schema.check($0, path: folder.path) }
        return version == Schema.version ? ledger : try openBeside(folder)
    }

    /// Makes a ledger that lives as long as the process.
    ///
    /// Its limits are smaller than those for a file.
    public static func inMemory(limits: LedgerLimits = .inMemory) throws(LedgerProblem) -> Ledger {
        do {
            let ledger = Ledger(path: "memory", limits: limits, queue: try DatabaseQueue())
            try ledger.perform { try Schema.migrate($0, path: "memory") }
            return ledger
        } catch {
            throw LedgerProblem(path: "memory", error: error)
        }
    }

    private static func connect(
        _ folder: StateFolder,
        limits: LedgerLimits,
        _ configuration: Configuration,
        lock: StateLock? = nil
    ) throws(LedgerProblem) -> Ledger {
        guard !folder.hasLogOnly else {
            throw LedgerProblem(
                path: folder.path,
                cause: .damaged("the file is empty, and its log is not", putAside: nil)
            )
        }
        if !configuration.readonly { try folder.createLedger() }
        do {
            let queue = try DatabaseQueue(path: folder.ledgerPath, configuration: configuration)
            let place = FilePlace(folder.ledgerPath)
            return Ledger(path: folder.path, limits: limits, queue: queue, place: place, lock: lock)
        } catch {
            throw LedgerProblem(path: folder.path, error: error)
        }
    }

    /// How long somebody else's writing is waited for.
    private static let busySecondsMax: Double = 10

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "beckon.ledger"
        configuration.busyMode = .timeout(busySecondsMax)
        configuration.prepareDatabase { database in
            // What is deleted is customers' messages: it is to be gone from the file. Deleted rows leave room that the next
            // ones take, so the file grows to what the limits allow and stays there: giving room back would move pages
            // for ever. The log is cut back after a burst, or after somebody has read for long.
            try database.execute(
                sql: """
                    PRAGMA secure_delete = ON;
                    PRAGMA cache_size = -16000;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA journal_size_limit = 16777216;
                    """
            )
        }
        return configuration
    }

    /// Files up to this size are examined as a whole when a run opens them; it takes a second a gigabyte.
    private static let examinedBytesMax = 256 << 20

    private func prepare(isExamined: Bool) throws(LedgerProblem) {
        try perform { database in
            // Whose file it is comes first: nothing of a stranger's is changed, not even its kind of log.
            try Schema.check(database, path: path)
            if isExamined { try examine(database) }
            guard try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL") == "wal" else {
                throw LedgerProblem(path: path, cause: .system("it lies where SQLite cannot keep a log beside it"))
            }
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            try Schema.migrate(database, path: path)
        }
        try recount()
    }

    private func examine(_ database: Database) throws {
        let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        guard try Int.fetchOne(database, sql: sql) ?? 0 <= Self.examinedBytesMax else { return }
        let words = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "ok"
        guard words != "ok" else { return }
        // The first line only names the database, of which there is one.
        let last = words.split(separator: "\n").last.map(String.init) ?? words
        throw LedgerProblem(path: path, cause: .damaged(last, putAside: nil))
    }
}
