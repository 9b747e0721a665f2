internal import Synchronization

/// Room for so many open jobs; who finds none waits until there is some.
final class Room: Sendable {
    private struct State {
        var isClosed = false
        var waiting: [CheckedContinuation<Bool, Never>] = []

        mutating func takeWaiting() -> [CheckedContinuation<Bool, Never>] {
            defer { waiting = [] }
            return waiting
        }
    }

    private let size: Int
    private let count: @Sendable () -> Int
    private let state = Mutex(State())

    /// Creates a room.
    ///
    /// - Parameters:
    ///   - size: How many there is room for.
    ///   - count: How many there are; whenever that becomes less, ``update()`` is to be called.
    init(size: Int, count: @escaping @Sendable () -> Int) {
        precondition(size > 0, "room for \(size) jobs")
        self.size = size
        self.count = count
    }

    /// Whether nobody is let in any more.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Waits for room; `false` when the room is closed, or whoever waits is turned away.
    ///
    /// When there is none now, `willWait` is called.
    func wait(willWait: @Sendable () -> Void) async -> Bool {
        await withCheckedContinuation { continuation in
            let answer = state.withLock { state -> Bool? in
                if state.isClosed { return false }
                // Asked inside, so that no update between asking and waiting is missed.
                if count() < size { return true }
                state.waiting.append(continuation)
                return nil
            }
            if let answer { continuation.resume(returning: answer) } else { willWait() }
        }
    }

    /// Lets those in who wait, if there is room now.
    func update() {
        let waiting = state.withLock { state in
            state.waiting.isEmpty || count() >= size ? [] : state.takeWaiting()
        }
        for continuation in waiting { continuation.resume(returning: true) }
    }

    /// Sends those away who wait.
    func turnAway() {
        let waiting = state.withLock { $0.takeWaiting() }
        for continuation in waiting { continuation.resume(returning: false) }
    }

    /// Lets nobody in any more.
    func close() {
        state.withLock { $0.isClosed = true }
        turnAway()
    }
}
