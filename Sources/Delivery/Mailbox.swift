internal import Synchronization

/// What happened, in order, for one reader who takes all of it at once.
///
/// An `AsyncStream` drops what happens after its reader was cancelled; here that would be the ends of attempts.
final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var reader: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Puts a message behind the others.
    func post(_ message: Message) {
        let reader = state.withLock { state in
            state.messages.append(message)
            return state.reader.take()
        }
        reader?.resume()
    }

    /// Takes the messages that are there.
    func takeAll() -> [Message] {
        state.withLock { state in
            defer { state.messages = [] }
            return state.messages
        }
    }

    /// Waits until there is a message.
    func wait() async {
        await withCheckedContinuation { continuation in
            let hasMessage = state.withLock { state in
                precondition(state.reader == nil, "a mailbox with two readers")
                guard state.messages.isEmpty else { return true }
                state.reader = continuation
                return false
            }
            if hasMessage { continuation.resume() }
        }
    }
}
