import Foundation
import Synchronization

/// Where data goes: stdout or a file, collected into large writes.
///
/// The caller flushes before it waits for anything, so that a decision never lies in the buffer while nothing happens.
final class DataOutput: Sendable {
    private struct State {
        var buffer: [UInt8] = []
        /// How many bytes have left the buffer and are not written yet.
        var underWay = 0
        var isClosed = false
        var problem: String?
    }

    private let name: String
    private let descriptor: Int32
    private let ownsDescriptor: Bool
    private let state = Mutex(State())
    /// The bytes that are being written; who holds them writes, and nobody else waits for him but who wants to write too.
    private let writing = Mutex<[UInt8]>([])

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

    /// How many bytes were collected and are not written yet.
    var waitingBytes: Int { state.withLock { $0.buffer.count + $0.underWay } }

    /// Writes bytes and a line feed.
    func writeLine(_ bytes: some Collection<UInt8>) {
        if collectLine(bytes) >= Self.bufferBytesMax { flush() }
    }

    /// Writes lines that have their line feeds.
    func write(_ lines: ArraySlice<UInt8>) {
        let collected = state.withLock { state in
            guard !state.isClosed, state.problem == nil else { return 0 }
            state.buffer.append(contentsOf: lines)
            return state.buffer.count
        }
        if collected >= Self.bufferBytesMax { flush() }
    }

    /// Takes bytes and a line feed without writing anything; returns how many bytes are collected.
    @discardableResult
    func collectLine(_ bytes: some Collection<UInt8>) -> Int {
        state.withLock { state in
            guard !state.isClosed, state.problem == nil else { return 0 }
            state.buffer.append(contentsOf: bytes)
            state.buffer.append(UInt8(ascii: "\n"))
            return state.buffer.count
        }
    }

    /// Hands everything collected to the system.
    ///
    /// - Parameters:
    ///   - writeBytesMax: How much is handed over at once.
    ///   - afterWrite: Is called after each time.
    func flush(writeBytesMax: Int = .max, afterWrite: () -> Void = {}) {
        writing.withLock { bytes in
            state.withLock { state in
                swap(&state.buffer, &bytes)
                state.underWay = bytes.count
            }
            write(bytes, writeBytesMax, afterWrite)
            state.withLock { $0.underWay = 0 }
            bytes.removeAll(keepingCapacity: true)
        }
    }

    /// Writes nothing more, since nobody reads.
    ///
    /// A write that waits for the reader goes on waiting, and ends with the process.
    func giveUp() {
        state.withLock { state in
            guard !state.isClosed, state.problem == nil else { return }
            state.problem = "nobody reads \(name); the records that are left are given up"
        }
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

    private func write(_ bytes: [UInt8], _ writeBytesMax: Int, _ afterWrite: () -> Void) {
        var written = 0
        while written < bytes.count, isOpen {
            let count = unsafe bytes[written...].prefix(writeBytesMax).withUnsafeBytes { rest in
                unsafe systemWrite(descriptor, rest.baseAddress, rest.count)
            }
            guard count < 0 else {
                written += count
                state.withLock { $0.underWay -= count }
                afterWrite()
                continue
            }
            note(errno)
        }
    }

    private func note(_ code: Int32) {
        switch code {
        case EINTR: break
        case EAGAIN: waitForRoom()
        case EPIPE: state.withLock { $0.isClosed = true }
        default: state.withLock { $0.problem = $0.problem ?? "cannot write to \(name): \(Self.text(of: code))" }
        }
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

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    unsafe write(descriptor, bytes, count)
}
