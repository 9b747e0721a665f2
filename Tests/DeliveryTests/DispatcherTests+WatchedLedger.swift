import ActionKit
import Ledger
import Synchronization

@testable import Delivery

/// A ledger in memory that knows whether somebody waits for it, and fails when it is told to.
final class WatchedLedger: JobLedger {
    /// When the ledger fails.
    struct Failure {
        /// Which step it does not take, from 1.
        var step: Int
        /// Whether the step is written all the same, as when a process is killed right after.
        var isWritten = false
    }

    private struct State {
        var callsUnderWay = 0
        var steps = 0
        var jobsRead = 0
        var ids: [Int64: String] = [:]
        var begun: Set<String> = []
    }

    static let problem = LedgerProblem(path: "memory", cause: .diskFull)

    /// The ledger itself.
    let ledger: Ledger

    private let failure: Failure?
    private let state = Mutex(State())

    init(_ ledger: Ledger, failure: Failure? = nil) {
        self.ledger = ledger
        self.failure = failure
    }

    var openCount: Int { ledger.openCount }

    /// Whether somebody waits for it.
    var isBusy: Bool { state.withLock { $0.callsUnderWay > 0 } }

    /// How many steps were taken.
    var steps: Int { state.withLock { $0.steps } }

    /// How many jobs were read from the queue, those read again too.
    var jobsRead: Int { state.withLock { $0.jobsRead } }

    /// Whether the beginning of an attempt at that job is written.
    func hasBegun(_ id: String) -> Bool { state.withLock { $0.begun.contains(id) } }

    func queued(
        behind position: Int64,
        limit: Int,
        avoiding destinations: Set<String>,
        lane: String?
    ) async throws(LedgerProblem) -> QueuePage {
        state.withLock { $0.callsUnderWay += 1 }
        defer { state.withLock { $0.callsUnderWay -= 1 } }
        let page = try await ledger.queued(behind: position, limit: limit, avoiding: destinations, lane: lane)
        state.withLock { state in
            state.jobsRead += page.jobs.count
            for job in page.jobs { state.ids[job.number] = job.job.id }
        }
        return page
    }

    func take(_ step: DeliveryStep, guards: DeliveryGuards) async throws(LedgerProblem) -> [Permission] {
        let number = state.withLock { state in
            state.callsUnderWay += 1
            state.steps += 1
            return state.steps
        }
        defer { state.withLock { $0.callsUnderWay -= 1 } }
        if failure?.step == number, failure?.isWritten == false { throw Self.problem }
        let permissions = try await ledger.take(step, guards: guards)
        if failure?.step == number { throw Self.problem }
        state.withLock { state in
            for end in step.ended { state.ids[end.job].map { _ = state.begun.remove($0) } }
            for begin in step.beginning { state.ids[begin.job].map { _ = state.begun.insert($0) } }
        }
        return permissions
    }
}
