import Synchronization

@testable import Receiver

/// Keeps events in memory; as a staged sink, each commit waits for the test's verdict.
final class TestSink: EventSink {
    private let kept = Mutex<[[ReceivedEvent]]>([])
    private let isStaged: Bool
    private let begun = AsyncStream.makeStream(of: [ReceivedEvent].self)
    private let verdicts = AsyncStream.makeStream(of: SinkProblem?.self)

    init(isStaged: Bool = false) {
        self.isStaged = isStaged
    }

    /// The lines of each commit that succeeded.
    var commits: [[String]] {
        kept.withLock { $0.map { events in events.map { String(decoding: $0.line, as: UTF8.self) } } }
    }

    /// All lines that were kept.
    var lines: [String] { commits.flatMap(\.self) }

    func keep(_ events: [ReceivedEvent]) async throws(SinkProblem) {
        if isStaged {
            begun.continuation.yield(events)
            var verdicts = verdicts.stream.makeAsyncIterator()
            switch await verdicts.next() {
            case .some(.some(let problem)): throw problem
            case .some(.none): break
            case .none: throw SinkProblem("cancelled")
            }
        }
        kept.withLock { $0.append(events) }
    }

    /// Waits until a commit has begun; returns how many events are in it.
    func nextCommit() async -> Int {
        var begun = begun.stream.makeAsyncIterator()
        return await begun.next()?.count ?? 0
    }

    /// Ends the commit under way, or the next.
    func end(with problem: SinkProblem? = nil) {
        verdicts.continuation.yield(problem)
    }
}
