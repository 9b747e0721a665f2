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
        } catch {
            throw LedgerProblem(path: path, error: error)
        }
    }

    /// Keeps other runs out until the lock goes away, with the process if need be.
    ///
    /// - Throws: ``LedgerProblem/Cause/inUse(process:)`` when another process has it.
    func lock() throws(LedgerProblem) -> StateLock {
        let descriptor = unsafe open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LedgerProblem(path: path, errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
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

    private static func holder(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(
            String(decoding: bytes.prefix(count), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        )
    }

    /// The process that works with the folder now; `nil` for none.
    public var holder: Int32? {
        let descriptor = unsafe open(path + "/lock", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return nil }
        return Self.holder(descriptor)
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
