import Dispatch
import Foundation
import Synchronization

/// Records on their way to a reader who may be slow: a thread of their own writes them.
///
/// Whoever adds a record never waits for the reader. So that not everything lies in memory, ``hasRoom`` says when no more work
/// should be begun, and ``wait(until:)`` is for those who only write. While nobody asks for a stop, a reader is waited for as
/// long as it takes; from then on one who takes nothing for a while is given up.
final class RecordQueue: Sendable {
    /// When so many bytes wait, there is room again once half of them are written.
    static let bytesMax = 4 << 20

    /// So much is written at once: what a pipe takes without a gap, so that a slow reader is seen to read.
    private static let writeBytesMax = 4096

    /// How long a reader may take nothing once the run is to stop.
    private static let patience = DispatchTimeInterval.seconds(2)

    private struct State {
        var isFull = false
        var whenRoom: @Sendable () -> Void = {}
        var whenEnded: @Sendable () -> Void = {}
    }

    /// Where the records go.
    let output: DataOutput

    private let signals: StopSignals?
    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)
    private let progress = DispatchSemaphore(value: 0)

    /// Creates a queue, and the thread that empties it until the process ends.
    ///
    /// - Parameters:
    ///   - output: Where the records go.
    ///   - signals: What asks for a stop; `nil` where nothing does.
    init(_ output: DataOutput, signals: StopSignals? = .shared) {
        self.output = output
        self.signals = signals
        Thread.detachNewThread { [self] in
            while true {
                work.wait()
                output.flush(writeBytesMax: Self.writeBytesMax) { noteProgress() }
                noteProgress()
            }
        }
        signals?.onStop { [progress] in progress.signal() }
    }

    /// Sets who is told that there is room again, and that what is written arrives nowhere any more.
    func listen(room: @escaping @Sendable () -> Void, end: @escaping @Sendable () -> Void) {
        state.withLock { ($0.whenRoom, $0.whenEnded) = (room, end) }
        noteProgress()
    }

    /// Whether more should be begun that leads to records.
    ///
    /// Once there was no room, there is none until the listener is told.
    var hasRoom: Bool {
        state.withLock { state in
            if output.isOpen, output.waitingBytes >= Self.bytesMax { state.isFull = true }
            return !state.isFull
        }
    }

    /// Adds a record.
    func add(_ bytes: some Collection<UInt8>) { output.collectLine(bytes) }

    /// Has what was added written.
    func flush() { work.signal() }

    /// Waits until no more than so many bytes are left to write, or nothing can be written any more.
    func wait(until bytesMax: Int) async {
        flush()
        guard output.isOpen, output.waitingBytes > bytesMax else { return }
        await withTaskExecutorPreference(BlockingExecutor(label: "beckon.records")) { block(until: bytesMax) }
    }

    private func block(until bytesMax: Int) {
        while output.isOpen, output.waitingBytes > bytesMax {
            guard signals?.status != nil else {
                progress.wait()
                continue
            }
            if progress.wait(timeout: .now() + Self.patience) == .timedOut { output.giveUp() }
        }
    }

    private func noteProgress() {
        let (whenRoom, whenEnded) = state.withLock { state in
            let isRoomy = state.isFull && (!output.isOpen || output.waitingBytes <= Self.bytesMax / 2)
            if isRoomy { state.isFull = false }
            return (isRoomy ? state.whenRoom : {}, output.isOpen ? {} : state.whenEnded)
        }
        whenRoom()
        whenEnded()
        progress.signal()
    }
}
