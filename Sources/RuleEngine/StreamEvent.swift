public import Events

/// An event with where and when it came.
public struct StreamEvent: Sendable {
    /// When an event came to a live run, by the clock.
    public enum Arrival: Hashable, Sendable {
        /// It was read just now; it may be old, as those of a file are.
        case read(Instant)
        /// Its coming was written down when it happened.
        case recorded(Instant)

        /// The time.
        public var time: Instant {
            switch self {
            case .read(let time), .recorded(let time): time
            }
        }
    }

    /// The event.
    public var event: Event

    /// Where it came from.
    public var place: EventPlace

    /// When it came; `nil` where no clock has a say: in dry runs and tests.
    public var arrival: Arrival?

    /// Creates an event of a stream.
    public init(_ event: Event, place: EventPlace, arrival: Arrival? = nil) {
        self.event = event
        self.place = place
        self.arrival = arrival
    }
}
