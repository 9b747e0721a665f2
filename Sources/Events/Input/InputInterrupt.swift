#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Ends a blocked read from another thread.
///
/// A pipe that every read polls beside its input. Once interrupted it stays so: every later read of every reader that
/// shares it ends at once.
public final class InputInterrupt: Sendable {
    let readEnd: Int32
    private let writeEnd: Int32

    /// Creates an interrupt.
    ///
    /// - Throws: A problem when the process has no descriptors left.
    public init() throws(InputProblem) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw InputProblem(input: "interrupt pipe", operation: .open, cause: .system(errno))
        }
        readEnd = ends[0]
        writeEnd = ends[1]
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            // A full pipe already says everything; `interrupt()` must not wait for room in it.
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Interrupts; may be called from any thread, any number of times.
    public func interrupt() {
        var byte: UInt8 = 1
        var written = 0
        repeat {
            written = unsafe write(writeEnd, &byte, 1)
        } while written < 0 && errno == EINTR
    }

    /// Whether it was interrupted.
    public var isInterrupted: Bool { wait(upTo: .zero) }

    /// Waits until it is interrupted, but not longer than this; says whether it was.
    public func wait(upTo limit: Duration) -> Bool {
        let deadline = ContinuousClock.now.advanced(by: limit)
        var poll = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        while true {
            let timeout = PollTimeout(until: deadline)
            let ready = Self.poll(&poll, milliseconds: timeout.milliseconds)
            if ready > 0 { return true }
            if ready == 0, timeout.isWhole { return false }
            if ready < 0, errno != EINTR { return false }
        }
    }

    private static func poll(_ descriptor: inout pollfd, milliseconds: Int32) -> Int32 {
        unsafe withUnsafeMutablePointer(to: &descriptor) { unsafe systemPoll($0, 1, milliseconds) }
    }
}

private func systemPoll(_ descriptors: UnsafeMutablePointer<pollfd>, _ count: nfds_t, _ timeout: Int32) -> Int32 {
    unsafe poll(descriptors, count, timeout)
}
