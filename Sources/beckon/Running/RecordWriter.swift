import Events
import Synchronization

/// Takes job records and counts them by status.
final class RecordWriter: Sendable {
    private struct State {
        var writer = JSONWriter()
        var counts: [JobRecord.Status: Int] = [:]
    }

    /// Where the records are written; `nil` where they are only watched.
    let output: DataOutput?

    /// What writes them, where nobody is to wait for their reader.
    private let queue: RecordQueue?
    private let watch: (@Sendable (JobRecord) -> Void)?
    private let state = Mutex(State())

    /// Writes each record as a JSON object a line.
    init(_ output: DataOutput) {
        self.output = output
        queue = nil
        watch = nil
    }

    /// Has each record written as a JSON object a line, and never waits for the reader.
    init(queue: RecordQueue) {
        output = queue.output
        self.queue = queue
        watch = nil
    }

    /// Hands each record to somebody and writes nothing.
    init(watch: @escaping @Sendable (JobRecord) -> Void) {
        output = nil
        queue = nil
        self.watch = watch
    }

    /// How many records of each status there were.
    var counts: [JobRecord.Status: Int] { state.withLock { $0.counts } }

    /// Takes one record.
    func write(_ record: JobRecord) {
        watch?(record)
        state.withLock { state in
            state.counts[record.status, default: 0] += 1
            guard let output else { return }
            state.writer.removeAll()
            record.write(to: &state.writer)
            if let queue { queue.add(state.writer.bytes) } else { output.writeLine(state.writer.bytes) }
        }
    }

    /// Takes the bytes of records that were counted elsewhere; see ``count(_:)``.
    func write(_ bytes: ArraySlice<UInt8>) { output?.write(bytes) }

    /// Counts records whose bytes came from elsewhere.
    func count(_ counts: [JobRecord.Status: Int]) {
        state.withLock { $0.counts.merge(counts) { $0 + $1 } }
    }

    /// Whether what is written still arrives somewhere.
    var isOpen: Bool { output?.isOpen ?? true }

    /// Whether more should be begun that leads to records; see ``RecordQueue/hasRoom``.
    var hasRoom: Bool { queue?.hasRoom ?? true }

    /// Sets who is told that there is room again, and that what is written arrives nowhere any more.
    func listen(room: @escaping @Sendable () -> Void, end: @escaping @Sendable () -> Void) {
        queue?.listen(room: room, end: end)
    }

    /// Hands what is collected to the system, or to the thread that does so.
    func flush() { if let queue { queue.flush() } else { output?.flush() } }

    /// Waits until there is room for more.
    func waitForRoom() async { await queue?.wait(until: RecordQueue.bytesMax) }

    /// Waits until everything is written, or nothing can be any more.
    func finish() async { if let queue { await queue.wait(until: 0) } else { flush() } }
}
