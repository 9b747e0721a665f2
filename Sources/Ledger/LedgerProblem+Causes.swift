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
            case .SQLITE_READONLY, .SQLITE_PERM: .readOnly
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(words, putAside: nil)
            default: .system(words)
            }
        self.init(path: path, cause: cause)
    }
}

extension NSError {
    /// The number of the system call's error beneath an error of Foundation.
    fileprivate var underlyingErrno: Int32? {
        if domain == NSPOSIXErrorDomain { return Int32(truncatingIfNeeded: code) }
        return (userInfo[NSUnderlyingErrorKey] as? NSError)?.underlyingErrno
    }
}
