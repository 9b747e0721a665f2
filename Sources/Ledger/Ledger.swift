internal import Foundation
internal import GRDB
internal import Synchronization

/// The durable record of inputs, jobs, attempts and outcomes: what was asked for, tried and done.
///
/// One SQLite file in WAL mode, written by one run at a time and read and corrected beside it by `beckon ledger` and
/// `beckon try`. The ledger is also the queue: what a run has decided stands here before anything is attempted, so that a
/// restart is nothing but going on.
///
/// ```swift
/// let ledger = try Ledger.open(StateFolder(".beckon"))
/// try ledger.take(batch, now: now)                       // jobs and checkpoints, in one transaction
/// let page = try await ledger.queued(behind: 0, limit: 500, avoiding: [])
/// let permissions = try await ledger.take(step, guards: guards)
/// ```
///
/// Commits survive the process. They survive the machine where someone was told "I have it" on their strength, or where a
/// second attempt could do harm; elsewhere the input is read again from the last commit that did.
public final class Ledger: Sendable {
    /// The folder as it was named, for messages.
    public let path: String

    /// How far everything may grow.
    public let limits: LedgerLimits

    private let queue: DatabaseQueue
    private let lock: StateLock?
    private let state: Mutex<State>

    /// What is known without asking the file.
    private struct State {
        var openCount = 0
        var isSynced = false
        var knownRules: Set<String> = []
        var inbox = InboxSize()
    }

    private init(path: String, limits: LedgerLimits, queue: DatabaseQueue, lock: StateLock? = nil) {
        self.path = path
        self.limits = limits
        self.queue = queue
        self.lock = lock
        state = Mutex(State())
    }

    /// How many jobs are open and in the queue.
    public var openCount: Int { state.withLock { $0.openCount } }

    // MARK: - Opening

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
        do throws(LedgerProblem) {
            return try opened(folder, limits: limits, lock: lock)
        } catch {
            guard case .damaged(let words, nil) = error.cause else { throw error }
            throw LedgerProblem(path: folder.path, cause: .damaged(words, putAside: try putAside(folder)))
        }
    }

    /// Opens the ledger of a folder beside a run, to write a call by hand or a correction into it.
    ///
    /// - Parameter creates: Whether a ledger that is not there is made.
    public static func openBeside(
        _ folder: StateFolder,
        creates: Bool = false,
        limits: LedgerLimits = LedgerLimits()
    ) throws(LedgerProblem) -> Ledger {
        if creates { try folder.create() }
        guard creates || folder.holdsLedger else { throw LedgerProblem(path: folder.path, cause: .missing) }
        return try opened(folder, limits: limits, lock: nil)
    }

    /// Opens the ledger of a folder for reading only.
    public static func openForReading(_ folder: StateFolder) throws(LedgerProblem) -> Ledger {
        guard folder.holdsLedger else { throw LedgerProblem(path: folder.path, cause: .missing) }
        var configuration = configuration()
        configuration.readonly = true
        let ledger = try connect(folder, limits: LedgerLimits(), configuration, lock: nil)
        let version = try ledger.read { try Schema.check($0, path: folder.path) }
        // An older one is brought up to date by whoever may write to it.
        return version == Schema.version ? ledger : try opened(folder, limits: LedgerLimits(), lock: nil)
    }

    /// Makes a ledger that lives as long as the process.
    public static func inMemory(limits: LedgerLimits = LedgerLimits()) throws(LedgerProblem) -> Ledger {
        do {
            let ledger = Ledger(path: "memory", limits: limits, queue: try DatabaseQueue())
            try ledger.prepare()
            return ledger
        } catch {
            throw LedgerProblem(path: "memory", error: error)
        }
    }

    private static func opened(
        _ folder: StateFolder,
        limits: LedgerLimits,
        lock: StateLock?
    ) throws(LedgerProblem) -> Ledger {
        var configuration = configuration()
        configuration.journalMode = .wal
        let ledger = try connect(folder, limits: limits, configuration, lock: lock)
        try ledger.prepare()
        return ledger
    }

    private static func connect(
        _ folder: StateFolder,
        limits: LedgerLimits,
        _ configuration: Configuration,
        lock: StateLock?
    ) throws(LedgerProblem) -> Ledger {
        do {
            // What SQLite makes, it makes with the rights of this file.
            let descriptor = unsafe Foundation.open(
                folder.ledgerPath,
                configuration.readonly ? O_RDONLY | O_CLOEXEC : O_RDWR | O_CREAT | O_CLOEXEC,
                0o600
            )
            guard descriptor >= 0 else { throw LedgerProblem(path: folder.path, errno: errno) }
            Foundation.close(descriptor)
            let queue = try DatabaseQueue(path: folder.ledgerPath, configuration: configuration)
            return Ledger(path: folder.path, limits: limits, queue: queue, lock: lock)
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
            // What is deleted is customers' messages: it is to be gone from the file.
            try database.execute(
                sql: "PRAGMA secure_delete = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY"
            )
        }
        return configuration
    }

    /// Files up to this size are examined as a whole when they are opened; it takes a second a gigabyte.
    private static let checkedBytesMax = 256 << 20

    private func prepare() throws(LedgerProblem) {
        try perform { database in
            let size = try Int.fetchOne(
                database,
                sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
            )
            if size ?? 0 <= Self.checkedBytesMax,
                let words = try String.fetchOne(database, sql: "PRAGMA quick_check(1)"), words != "ok"
            {
                throw LedgerProblem(path: path, cause: .damaged(words, putAside: nil))
            }
            try Schema.migrate(database, path: path)
        }
        try refreshOpenCount()
        let inbox = try read { try $0.inboxSize(upTo: .max) }
        state.withLock { $0.inbox = inbox }
    }

    /// Renames the files of a damaged ledger; nothing of it is deleted.
    private static func putAside(_ folder: StateFolder) throws(LedgerProblem) -> String {
        let stamp = ISO8601DateFormatter().string(from: Date()).replacing(":", with: "")
        let aside = "\(folder.ledgerPath).damaged-\(stamp)"
        do {
            try FileManager.default.moveItem(atPath: folder.ledgerPath, toPath: aside)
            for suffix in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: folder.ledgerPath + suffix) {
                try FileManager.default.moveItem(atPath: folder.ledgerPath + suffix, toPath: aside + suffix)
            }
            return aside
        } catch {
            throw LedgerProblem(path: folder.path, error: error)
        }
    }

    /// Moves what was written into the file and closes it; a run does this at its end.
    ///
    /// What is asked of the ledger afterwards fails. A ledger that is not closed loses nothing.
    public func close() throws(LedgerProblem) {
        do { try queue.close() } catch { throw LedgerProblem(path: path, error: error) }
    }

    // MARK: - Access

    /// Reads; blocks the calling thread while somebody else has the connection.
    func read<Result>(_ body: (Database) throws -> Result) throws(LedgerProblem) -> Result {
        try perform { database in
            try database.inSavepointOfReading { try body(database) }
        }
    }

    /// Writes in one transaction; blocks the calling thread.
    ///
    /// - Parameters:
    ///   - isSynced: Whether the commit must survive a power failure.
    ///   - body: Also says by how many the open jobs change.
    func write<Result>(
        isSynced: Bool = false,
        _ body: (Database) throws -> (Result, openChange: Int)
    ) throws(LedgerProblem) -> Result {
        try perform { database in try commit(database, isSynced: isSynced, body) }
    }

    /// Writes in one transaction without blocking the calling thread.
    ///
    /// A cancelled task changes nothing: what happened is written.
    func write<Result: Sendable>(
        isSynced: Bool = false,
        _ body: @escaping @Sendable (Database) throws -> (Result, openChange: Int)
    ) async throws(LedgerProblem) -> Result {
        try await performAsync { [self] database in try commit(database, isSynced: isSynced, body) }
    }

    /// Reads without blocking the calling thread.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws(LedgerProblem) -> Result {
        try await performAsync { database in try database.inSavepointOfReading { try body(database) } }
    }

    private func commit<Result>(
        _ database: Database,
        isSynced: Bool,
        _ body: (Database) throws -> (Result, openChange: Int)
    ) throws -> Result {
        try setSynced(isSynced, database)
        var outcome: (Result, openChange: Int)?
        try database.inTransaction(.immediate) {
            outcome = try body(database)
            return .commit
        }
        guard let outcome else { preconditionFailure("a transaction was committed without its result") }
        state.withLock { $0.openCount += outcome.openChange }
        return outcome.0
    }

    /// In WAL mode, `NORMAL` syncs only when the log is moved into the file, and `FULL` at each commit.
    private func setSynced(_ isSynced: Bool, _ database: Database) throws {
        guard state.withLock({ $0.isSynced }) != isSynced else { return }
        try database.execute(sql: "PRAGMA synchronous = \(isSynced ? "FULL" : "NORMAL")")
        state.withLock { $0.isSynced = isSynced }
    }

    private func perform<Result>(_ body: (Database) throws -> Result) throws(LedgerProblem) -> Result {
        do {
            return try queue.writeWithoutTransaction(body)
        } catch {
            throw LedgerProblem(path: path, error: error)
        }
    }

    private func performAsync<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws(LedgerProblem) -> Result {
        let result = await withCheckedContinuation { continuation in
            queue.asyncWriteWithoutTransaction { [path] database in
                continuation.resume(
                    returning: Swift.Result { () throws(LedgerProblem) -> Result in
                        do { return try body(database) } catch { throw LedgerProblem(path: path, error: error) }
                    }
                )
            }
        }
        return try result.get()
    }

    // MARK: - What is known without asking

    /// Counts the open jobs again, as after somebody else wrote.
    public func refreshOpenCount() throws(LedgerProblem) {
        let count = try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM queue") ?? 0 }
        state.withLock { $0.openCount = count }
    }

    /// Whether the text of a rule's version still has to be written; asked once for each.
    func isNew(ruleVersion: String) -> Bool {
        state.withLock { !$0.knownRules.contains(ruleVersion) }
    }

    /// Notes that a rule's text is written.
    func knows(ruleVersions: some Sequence<String>) {
        state.withLock { $0.knownRules.formUnion(ruleVersions) }
    }

    /// Makes room in the inbox; `false` when there is none.
    func reserve(_ size: InboxSize) -> Bool {
        state.withLock { state in
            let (count, bytes) = (state.inbox.count + size.count, state.inbox.bytes + size.bytes)
            guard count <= limits.inboxCountMax, bytes <= limits.inboxBytesMax else { return false }
            state.inbox = InboxSize(count: count, bytes: bytes)
            return true
        }
    }

    /// Gives room in the inbox back.
    func release(_ size: InboxSize) {
        state.withLock { state in
            state.inbox.count -= size.count
            state.inbox.bytes -= size.bytes
        }
    }

    /// A number that changes whenever another process has written.
    public func changeCount() throws(LedgerProblem) -> Int {
        try perform { try Int.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
    }
}

extension Database {
    /// Reads in one view of the file, whatever others write meanwhile.
    fileprivate func inSavepointOfReading<Result>(_ body: () throws -> Result) throws -> Result {
        var result: Result?
        try inTransaction(.deferred) {
            result = try body()
            return .commit
        }
        guard let result else { preconditionFailure("a transaction was committed without its result") }
        return result
    }
}
