import DequeModule
import Synchronization

/// Room for so many firings; who finds none waits, and those who wait are let in as they came.
final class Room: Sendable {
    private struct State {
        var inside = 0
        var isClosed = false
        var waiting: Deque<CheckedContinuation<Bool, Never>> = []
    }

    private let size: Int
    private let state = Mutex(State())

    init(size: Int) {
        precondition(size > 0, "room for \(size) firings")
        self.size = size
    }

    /// Whether nobody is let in any more.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Whether nobody is inside.
    var isEmpty: Bool { state.withLock { $0.inside == 0 } }

    /// Waits for room; `false` when the room is closed.
    func enter() async -> Bool {
        await withCheckedContinuation { continuation in
            let answer = state.withLock { state -> Bool? in
                if state.isClosed { return false }
                guard state.inside < size else {
                    state.waiting.append(continuation)
                    return nil
                }
                state.inside += 1
                return true
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// Gives room back.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            precondition(state.inside > 0, "a firing left a room that was empty")
            // Who waits takes the place over.
            if let next = state.waiting.popFirst() { return next }
            state.inside -= 1
            return nil
        }
        next?.resume(returning: true)
    }

    /// Lets nobody in any more.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: false) }
    }
}
