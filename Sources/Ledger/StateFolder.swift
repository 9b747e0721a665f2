internal import Foundation

/// The folder in which a run keeps what it must remember: the ledger and the lock that keeps a second run out.
public struct StateFolder: Hashable, Sendable {
    /// Where the state is when nothing else is said.
    public static let standardPath = ".beckon"

    /// The path as the user named it.
    public let path: String

    /// Names a folder, which need not be there yet.
    public init(_ path: String = StateFolder.standardPath) {
        self.path = path
    }

    /// The file of the ledger.
    var ledgerPath: String { path + "/ledger.sqlite" }

    /// Whether there is a ledger in it.
    public var holdsLedger: Bool { FileManager.default.fileExists(atPath: ledgerPath) }

    /// Makes the folder, for its owner's eyes only: it holds customers' messages.
    ///
    /// A file in it tells Git to leave it alone, wherever the folder is.
    func create() throws(LedgerProblem) {
        var isFolder: ObjCBool = false
        if unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            guard isFolder.boolValue else {
                throw LedgerProblem(path: path, cause: .system("it is a file, and must be a folder"))
            }
            return
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try Data("*\n".utf8).write(to: URL(fileURLWithPath: path + "/.gitignore"))
            syncParent()
        } catch {
            throw LedgerProblem(path: path, error: error)
        }
    }

    /// What is synced in a folder is lost with the folder, if that is not synced in its own one.
    private func syncParent() {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let descriptor = unsafe open(parent, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// Makes the ledger's file where there is none, for its owner only; SQLite gives its log the same rights.
    ///
    /// A file that is there is not opened: closing it again would take from this process the locks that SQLite has on it.
    func createLedger() throws(LedgerProblem) {
        let descriptor = unsafe open(ledgerPath, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            // Whatever the mask of the process takes away.
            fchmod(descriptor, 0o600)
            close(descriptor)
            return
        }
        guard errno == EEXIST else { throw LedgerProblem(path: path, errno: errno) }
        let access = unsafe access(ledgerPath, R_OK | W_OK)
        guard access == 0 else { throw LedgerProblem(path: path, errno: errno) }
    }

    /// Why there is no ledger to be opened: there is none, or it may not be seen.
    var missing: LedgerProblem {
        let isHidden = unsafe access(ledgerPath, F_OK) != 0 && errno == EACCES
        let hint = "it may not be looked into; run this as the user whose state it is"
        return LedgerProblem(path: path, cause: isHidden ? .system(hint) : .missing)
    }

    // MARK: - Damage

    /// Whether there is a log without the file that it belongs to, which SQLite would delete.
    var hasLogOnly: Bool { bytes(ledgerPath) == 0 && bytes(ledgerPath + "-wal") > 0 }

    private func bytes(_ path: String) -> Int {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int) ?? 0
    }

    /// Whether the file begins as every file of SQLite does, or is empty.
    ///
    /// Only for one who holds the lock, before the ledger is opened: see ``createLedger()``.
    var looksLikeDatabase: Bool {
        let descriptor = unsafe open(ledgerPath, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = unsafe read(descriptor, &bytes, bytes.count)
        return count <= 0 || bytes == Array("SQLite format 3\0".utf8)
    }

    /// A second name for the log while the ledger is opened: closing a damaged one would delete it.
    private var keptLogPath: String { ledgerPath + "-kept" }

    /// Gives the log a second name, where the disk has such.
    func keepLog() {
        dropKeptLog()
        try? FileManager.default.linkItem(atPath: ledgerPath + "-wal", toPath: keptLogPath)
    }

    /// Takes the second name away; one may be left of a run that was killed at its start.
    public func dropKeptLog() {
        _ = unsafe unlink(keptLogPath)
    }

    /// Renames the files of a damaged ledger, of which nothing is deleted, and says so.
    func puttingAside(_ words: String) throws(LedgerProblem) -> LedgerProblem {
        let stamp = ISO8601DateFormatter().string(from: Date()).replacing(":", with: "")
        let files = FileManager.default
        var aside = "\(ledgerPath).damaged-\(stamp)"
        while files.fileExists(atPath: aside) || files.fileExists(atPath: aside + "-wal") { aside += "-again" }
        do {
            if files.fileExists(atPath: keptLogPath) {
                try files.moveItem(atPath: keptLogPath, toPath: aside + "-wal")
                _ = unsafe unlink(ledgerPath + "-wal")
            }
            for suffix in ["", "-wal", "-shm", "-journal"] where files.fileExists(atPath: ledgerPath + suffix) {
                try files.moveItem(atPath: ledgerPath + suffix, toPath: aside + suffix)
            }
        } catch {
            throw LedgerProblem(path: path, error: error)
        }
        return LedgerProblem(path: path, cause: .damaged(words, putAside: aside))
    }

    // MARK: - Lock

    /// Keeps other runs out until the lock goes away, with the process if need be.
    ///
    /// - Throws: ``LedgerProblem/Cause/inUse(process:)`` when another process has it.
    func lock() throws(LedgerProblem) -> StateLock {
        let descriptor = unsafe open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LedgerProblem(path: path, errno: errno) }
        guard Self.lock(descriptor) else {
            let (code, holder) = (errno, Self.holder(descriptor))
            close(descriptor)
            guard code == EWOULDBLOCK else { throw LedgerProblem(path: path, errno: code) }
            throw LedgerProblem(path: path, cause: .inUse(process: holder))
        }
        let process = "\(getpid())\n"
        // For people only: the lock itself is what counts, so a disk that is full changes nothing here.
        _ = ftruncate(descriptor, 0)
        _ = unsafe pwrite(descriptor, process, process.utf8.count, 0)
        return StateLock(descriptor: descriptor)
    }

    /// Tries for a moment: somebody who only asks who has it, has it too while asking.
    private static func lock(_ descriptor: Int32) -> Bool {
        for _ in 0..<5 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK || errno == EINTR else { return false }
            usleep(20_000)
        }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    private static func holder(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(
            String(decoding: bytes.prefix(count), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        )
    }

    /// The process that works with the folder now; `nil` for none, and 0 for one whose number could not be written.
    public var holder: Int32? {
        let descriptor = unsafe open(path + "/lock", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
        return Self.holder(descriptor) ?? 0
    }
}

/// A lock on a state folder; ends with the value, and with the process however it ends.
final class StateLock: Sendable {
    private let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
