import Synchronization

/// Where a server listens, for those who wait for it.
///
/// The sandbox and the receiver share it; what they serve they do not.
package final class Readiness<Problem: Error>: Sendable {
    private typealias Waiter = CheckedContinuation<Result<ListeningAddress, Problem>, Never>

    private enum Phase {
        case starting([UInt64: Waiter])
        case listening(ListeningAddress)
        case ended(Problem)
    }

    private struct State {
        var phase = Phase.starting([:])
        var next: UInt64 = 0
    }

    private let state = Mutex(State())
    private let ended: Problem

    /// Takes what is thrown when the waiting task is cancelled.
    package init(ended: Problem) {
        self.ended = ended
    }

    /// Waits until the server listens, or until it is clear that it will not.
    package func address() async throws(Problem) -> ListeningAddress {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                let known: Result<ListeningAddress, Problem>? = state.withLock { state in
                    switch state.phase {
                    case .listening(let address): return .success(address)
                    case .ended(let problem): return .failure(problem)
                    case .starting(var waiters):
                        // The handler below may have run before there was anything to resume.
                        if Task.isCancelled { return .failure(ended) }
                        waiters[id] = waiter
                        state.phase = .starting(waiters)
                        return nil
                    }
                }
                if let known { waiter.resume(returning: known) }
            }
        } onCancel: {
            let waiter: Waiter? = state.withLock { state in
                guard case .starting(var waiters) = state.phase else { return nil }
                let waiter = waiters.removeValue(forKey: id)
                state.phase = .starting(waiters)
                return waiter
            }
            waiter?.resume(returning: .failure(ended))
        }
        return try result.get()
    }

    /// Tells all who wait; only the first word counts until the server ends.
    package func settle(_ result: Result<ListeningAddress, Problem>) {
        let waiters: [Waiter] = state.withLock { state in
            let phase = state.phase
            switch result {
            case .success(let address): state.phase = .listening(address)
            case .failure(let problem): state.phase = .ended(problem)
            }
            guard case .starting(let waiters) = phase else { return [] }
            return Array(waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: result) }
    }
}
