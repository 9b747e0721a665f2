/// Where received events become durable.
public protocol EventSink: Sendable {
    /// Returns when all events are on disk, to stay there whatever happens to the machine.
    ///
    /// Called by one task at a time. Events arrive in order and are kept all or, if it throws, in such a way that none
    /// being sent again does harm. The caller's task is cancelled only when the receiver is cancelled instead of stopped.
    func keep(_ events: [ReceivedEvent]) async throws(SinkProblem)
}

/// Why events could not be made durable.
public struct SinkProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was wrong, in one clause that says what and where, and holds nothing of the events.
    public let description: String

    /// Creates a problem.
    public init(_ description: String) {
        self.description = description
    }
}
