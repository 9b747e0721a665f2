import Foundation
import Synchronization

/// Where data goes: stdout or a file, collected into large writes.
///
/// The caller flushes before it waits for anything, so that a decision never lies in the buffer while nothing happens.
final class DataOutput: Sendable {
    private struct State {
        var buffer: [UInt8] = []
        var isClosed = false
        var problem: String?
    }

    private let name: String
    private let descriptor: Int32
    private let ownsDescriptor: Bool
    private let state = Mutex(State())

    /// How much is collected before it is written.
    private static let bufferBytesMax = 1 << 16

    /// Opens a file for writing, or stdout for `-`.
    init(path: String, appending: Bool = false) throws {
        name = path == "-" ? "stdout" : "'\(path)'"
        guard path != "-" else {
            descriptor = STDOUT_FILENO
            ownsDescriptor = false
            return
        }
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (appending ? O_APPEND : O_TRUNC)
        descriptor = unsafe open(path, flags, 0o644)
        ownsDescriptor = true
        guard descriptor >= 0 else {
            throw CannotStart("cannot write to '\(path)': \(Self.text(of: errno))")
        }
    }

    deinit {
        if ownsDescriptor { close(descriptor) }
    }

    /// Whether the reader has gone away; what is written from then on is dropped.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// The first failure to write other than a reader that went away, such as a full disk.
    var problem: String? { state.withLock { $0.problem } }

    /// Whether what is written still arrives somewhere.
    var isOpen: Bool { state.withLock { !$0.isClosed && $0.problem == nil } }

    /// Writes bytes and a line feed.
    func writeLine(_ bytes: some Collection<UInt8>) {
        state.withLock { state in
            guard !state.isClosed, state.problem == nil else { return }
            state.buffer.append(contentsOf: bytes)
            state.buffer.append(UInt8(ascii: "\n"))
            if state.buffer.count >= Self.bufferBytesMax { flush(&state) }
        }
    }

    /// Hands everything collected to the system.
    func flush() {
        state.withLock { flush(&$0) }
    }

    /// Hands everything to the system and says whether all of it arrived; tells people if not.
    ///
    /// A reader that went away has had what it wanted.
    func finish() -> Bool {
        flush()
        guard let problem else { return true }
        StandardError.write("beckon: \(problem)\n")
        return false
    }

    private func flush(_ state: inout State) {
        var written = 0
        while written < state.buffer.count, !state.isClosed, state.problem == nil {
            let count = unsafe state.buffer[written...].withUnsafeBytes { rest in
                unsafe write(descriptor, rest.baseAddress, rest.count)
            }
            if count >= 0 {
                written += count
            } else if errno == EPIPE {
                state.isClosed = true
            } else if errno == EAGAIN {
                waitForRoom()
            } else if errno != EINTR {
                state.problem = "cannot write to \(name): \(Self.text(of: errno))"
            }
        }
        state.buffer.removeAll(keepingCapacity: true)
    }

    /// A descriptor that was handed to us may be non-blocking.
    private func waitForRoom() {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&entry, 1, -1)
    }

    private static func text(of code: Int32) -> String {
        unsafe String(cString: strerror(code))
    }
}
