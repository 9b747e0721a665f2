/// The names of the events table, as far as an event can be given by them.
public enum EventName: Int, CaseIterable, Sendable {
    /// See ``Event/type``.
    case type
    /// See ``Event/text``.
    case text
    /// See ``Event/kind``.
    case kind
    /// See ``Event/choice``.
    case choice
    /// See ``Event/customer``.
    case customer
    /// See ``Event/business``.
    case business
    /// See ``Event/conversation``.
    case conversation
    /// See ``Event/name``.
    case name
    /// See ``Event/by``.
    case by
    /// See ``Event/agent``.
    case agent
    /// See ``Event/tag``.
    case tag
    /// See ``Event/id``.
    case id
    /// See ``Event/time``.
    case time
    /// See ``Event/fields``.
    case fields

    /// The name as it is written.
    public var spelling: String { Self.spellings[rawValue] }

    /// The name that is written so.
    public init?(spelling: String) {
        guard let position = Self.spellings.firstIndex(of: spelling) else { return nil }
        self.init(rawValue: position)
    }

    /// The names of the cases, in their order.
    ///
    /// Asked for once: to ask each time was a quarter of the time in which 10,000 rules are compiled.
    private static let spellings = allCases.map { String(describing: $0) }
}

extension EventName: KnownKey {}

extension EventName {
    /// Builds an event from the values that stand for the names; the rules are those of ``PlainFormat``.
    static func event(fields: JSONValue, envelope: Envelope, valueOf: (EventName) -> JSONValue?) -> Event {
        let written = valueOf(.type)?.filledString.map(EventType.normalized)
        var event = Event(type: envelope.type ?? written ?? EventType.messageReceived, fields: fields)
        let parties = valueOf(.conversation)?.string.map { $0.split(separator: ":", maxSplits: 1) } ?? []
        // A business may be named as the rules name it, which is looked up when the event is decided.
        let business = valueOf(.business).flatMap { $0.phoneDigits ?? $0.filledString }
        let isPair = parties.count == 2
        event.customer = valueOf(.customer)?.phoneDigits ?? (isPair ? PhoneDigits.from(parties[1]) : nil)
        event.business =
            envelope.business ?? business ?? (isPair ? PhoneDigits.from(parties[0]) ?? String(parties[0]) : nil)
        event.name = valueOf(.name)?.textOrInteger
        let isMessage = DoubleTickWebhook(rawValue: event.type)?.isMessage ?? false
        let by = valueOf(.by)?.filledString.map { Origin(rawValue: $0) ?? .unknown }
        event.by = by ?? (isMessage ? .customer : .unknown)
        let isByCustomer = by == nil || by == .customer
        event.choice = valueOf(.choice)?.textOrInteger
        if isByCustomer, EventType.carriesText(event.type) { event.text = valueOf(.text)?.textOrInteger }
        event.kind = valueOf(.kind)?.filledString.map { MessageKind(rawValue: $0) ?? .other }
        if event.kind == nil, isMessage, event.text != nil, event.choice == nil { event.kind = .text }
        event.agent = valueOf(.agent).flatMap { $0.phoneDigits ?? $0.textOrInteger }
        event.tag = valueOf(.tag)?.textOrInteger
        event.id = valueOf(.id)?.textOrInteger
        event.time = valueOf(.time)?.instant ?? envelope.received
        event.isInGroup = DoubleTickWebhook(rawValue: event.type)?.isInGroup ?? false
        return event
    }
}

extension Instant {
    /// From here on a Unix time is taken for milliseconds: as seconds it would lie beyond the year 5000.
    private static let unixMillisecondsMin: Int64 = 100_000_000_000

    /// Creates a time from Unix time in seconds or, from 100,000,000,000 on, in milliseconds.
    public init?(unixTime: Int64) {
        guard unixTime < Self.unixMillisecondsMin else {
            self.init(milliseconds: unixTime)
            return
        }
        self.init(unixSeconds: unixTime)
    }
}

extension JSONValue {
    /// A time as ISO 8601 text, or as Unix time in a whole number or in text.
    var instant: Instant? {
        if let integer { return Instant(unixTime: integer) }
        guard let string else { return nil }
        return Instant(iso8601: string) ?? Int64(string).flatMap { Instant(unixTime: $0) }
    }
}
