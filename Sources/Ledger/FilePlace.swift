internal import Foundation

/// A file by its name, to see whether the name still leads to it.
struct FilePlace: Sendable {
    private let path: String
    private let identity: Identity

    private struct Identity: Hashable {
        var device: UInt64
        var inode: UInt64

        init?(_ path: String) {
            var status = stat()
            guard unsafe lstat(path, &status) == 0 else { return nil }
            device = UInt64(truncatingIfNeeded: status.st_dev)
            inode = UInt64(truncatingIfNeeded: status.st_ino)
        }
    }

    /// Notes which file the name leads to now; `nil` if there is none.
    init?(_ path: String) {
        guard let identity = Identity(path) else { return nil }
        self.path = path
        self.identity = identity
    }

    /// Whether the name still leads to that file.
    ///
    /// One system call: for asking before every commit.
    var isKept: Bool { Identity(path) == identity }
}
