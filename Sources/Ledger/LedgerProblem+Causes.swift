internal import Foundation
internal import GRDB

extension LedgerProblem {
    /// A problem in the words of the system call that failed.
    init(path: String, errno code: Int32) {
        let cause: Cause =
            switch code {
            case ENOSPC, EDQUOT: .diskFull
            case EACCES, EPERM, EROFS: .readOnly
            default: .system(unsafe String(cString: strerror(code)))
            }
        self.init(path: path, cause: cause)
    }

    /// A problem for whatever Foundation or SQLite threw.
    init(path: String, error: any Error) {
        if let problem = error as? LedgerProblem {
            self = problem
        } else if let error = error as? DatabaseError {
            self.init(path: path, error)
        } else if let code = (error as NSError).underlyingErrno {
            self.init(path: path, errno: code)
        } else {
            self.init(path: path, cause: .system(error.localizedDescription))
        }
    }

    /// A problem for an error of SQLite; its message holds no values, only names of tables and columns.
    private init(path: String, _ error: DatabaseError) {
        let words = error.message ?? error.resultCode.description
        let cause: Cause =
            switch error.resultCode {
            case .SQLITE_FULL: .diskFull
            // SQLite knows a full disk only where it writes rows, not where it makes its log longer or syncs.
            case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE || Self.isFull(path): .diskFull
            case .SQLITE_CANTOPEN where !Self.isWritable(path): .readOnly
            case .SQLITE_READONLY, .SQLITE_PERM: .readOnly
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(words, putAside: nil)
            default: .system(words)
            }
        self.init(path: path, cause: cause)
    }

    private static func isWritable(_ path: String) -> Bool { FileManager.default.isWritableFile(atPath: path) }

    private static func isFull(_ path: String) -> Bool {
        var disk = statvfs()
        guard unsafe statvfs(path, &disk) == 0 else { return false }
        return UInt64(disk.f_bavail) * UInt64(disk.f_frsize) < 65_536
    }
}

extension NSError {
    /// The number of the system call's error beneath an error of Foundation.
    fileprivate var underlyingErrno: Int32? {
        if domain == NSPOSIXErrorDomain { return Int32(truncatingIfNeeded: code) }
        return (userInfo[NSUnderlyingErrorKey] as? NSError)?.underlyingErrno
    }
}
