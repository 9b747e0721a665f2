import Logging
import Synchronization

/// Puts the events of many requests into one commit.
///
/// A sync of the disk takes about as long for a thousand events as for one. So one commit runs at a time, and requests that
/// arrive meanwhile share the next: under load they become large by themselves, and without load nobody waits.
///
/// ```swift
/// group.addTask { await commits.run() }
/// switch await commits.keep(events, within: .seconds(10)) {
/// case .kept: …  // on disk
/// …
/// }
/// commits.close()
/// ```
final class GroupCommit: Sendable {
    /// What became of the events of one request.
    enum Outcome: Hashable, Sendable {
        /// They are durable.
        case kept
        /// The sink could not keep them.
        case failed(SinkProblem)
        /// They would have gone beyond the limits.
        case crowded
        /// The caller waited no longer; the events are kept only if their commit had begun.
        case late
    }

    fileprivate typealias Waiter = CheckedContinuation<Outcome, Never>

    fileprivate struct State {
        var queue: CommitQueue<Waiter>
        var idle: CheckedContinuation<Void, Never>?
        var isClosed = false
        var lastID: UInt64 = 0
    }

    private let sink: any EventSink
    private let logger: Logger
    private let state: Mutex<State>

    /// How many events wait for a commit or are in one.
    var uncommitted: Int { state.withLock { $0.queue.events } }

    /// Creates a committer that runs when ``run()`` is called.
    init(sink: any EventSink, limits: ReceiverLimits, logger: Logger) {
        self.sink = sink
        self.logger = logger
        let queue = CommitQueue<Waiter>(
            eventsMax: limits.uncommittedEventsMax,
            bytesMax: limits.uncommittedBytesMax
        )
        state = Mutex(State(queue: queue))
    }

    /// Returns when the events are durable, or will not be in that time.
    func keep(_ events: [ReceivedEvent], within duration: Duration) async -> Outcome {
        await withTaskGroup(of: Outcome.self) { group in
            group.addTask { await self.keep(events) }
            group.addTask {
                try? await Task.sleep(for: duration)
                return .late
            }
            defer { group.cancelAll() }
            return await group.next() ?? .late
        }
    }

    /// Returns when the events are durable or the task is cancelled.
    func keep(_ events: [ReceivedEvent]) async -> Outcome {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                let (refusal, idle) = state.withLock { $0.enter(id, events, waiter) }
                idle?.resume()
                if let refusal { waiter.resume(returning: refusal) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.queue.leave(id) }
            waiter?.resume(returning: .late)
        }
    }

    /// Commits until ``close()`` was called and nothing waits any more.
    ///
    /// Cancelling the task ends the commit under way if the sink ends it, and not the loop.
    func run() async {
        var problem: SinkProblem?
        while let events = await next() {
            let outcome = await outcome(of: events)
            let waiters = state.withLock { $0.queue.finish() }
            for waiter in waiters { waiter.resume(returning: outcome) }
            report(outcome, after: &problem)
        }
    }

    /// Takes no more events; those that wait are still committed.
    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            return state.idle.take()
        }
        idle?.resume()
    }

    /// The events of the next commit, as soon as there are any; `nil` at the end.
    private func next() async -> [ReceivedEvent]? {
        while true {
            let (events, isClosed) = state.withLock { ($0.queue.begin(), $0.isClosed) }
            if !events.isEmpty { return events }
            if isClosed { return nil }
            await withCheckedContinuation { idle in
                let hasWork = state.withLock { state in
                    guard state.queue.isWaiting || state.isClosed else {
                        state.idle = idle
                        return false
                    }
                    return true
                }
                if hasWork { idle.resume() }
            }
        }
    }

    private func outcome(of events: [ReceivedEvent]) async -> Outcome {
        do throws(SinkProblem) {
            try await sink.keep(events)
            return .kept
        } catch {
            return .failed(error)
        }
    }

    /// Says once that events are not kept any more, and once that they are again.
    private func report(_ outcome: Outcome, after problem: inout SinkProblem?) {
        switch outcome {
        case .failed(let new):
            if problem != new { logger.error("events are answered with 503 and not kept: \(new)") }
            problem = new
        default:
            if problem != nil { logger.notice("events are kept again") }
            problem = nil
        }
    }
}

extension GroupCommit.State {
    /// Lines up, unless there is a reason not to; says whom to wake.
    fileprivate mutating func enter(
        _ id: UInt64,
        _ events: [ReceivedEvent],
        _ waiter: GroupCommit.Waiter
    ) -> (refusal: GroupCommit.Outcome?, idle: CheckedContinuation<Void, Never>?) {
        // The handler of a cancellation may have run before there was anything to resume.
        guard !isClosed, !Task.isCancelled else { return (.late, nil) }
        guard queue.enter(id, events, waiter) else { return (.crowded, nil) }
        return (nil, idle.take())
    }
}
