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
    ///
    /// - Parameters:
    ///   - fields: The original.
    ///   - envelope: What is known from elsewhere.
    ///   - tape: Where the values lie, the fields among them.
    ///   - indexOf: Where on the tape the value of a name lies.
    /// - Returns: The event.
    static func event(
        fields: JSONValue,
        envelope: Envelope,
        on tape: JSONTape,
        indexOf: (EventName) -> Int?
    ) -> Event {
        var event = Event(kind: .messageReceived, fields: fields)
        event.readType(at: indexOf(.type), on: tape, envelope)
        event.readParties(on: tape, envelope, indexOf: indexOf)
        event.texts.name = indexOf(.name).flatMap { tape.textOrInteger(at: $0) }
        let isMessage = event.knownType?.isMessage ?? false
        let by = indexOf(.by).flatMap { tape.word(at: $0, in: Origin.words, else: .unknown) }
        event.by = by ?? (isMessage ? .customer : .unknown)
        event.texts.choice = indexOf(.choice).flatMap { tape.textOrInteger(at: $0) }
        // DoubleTick's own kinds carry words of the customer only where they are messages; of kinds that Beckon does not
        // know the sender says so by giving a `text`.
        if by == nil || by == .customer, event.knownType?.isMessage ?? true {
            event.texts.text = indexOf(.text).flatMap { tape.textOrInteger(at: $0) }
        }
        event.kind = indexOf(.kind).flatMap { tape.word(at: $0, in: MessageKind.words, else: .other) }
        if event.kind == nil, isMessage, event.texts.text != nil, event.texts.choice == nil { event.kind = .text }
        event.texts.agent = indexOf(.agent).flatMap { tape.phoneText(at: $0) ?? tape.textOrInteger(at: $0) }
        event.texts.tag = indexOf(.tag).flatMap { tape.textOrInteger(at: $0) }
        event.texts.id = indexOf(.id).flatMap { tape.textOrInteger(at: $0) }
        event.time = indexOf(.time).flatMap { tape.instant(at: $0) } ?? envelope.received
        event.isInGroup = event.knownType?.isInGroup ?? false
        return event
    }
}

extension Event {
    /// The kind of event, if it is one of DoubleTick's.
    var knownType: DoubleTickWebhook? {
        guard case .kind(let kind) = texts.type else { return nil }
        return kind
    }

    fileprivate mutating func readType(at index: Int?, on tape: JSONTape, _ envelope: Envelope) {
        if let type = envelope.type {
            self.type = type
        } else if let index, let written = tape.filledText(at: index) {
            let known = unsafe tape.withText(at: index) {
                unsafe DoubleTickWebhook.named[$0] ?? DoubleTickWebhook.shouted[$0]
            }
            if let known {
                texts.type = .kind(known)
            } else if unsafe tape.withText(at: index, EventType.isShouted) {
                type = EventType.normalized(tape.text(at: index))
            } else {
                texts.type = written
            }
        }
    }

    /// Reads who takes part, from `conversation` where a party is not named by itself.
    fileprivate mutating func readParties(on tape: JSONTape, _ envelope: Envelope, indexOf: (EventName) -> Int?) {
        texts.customer = indexOf(.customer).flatMap { tape.phoneText(at: $0) }
        if let business = envelope.business {
            self.business = business
        } else {
            // A business may be named as the rules name it, which is looked up when the event is decided.
            texts.business = indexOf(.business).flatMap { tape.phoneText(at: $0) ?? tape.filledText(at: $0) }
        }
        guard texts.customer == nil || texts.business == nil, let index = indexOf(.conversation),
            tape.filledText(at: index) != nil
        else { return }
        let parties = tape.text(at: index).split(separator: ":", maxSplits: 1)
        guard parties.count == 2 else { return }
        if texts.customer == nil { customer = PhoneDigits.from(parties[1]) }
        if texts.business == nil { business = PhoneDigits.from(parties[0]) ?? String(parties[0]) }
    }
}

extension JSONTape {
    /// The word that a string which is not empty spells, or what stands for all others.
    fileprivate func word<Word>(at index: Int, in table: WordTable<Word>, else other: Word) -> Word? {
        guard filledText(at: index) != nil else { return nil }
        return unsafe withText(at: index) { unsafe table[$0] ?? other }
    }

    /// A time as ISO 8601 text, or as Unix time in a whole number or in text.
    func instant(at index: Int) -> Instant? {
        if let integer = integer(at: index) { return Instant(unixTime: integer) }
        return unsafe withUTF8(at: index) { bytes in
            unsafe Instant(iso8601: bytes)
                ?? Int64(String(decoding: bytes, as: UTF8.self)).flatMap { Instant(unixTime: $0) }
        } ?? nil
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
    var instant: Instant? { document.reading { $0.instant(at: index) } }
}
