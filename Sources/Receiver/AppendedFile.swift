#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file that only grows by whole lines.
///
/// Half a line comes from a crash or a full disk. One that this process writes is taken back; one that is found is completed
/// with a line feed before anything follows it, so that it is one rejected line and no event is glued to it.
struct AppendedFile: ~Copyable {
    private let path: String
    private let calls: FileCalls
    private let descriptor: Int32
    private let identity: Identity

    /// What makes a file the same whatever it is called.
    private struct Identity: Equatable {
        let device: UInt64
        let number: UInt64

        init(_ status: stat) {
            device = UInt64(truncatingIfNeeded: status.st_dev)
            number = UInt64(truncatingIfNeeded: status.st_ino)
        }
    }

    /// Opens or creates a file and locks out other writers.
    init(at path: String, calls: FileCalls) throws(StreamFileProblem) {
        let descriptor = try Self.open(path)
        do throws(StreamFileProblem) {
            identity = try Self.lock(descriptor, path)
        } catch {
            // `deinit` does not run for what was never wholly initialised.
            close(descriptor)
            throw error
        }
        self.path = path
        self.calls = calls
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Whether the path still leads to this file.
    func isStill(at path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && Identity(status) == identity
    }

    /// Appends lines, each with its line feed, and syncs them: all, or none.
    func append(_ lines: [UInt8]) throws(StreamFileProblem) {
        let size = try size()
        do throws(StreamFileProblem) {
            try write(endsInHalfLine(size) ? [UInt8(ascii: "\n")] + lines : lines)
            let code = calls.synchronize(descriptor)
            guard code == 0 else { throw problem(.synchronize(code)) }
        } catch {
            // After a failed sync too: the system may have dropped the pages and still call the next sync a success.
            // Should this fail, what is left of a line is completed by the next call.
            _ = ftruncate(descriptor, off_t(size))
            throw error
        }
    }

    private func size() throws(StreamFileProblem) -> Int {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw problem(.write(errno)) }
        return Int(status.st_size)
    }

    private func endsInHalfLine(_ size: Int) -> Bool {
        guard size > 0 else { return false }
        var byte: UInt8 = 0
        let count = unsafe pread(descriptor, &byte, 1, off_t(size - 1))
        return count == 1 && byte != UInt8(ascii: "\n")
    }

    private func write(_ bytes: [UInt8]) throws(StreamFileProblem) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let (count, code) = calls.write(descriptor, rest)
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if code != EINTR {
                throw problem(.write(code))
            }
        }
    }

    private func problem(_ cause: StreamFileProblem.Cause) -> StreamFileProblem {
        StreamFileProblem(path: path, cause: cause)
    }

    // MARK: Opening

    private static func open(_ path: String) throws(StreamFileProblem) -> Int32 {
        // Without waiting: a pipe that nobody reads would block here before it can be refused.
        let flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
        while true {
            let descriptor = systemOpen(path, flags)
            if descriptor >= 0 { return descriptor }
            let code = errno
            if code == EISDIR { throw StreamFileProblem(path: path, cause: .notAFile) }
            guard code == EINTR else { throw StreamFileProblem(path: path, cause: .open(code)) }
        }
    }

    private static func lock(_ descriptor: Int32, _ path: String) throws(StreamFileProblem) -> Identity {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw StreamFileProblem(path: path, cause: .open(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StreamFileProblem(path: path, cause: .notAFile) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            throw StreamFileProblem(path: path, cause: code == EWOULDBLOCK ? .inUse : .open(code))
        }
        if status.st_size == 0 { try syncFolder(of: path) }
        return Identity(status)
    }

    /// Makes the name of a new file durable: syncing the file alone does not.
    private static func syncFolder(of path: String) throws(StreamFileProblem) {
        let end = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = systemOpen(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StreamFileProblem(path: path, cause: .open(errno)) }
        defer { close(descriptor) }
        // Some file systems sync no folders and say so; then there is nothing more to do.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw StreamFileProblem(path: path, cause: .synchronize(errno))
        }
    }
}

/// The two system calls that fail when a disk does.
struct FileCalls: Sendable {
    /// Writes what it can of some bytes; returns how many, or the `errno`.
    var write: @Sendable (Int32, ArraySlice<UInt8>) -> (count: Int, code: Int32) = { descriptor, bytes in
        let count = unsafe bytes.withUnsafeBytes { unsafe systemWrite(descriptor, $0) }
        return (count, count < 0 ? errno : 0)
    }

    /// Syncs a file; returns 0 or the `errno`.
    var synchronize: @Sendable (Int32) -> Int32 = { descriptor in
        #if canImport(Darwin)
            // On macOS fsync leaves the bytes in the drive's own cache.
            if fcntl(descriptor, F_FULLFSYNC) == 0 { return 0 }
        #endif
        return fsync(descriptor) == 0 ? 0 : errno
    }
}

private func systemOpen(_ path: String, _ flags: Int32) -> Int32 {
    unsafe open(path, flags, 0o600)
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    unsafe write(descriptor, bytes.baseAddress, bytes.count)
}
