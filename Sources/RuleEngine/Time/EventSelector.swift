public import Diagnostics

/// Which events are meant: a step of a sequence, an answer, what sets or clears a fact.
public struct EventSelector: Sendable {
    /// The event types.
    public var on: EventTypes

    /// What must hold for the event; `nil` for every event of ``on``.
    public var when: Condition?

    /// Where it is written.
    public var span: Span

    /// Creates a selector.
    public init(on: EventTypes, when: Condition?, span: Span) {
        self.on = on
        self.when = when
        self.span = span
    }
}
