import DequeModule
import Synchronization

/// What happened, in order, for one reader.
///
/// An `AsyncStream` drops what happens after its reader was cancelled; here that would be the ends of attempts.
final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var urgent: Deque<Message> = []
        var ordinary: Deque<Message> = []
        var reader: CheckedContinuation<Message, Never>?

        mutating func next() -> Message? {
            urgent.popFirst() ?? ordinary.popFirst()
        }
    }

    private let state = Mutex(State())

    /// Whether a message waits that should not be kept waiting.
    var hasUrgent: Bool { state.withLock { !$0.urgent.isEmpty } }

    /// Puts a message behind the others, or in front of the ordinary ones if it is urgent.
    func post(_ message: Message, isUrgent: Bool = false) {
        let reader = state.withLock { state -> CheckedContinuation<Message, Never>? in
            if let reader = state.reader.take() { return reader }
            if isUrgent { state.urgent.append(message) } else { state.ordinary.append(message) }
            return nil
        }
        reader?.resume(returning: message)
    }

    /// Waits for the next message.
    func take() async -> Message {
        if let message = state.withLock({ $0.next() }) { return message }
        return await withCheckedContinuation { continuation in
            let message = state.withLock { state -> Message? in
                precondition(state.reader == nil, "a mailbox with two readers")
                if let message = state.next() { return message }
                state.reader = continuation
                return nil
            }
            if let message { continuation.resume(returning: message) }
        }
    }
}
