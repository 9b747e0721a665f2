import Synchronization

/// Where a sandbox listens, for those who wait for it.
final class Readiness: Sendable {
    private typealias Waiter = CheckedContinuation<Result<SandboxAddress, SandboxProblem>, Never>

    private enum Phase {
        case starting([UInt64: Waiter])
        case listening(SandboxAddress)
        case ended(SandboxProblem)
    }

    private struct State {
        var phase = Phase.starting([:])
        var next: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Waits until the sandbox listens, or until it is clear that it will not.
    func address() async throws(SandboxProblem) -> SandboxAddress {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                let known: Result<SandboxAddress, SandboxProblem>? = state.withLock { state in
                    switch state.phase {
                    case .listening(let address): return .success(address)
                    case .ended(let problem): return .failure(problem)
                    case .starting(var waiters):
                        // The handler below may have run before there was anything to resume.
                        if Task.isCancelled { return .failure(.ended) }
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
            waiter?.resume(returning: .failure(.ended))
        }
        return try result.get()
    }

    /// Tells all who wait; only the first word counts until the sandbox ends.
    func settle(_ result: Result<SandboxAddress, SandboxProblem>) {
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

/// Where a sandbox listens.
public struct SandboxAddress: Hashable, Sendable, CustomStringConvertible {
    /// The host, as the system sees it.
    public var host: String

    /// The port.
    public var port: Int

    /// The base URL: `http://127.0.0.1:8080`.
    public var description: String {
        host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
    }
}
