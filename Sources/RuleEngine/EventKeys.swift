import Events

/// The keys of one event, each made once.
final class EventKeys {
    private let event: Event
    private var conversation: WindowKey??

    init(_ event: Event) {
        self.event = event
    }

    /// The key by which the event is grouped; `nil` where it lacks a part of it.
    func key(_ grouping: Grouping) -> WindowKey? {
        guard grouping == .conversation else { return grouping.key(of: event).map { WindowKey($0) } }
        if let conversation { return conversation }
        let key = event.conversation.map { WindowKey($0) }
        conversation = .some(key)
        return key
    }
}
