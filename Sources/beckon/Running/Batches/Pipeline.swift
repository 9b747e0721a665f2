import Dispatch
import Events
import Foundation
import Synchronization

/// Carries batches of lines from the reader through both stages, on as many threads as are wanted.
///
/// All threads do the same: each reads a batch, works on what hangs on its lines alone, and puts the outcome into its place in
/// the input. Whoever brings the one that all wait for takes it, and those behind it that are there, through the ordered stage;
/// the others read on. So no thread waits for another as long as there are batches, whichever stage is the dearer, and a line
/// that comes alone is decided by the thread that reads it. The number of batches is fixed, so who reads fast waits for who
/// writes slowly.
///
/// What is not safe to share is protected thus: the reader by `reading`, the ordered stage by `isAtWork` of `order`, and a batch
/// belongs to the thread that took it until it is in `order` or back among the free ones.
final class Pipeline: @unchecked Sendable {
    /// A batch and what came of it.
    private final class Batch: @unchecked Sendable {
        var number = 0
        var lines = LineBatch()
        var outcome = BatchOutcome()
    }

    /// The way of batches back into their order.
    private struct Order {
        /// Those that are done before their turn.
        var waiting: [Int: Batch] = [:]
        /// Whose turn it is.
        var next = 0
        /// Whether a thread is in the ordered stage.
        var isAtWork = false

        /// The batch whose turn it is, if it is there; whoever is given it is at work.
        mutating func take() -> Batch? {
            let batch = waiting.removeValue(forKey: next)
            isAtWork = batch != nil
            if isAtWork { next += 1 }
            return batch
        }
    }

    private struct Reading {
        var count = 0
        var isOver = false
    }

    /// So many batches there are for each thread: one that it works on, and one that waits for its turn.
    private static let batchesPerThread = 2

    /// As much as the main thread has: the stack of JIT code is apart, but JSON and conditions are nested.
    private static let stackBytes = 8 << 20

    private let reader: BatchReader
    private let ordered: OrderedStage
    private let threads: Int
    private let limits: BatchLimits
    private let interrupt: InputInterrupt
    private let makeStage: @Sendable () -> LineStage

    private let reading = Mutex(Reading())
    private let order = Mutex(Order())
    private let free: Mutex<[Batch]>
    private let freeCount = DispatchSemaphore(value: 0)
    private let isStopped = Atomic(false)

    /// Creates a pipeline.
    ///
    /// - Parameters:
    ///   - source: Where the lines come from.
    ///   - interrupt: What ends a blocked read of it, once nobody wants more.
    ///   - threads: How many threads work, the one that calls ``run()`` among them.
    ///   - limits: How far batches fill.
    ///   - ordered: The stage for one thread at a time.
    ///   - makeStage: Makes the stage of a thread.
    init(
        _ source: any LineSource,
        interrupt: InputInterrupt,
        threads: Int,
        limits: BatchLimits = BatchLimits(),
        ordered: OrderedStage,
        makeStage: @escaping @Sendable () -> LineStage
    ) {
        reader = BatchReader(source)
        self.interrupt = interrupt
        self.threads = threads
        self.limits = limits
        self.ordered = ordered
        self.makeStage = makeStage
        free = Mutex((0..<threads * Self.batchesPerThread).map { _ in Batch() })
    }

    /// Works until the input ends, or no more of it counts.
    func run() {
        guard threads > 1 else { return runAlone() }
        for _ in 0..<threads * Self.batchesPerThread { freeCount.signal() }
        let others = DispatchGroup()
        for _ in 1..<threads {
            others.enter()
            let thread = Thread { [self] in
                work()
                others.leave()
            }
            thread.stackSize = Self.stackBytes
            thread.start()
        }
        work()
        others.wait()
    }

    /// Works without handing anything over: lines are decided where the reader has them.
    private func runAlone() {
        let stage = makeStage()
        var outcome = BatchOutcome()
        var goesOn = true
        while goesOn {
            var lines = 0
            var bytes = 0
            let ending = reader.read { line in
                stage.take(line, into: &outcome)
                lines += 1
                bytes += line.content.count
                return lines < limits.linesMax && bytes < limits.bytesMax
            }
            outcome.end(ending)
            outcome.progress = reader.progress
            goesOn = ordered.take(outcome)
            outcome.removeAll()
        }
    }

    private func work() {
        let stage = makeStage()
        while let batch = read() {
            stage.take(&batch.lines, into: &batch.outcome)
            batch.outcome.end(batch.outcome.ending)
            conclude(batch)
        }
    }

    /// Reads the next batch; `nil` when there is none.
    private func read() -> Batch? {
        reading.withLock { reading in
            guard !reading.isOver else { return nil }
            freeCount.wait()
            guard !isStopped.load(ordering: .relaxed), let batch = free.withLock({ $0.popLast() }) else {
                freeCount.signal()
                return nil
            }
            batch.number = reading.count
            reading.count += 1
            batch.outcome.ending = reader.read { line in
                batch.lines.append(line)
                return batch.lines.hasRoom(limits)
            }
            batch.outcome.progress = reader.progress
            reading.isOver = batch.outcome.ending.isLast
            return batch
        }
    }

    /// Takes a batch through the ordered stage in its turn, and those behind it that wait for it.
    private func conclude(_ batch: Batch) {
        var next = order.withLock { order in
            order.waiting[batch.number] = batch
            return order.isAtWork ? nil : order.take()
        }
        while let batch = next {
            if !ordered.take(batch.outcome) { stop() }
            batch.lines.removeAll()
            batch.outcome.removeAll()
            free.withLock { $0.append(batch) }
            freeCount.signal()
            next = order.withLock { $0.take() }
        }
    }

    /// Lets a thread that waits for lines know that nobody wants them.
    private func stop() {
        guard !isStopped.exchange(true, ordering: .relaxed) else { return }
        interrupt.interrupt()
    }
}

extension SourceLine.Content {
    /// How many bytes it has.
    fileprivate var count: Int {
        switch self {
        case .held(let line): unsafe line.bytes.count
        case .kept(let bytes): bytes.count
        }
    }
}
