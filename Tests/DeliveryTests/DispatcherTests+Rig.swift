import Synchronization

/// What happened, in order.
final class Journal: Sendable {
    private let events = Mutex<[String]>([])

    func write(_ event: String) {
        events.withLock { $0.append(event) }
    }

    /// Tears out what is written.
    func take() -> [String] {
        events.withLock { events in
            defer { events = [] }
            return events
        }
    }
}
