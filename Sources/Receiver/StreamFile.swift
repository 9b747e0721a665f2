import Dispatch
import Synchronization

/// Appends events to a file that a run follows.
///
/// The events of one commit are written together and synced once. The file may be renamed or deleted under the receiver, as
/// programs that rotate logs do: the next commit goes to a new file of the old name. Nobody else may append to it while it
/// is open.
///
/// ```swift
/// let stream = try StreamFile(at: "events.jsonl")
/// try await stream.keep(events)
/// ```
public final class StreamFile: EventSink {
    private let path: String
    private let calls: FileCalls
    private let file: Mutex<AppendedFile>
    private let queue = DispatchQueue(label: "stream-file")

    /// Opens a file, or creates it for its owner alone.
    ///
    /// - Throws: Why events could not be appended to it.
    public convenience init(at path: String) throws(StreamFileProblem) {
        try self.init(at: path, calls: FileCalls())
    }

    /// Opens a file, to be written with calls that a test can make fail.
    init(at path: String, calls: FileCalls) throws(StreamFileProblem) {
        self.path = path
        self.calls = calls
        file = Mutex(try AppendedFile(at: path, calls: calls))
    }

    /// Appends the events' lines and syncs them, on a thread of its own.
    public func keep(_ events: [ReceivedEvent]) async throws(SinkProblem) {
        let lines = events.flatMap { $0.line + [UInt8(ascii: "\n")] }
        let result: Result<Void, StreamFileProblem> = await withCheckedContinuation { waiter in
            queue.async {
                waiter.resume(returning: Result { () throws(StreamFileProblem) in try self.append(lines) })
            }
        }
        do throws(StreamFileProblem) {
            try result.get()
        } catch {
            throw SinkProblem(error.description)
        }
    }

    private func append(_ lines: [UInt8]) throws(StreamFileProblem) {
        try file.withLock { file throws(StreamFileProblem) in
            if !file.isStill(at: path) { file = try AppendedFile(at: path, calls: calls) }
            try file.append(lines)
        }
    }
}
