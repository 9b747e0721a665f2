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
    /// Where the file lies; `nil` for a ledger in memory.
    private let place: FilePlace?
    private let known = Mutex(Known())

    /// What is known without asking the file.
    private struct Known {
        var openCount = 0
        var inbox = InboxSize()
        /// Room in the inbox for what is about to be written.
        var reserved = InboxSize()
        var isSynced = false
        /// Up to which job the present round of cleaning has come.
        var cleanedEnd: Int64 = 0
        /// Changes whenever another process has written.
        var dataVersion: Int64?
    }

    init(
        path: String,
        limits: LedgerLimits,
        queue: DatabaseQueue,
        place: FilePlace? = nil,
        lock: StateLock? = nil
    ) {
        self.path = path
        self.limits = limits
        self.queue = queue
        self.place = place
        self.lock = lock
    }

    /// How many jobs are open and in the queue, as of the last write or ``foreignVersion()``.
    public var openCount: Int { known.withLock { $0.openCount } }

    /// Whether a run works with the folder now, this process among them; never one with a ledger in memory.
    var isHeldByRun: Bool { place != nil && StateFolder(path).holder != nil }

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
    /// `isSynced` says that the commit must survive a power failure; `body` also says by how many the open jobs change.
    func write<Result>(
        isSynced: Bool = false,
        _ body: (Database) throws -> (Result, openChange: Int)
    ) throws(LedgerProblem) -> Result {
        try perform { database in try commit(database, isSynced: isSynced) { Written(try body($0)) } }
    }

    /// Writes in one transaction without blocking the calling thread.
    ///
    /// A cancelled task changes nothing: what happened is written.
    func write<Result: Sendable>(
        isSynced: Bool = false,
        _ body: @escaping @Sendable (Database) throws -> (Result, openChange: Int)
    ) async throws(LedgerProblem) -> Result {
        try await performAsync { [self] database in
            try commit(database, isSynced: isSynced) { Written(try body($0)) }
        }
    }

    /// Reads without blocking the calling thread.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws(LedgerProblem) -> Result {
        try await performAsync { database in try database.inSavepointOfReading { try body(database) } }
    }

    /// Writes as above, where the inbox changes too; blocks the calling thread.
    func writeInbox<Result>(
        isSynced: Bool,
        _ body: (Database) throws -> Written<Result>
    ) throws(LedgerProblem) -> Result {
        try perform { database in try commit(database, isSynced: isSynced, body) }
    }

    /// Writes as above, where the inbox changes too.
    func writeInbox<Result: Sendable>(
        isSynced: Bool,
        _ body: @escaping @Sendable (Database) throws -> Written<Result>
    ) async throws(LedgerProblem) -> Result {
        try await performAsync { [self] database in try commit(database, isSynced: isSynced, body) }
    }

    private func commit<Result>(
        _ database: Database,
        isSynced: Bool,
        _ body: (Database) throws -> Written<Result>
    ) throws -> Result {
        // What is written into a file without a name is gone with the process.
        guard place?.isKept ?? true else { throw LedgerProblem(path: path, cause: .gone) }
        try setSynced(isSynced, database)
        var outcome: Written<Result>?
        var counts: Counts?
        try database.inTransaction(.immediate) {
            outcome = try body(database)
            counts = try countsAfterOthers(database)
            return .commit
        }
        guard let outcome else { preconditionFailure("a transaction was committed without its result") }
        known.withLock { known in
            if let counts {
                (known.openCount, known.inbox, known.dataVersion) = (counts.open, counts.inbox, counts.dataVersion)
            } else {
                known.openCount += outcome.openChange
                known.inbox += outcome.inboxChange
            }
        }
        return outcome.result
    }

    /// In WAL mode, `NORMAL` syncs only when the log is moved into the file, and `FULL` at each commit.
    private func setSynced(_ isSynced: Bool, _ database: Database) throws {
        guard known.withLock({ $0.isSynced }) != isSynced else { return }
        try database.execute(sql: "PRAGMA synchronous = \(isSynced ? "FULL" : "NORMAL")")
        known.withLock { $0.isSynced = isSynced }
    }

    func perform<Result>(_ body: (Database) throws -> Result) throws(LedgerProblem) -> Result {
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

    /// Makes room in the inbox for what is about to be written; `false` when there is none.
    func reserve(_ size: InboxSize) -> Bool {
        known.withLock { known in
            var total = known.inbox
            total += known.reserved
            total += size
            guard total.count <= limits.inboxCountMax, total.bytes <= limits.inboxBytesMax else { return false }
            known.reserved += size
            return true
        }
    }

    /// Gives a reservation back, after the writing or instead of it.
    func release(_ size: InboxSize) {
        known.withLock { $0.reserved -= size }
    }

    /// Up to which job the present round of cleaning has come; 0 between rounds.
    var cleanedEnd: Int64 {
        get { known.withLock { $0.cleanedEnd } }
        set { known.withLock { $0.cleanedEnd = newValue } }
    }

    /// A number that changes whenever another process has written; ``openCount`` is then counted again.
    public func foreignVersion() async throws(LedgerProblem) -> Int {
        try await performAsync { [self] database in try countAfterOthers(database) }
    }

    /// Counts what is open if another process has written; as ``foreignVersion()``, but blocks the calling thread.
    @discardableResult
    func recount() throws(LedgerProblem) -> Int {
        try perform { try countAfterOthers($0) }
    }

    private func countAfterOthers(_ database: Database) throws -> Int {
        let counts = try database.inSavepointOfReading { try countsAfterOthers(database) }
        // Before anybody else has the connection: a commit must not be followed by a count from before it.
        return known.withLock { known in
            if let counts {
                (known.openCount, known.inbox, known.dataVersion) = (counts.open, counts.inbox, counts.dataVersion)
            }
            return Int(known.dataVersion ?? 0)
        }
    }

    /// What is counted anew.
    private struct Counts {
        var open: Int
        var inbox: InboxSize
        var dataVersion: Int64
    }

    /// Counts anew within a transaction if another process has written since the last time; `nil` if none has.
    private func countsAfterOthers(_ database: Database) throws -> Counts? {
        let version = try database.integer("PRAGMA data_version") ?? 0
        guard known.withLock({ $0.dataVersion }) != version else { return nil }
        let open = try database.integer("SELECT count(*) FROM queue") ?? 0
        return Counts(open: Int(open), inbox: try database.inboxSize(upTo: .max), dataVersion: version)
    }
}

/// What a transaction wrote, as far as it is counted.
struct Written<Result> {
    var result: Result
    var openChange = 0
    var inboxChange = InboxSize()

    init(_ result: Result, openChange: Int = 0, inboxChange: InboxSize = InboxSize()) {
        self.result = result
        self.openChange = openChange
        self.inboxChange = inboxChange
    }

    init(_ pair: (Result, openChange: Int)) {
        self.init(pair.0, openChange: pair.openChange)
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
