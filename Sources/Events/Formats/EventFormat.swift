/// A shape of incoming events.
///
/// A new format is one file with a conforming type, one case of ``InputFormat`` and, if `auto` shall find it, one line
/// in ``AutomaticFormat``.
protocol EventFormat: Sendable {
    /// The name in settings and options, in kebab case.
    static var name: String { get }

    /// Whether an object is in this format.
    func recognizes(_ object: LineObject) -> Bool

    /// Hands out the events of an object that is taken to be in this format, in order, at least one.
    ///
    /// Never fails: what the format does not know becomes an event of the type ``EventType/unknown``, and what an event
    /// lacks stays absent.
    func events(from object: LineObject, envelope: Envelope, _ body: (Event) -> Void)

    /// Hands out the events of an object if it is in this format, for formats to which recognising is half the work.
    ///
    /// - Returns: Whether it is.
    func recognizedEvents(from object: LineObject, envelope: Envelope, _ body: (Event) -> Void) -> Bool

    /// The objects of a line that is a list, each with events of its own; `nil` if this format sends no such lists.
    func batch(in list: JSONValue) -> [JSONValue]?
}

extension EventFormat {
    /// Asks first, then reads.
    func recognizedEvents(from object: LineObject, envelope: Envelope, _ body: (Event) -> Void) -> Bool {
        guard recognizes(object) else { return false }
        events(from: object, envelope: envelope, body)
        return true
    }

    /// A line is one object.
    func batch(in list: JSONValue) -> [JSONValue]? { nil }
}

/// What is known of an event from elsewhere than the original, for instance from the address to which a webhook was
/// sent.
public struct Envelope: Hashable, Sendable {
    /// The kind of event; wins over what the original looks like.
    public var type: String?

    /// The business number, digits with country code; wins over the original's.
    public var business: String?

    /// When the event arrived; counts where the original has no time.
    public var received: Instant?

    /// Creates an envelope.
    public init(type: String? = nil, business: String? = nil, received: Instant? = nil) {
        self.type = type
        self.business = business
        self.received = received
    }
}
