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

    private let watch: (@Sendable (JobRecord) -> Void)?
    private let state = Mutex(State())

    /// Writes each record as a JSON object a line.
    init(_ output: DataOutput) {
        self.output = output
        watch = nil
    }

    /// Hands each record to somebody and writes nothing.
    init(watch: @escaping @Sendable (JobRecord) -> Void) {
        output = nil
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
            output.writeLine(state.writer.bytes)
        }
    }

    /// Whether what is written still arrives somewhere.
    var isOpen: Bool { output?.isOpen ?? true }

    /// Hands what is collected to the system.
    func flush() { output?.flush() }
}
