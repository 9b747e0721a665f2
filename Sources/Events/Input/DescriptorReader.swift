#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What came of one read.
enum ReadResult: Equatable {
    /// So many bytes, at least one.
    case bytes(Int)
    /// There is nothing more, at least for now.
    case end
    /// Nothing came in the time that was given.
    case idle
    /// Somebody interrupted.
    case interrupted
}

/// Reads from a descriptor what is there, waiting only when there is nothing.
final class DescriptorReader {
    /// The size of a regular file when it was opened; `nil` for pipes, terminals and sockets.
    let size: Int?

    /// How many bytes were read.
    private(set) var bytesRead = 0

    let name: String
    private let descriptor: Int32
    /// Whether the descriptor was opened here, by a path.
    let isOwned: Bool
    private let interrupt: InputInterrupt?

    init(_ source: InputSource, interrupt: InputInterrupt?) throws(InputProblem) {
        name = source.name
        self.interrupt = interrupt
        switch source {
        case .standardInput: (descriptor, isOwned) = (0, false)
        case .descriptor(let open, _): (descriptor, isOwned) = (open, false)
        case .file(let path): (descriptor, isOwned) = (try Self.open(path), true)
        }
        do throws(InputProblem) {
            size = try Self.size(of: descriptor, name)
        } catch {
            // `deinit` does not run for what was never wholly initialised.
            if isOwned { close(descriptor) }
            throw error
        }
    }

    deinit {
        if isOwned { close(descriptor) }
    }

    private static func open(_ path: String) throws(InputProblem) -> Int32 {
        while true {
            // A named pipe is opened without waiting for its writer: every read waits for bytes, and can be interrupted.
            let descriptor = systemOpen(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            if descriptor >= 0 { return descriptor }
            guard errno == EINTR else { throw InputProblem(input: path, operation: .open, cause: .system(errno)) }
        }
    }

    private static func size(of descriptor: Int32, _ name: String) throws(InputProblem) -> Int? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw InputProblem(input: name, operation: .open, cause: .system(errno))
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: throw InputProblem(input: name, operation: .open, cause: .directory)
        case S_IFREG: return Int(status.st_size)
        default: return nil
        }
    }

    /// Moves on to a place in a regular file.
    func seek(to offset: Int) throws(InputProblem) {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else {
            throw InputProblem(input: name, operation: .read, cause: .system(errno))
        }
        bytesRead = offset
    }

    /// What the file system says of the open file now.
    func status() throws(InputProblem) -> FileStatus {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw InputProblem(input: name, operation: .read, cause: .system(errno))
        }
        return FileStatus(status)
    }

    /// Bytes of a regular file, wherever reading is; fewer where the file ends before.
    func bytes(at offset: Int, count: Int) throws(InputProblem) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var have = 0
        while have < count {
            let more = unsafe bytes.withUnsafeMutableBytes {
                unsafe pread(descriptor, $0.baseAddress.map { unsafe $0 + have }, count - have, off_t(offset + have))
            }
            if more == 0 { break }
            if more > 0 {
                have += more
            } else if errno != EINTR {
                throw InputProblem(input: name, operation: .read, cause: .system(errno))
            }
        }
        return have == count ? bytes : Array(bytes[..<have])
    }

    /// Reads into a buffer that is not empty; waits no longer than up to the deadline.
    func read(
        into buffer: UnsafeMutableRawBufferPointer,
        until deadline: ContinuousClock.Instant? = nil
    ) throws(InputProblem) -> ReadResult {
        while true {
            switch try waitForBytes(until: deadline) {
            case .ready: break
            case .idle: return .idle
            case .interrupted: return .interrupted
            }
            let count = unsafe systemRead(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 {
                bytesRead += count
                return .bytes(count)
            }
            if count == 0 { return .end }
            guard errno == EINTR || errno == EAGAIN else {
                throw InputProblem(input: name, operation: .read, cause: .system(errno))
            }
        }
    }

    private enum Wait {
        case ready
        case idle
        case interrupted
    }

    private func waitForBytes(until deadline: ContinuousClock.Instant?) throws(InputProblem) -> Wait {
        var polls = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
        if let interrupt { polls.append(pollfd(fd: interrupt.readEnd, events: Int16(POLLIN), revents: 0)) }
        while true {
            let timeout = deadline.map { PollTimeout(until: $0) }
            let ready = unsafe polls.withUnsafeMutableBufferPointer {
                unsafe poll($0.baseAddress, nfds_t($0.count), timeout?.milliseconds ?? -1)
            }
            if ready > 0 { return polls.count == 2 && polls[1].revents != 0 ? .interrupted : .ready }
            if ready == 0 {
                if timeout?.isWhole ?? true { return .idle }
                continue
            }
            guard errno == EINTR else { throw InputProblem(input: name, operation: .read, cause: .system(errno)) }
        }
    }
}

private func systemOpen(_ path: String, _ flags: Int32) -> Int32 {
    unsafe open(path, flags)
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    unsafe read(descriptor, buffer, count)
}
