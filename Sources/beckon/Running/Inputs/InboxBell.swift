import Dispatch
import Synchronization

/// Rings when something was put into the inbox, for the one thread that takes it out.
final class InboxBell: Sendable {
    private struct State {
        var hasRung = false
        var isOver = false
    }

    private let state = Mutex(State())
    private let semaphore = DispatchSemaphore(value: 0)

    /// Tells that there is more in the inbox.
    func ring() {
        let isNews = state.withLock { state in
            defer { state.hasRung = true }
            return !state.hasRung
        }
        if isNews { semaphore.signal() }
    }

    /// Tells that nobody is to wait any more.
    func end() {
        state.withLock { $0.isOver = true }
        semaphore.signal()
    }
}

extension InboxBell: InboxSource.Refill {
    /// Waits until it rings or ends.
    func more(until deadline: ContinuousClock.Instant?) -> InboxSupply {
        while true {
            let supply: InboxSupply? = state.withLock { state in
                if state.isOver { return .interrupted }
                defer { state.hasRung = false }
                return state.hasRung ? .inbox : nil
            }
            if let supply { return supply }
            // The count of the semaphore says nothing by itself: whoever was called in vain looks again and waits.
            guard semaphore.wait(timeout: deadline.timeout) == .success else { return .idle }
        }
    }
}

extension ContinuousClock.Instant? {
    /// The same moment by the clock of semaphores.
    fileprivate var timeout: DispatchTime {
        guard let self else { return .distantFuture }
        let (seconds, attoseconds) = Swift.max(.zero, ContinuousClock.now.duration(to: self)).components
        return .now() + .seconds(Int(clamping: seconds)) + .nanoseconds(Int(attoseconds / 1_000_000_000))
    }
}
