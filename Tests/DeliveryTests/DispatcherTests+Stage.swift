import ActionKit
import Synchronization

/// Where staged actions are performed: an attempt lasts until the test ends it.
final class Stage: Sendable {
    private struct State {
        var open: [String: CheckedContinuation<DeliveryOutcome, Never>] = [:]
        var cancelled: Set<String> = []
    }

    private let state = Mutex(State())
    private let watch: @Sendable (String) -> Void
    private let answer: (@Sendable (Job) -> DeliveryOutcome)?

    /// Creates a stage that says when an attempt begins.
    ///
    /// - Parameters:
    ///   - answer: Ends attempts at once, in place of the test.
    ///   - watch: Is told the id of the job.
    init(
        answer: (@Sendable (Job) -> DeliveryOutcome)? = nil,
        watch: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.answer = answer
        self.watch = watch
    }

    /// Makes an attempt.
    func perform(_ job: Job, for members: [String] = []) async -> DeliveryOutcome {
        watch(([job.id] + members).joined(separator: "+"))
        if let answer { return answer(job) }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelled.contains(job.id) { return true }
                    state.open[job.id] = continuation
                    return false
                }
                if isCancelled { continuation.resume(returning: .lost) }
            }
        } onCancel: {
            let attempt = state.withLock { state in
                state.cancelled.insert(job.id)
                return state.open.removeValue(forKey: job.id)
            }
            attempt?.resume(returning: .lost)
        }
    }

    /// Ends the attempt that is being made at a job; `false` if there is none.
    func end(_ id: String, _ outcome: DeliveryOutcome) -> Bool {
        guard let attempt = state.withLock({ $0.open.removeValue(forKey: id) }) else { return false }
        attempt.resume(returning: outcome)
        return true
    }
}
