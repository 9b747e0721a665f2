/// DoubleTick's webhook payloads, as it posts them.
///
/// Payloads are told apart by shape (``DoubleTickShape``) unless an envelope names their type. The traps of this format
/// are dealt with here, once:
///
/// * In what comes *from* customers `from` is the customer and `to` the business number; in a status update `to` is the
///   customer.
/// * Which field holds the customer's and the business number depends on the kind; where a kind has none, none is
///   guessed.
/// * In groups `to` is the group's id. Off WhatsApp a number counts as a phone number only with a plus sign:
///   Instagram's account numbers look like phone numbers.
/// * `text` is what the customer wrote. The words of agents and the sentence about an assignment stay under `fields`.
///
/// Meta's own envelope, which DoubleTick passes on as `RAW_CLOUD_API_WEBHOOK`, becomes one event of the type
/// `raw-cloud-api-webhook` here; ``WhatsAppCloudFormat``, which `auto` asks first, opens it.
struct DoubleTickFormat: EventFormat {
    static let name = "doubletick"

    private static let keys = KeyTable<DoubleTickKey>()

    func recognizes(_ root: JSONValue) -> Bool {
        DoubleTickShape.webhook(of: root, Self.keys.members(of: root)) != nil
    }

    func recognizedEvents(from root: JSONValue, envelope: Envelope) -> [Event]? {
        let known = Self.keys.members(of: root)
        guard let webhook = Self.webhook(of: root, known, envelope) else { return nil }
        // An envelope may name one of DoubleTick's types for a plain event; no payload of DoubleTick has these names.
        let isPlain = root["text"]?.kind == .string || root["customer"]?.kind == .string
        if envelope.type != nil, isPlain, DoubleTickShape.webhook(of: root, known) == nil { return nil }
        return Self.events(webhook, type: envelope.type ?? webhook.rawValue, root, known, envelope)
    }

    func events(from root: JSONValue, envelope: Envelope) -> [Event] {
        let known = Self.keys.members(of: root)
        let webhook = Self.webhook(of: root, known, envelope)
        return Self.events(
            webhook,
            type: envelope.type ?? webhook?.rawValue ?? EventType.unknown,
            root,
            known,
            envelope
        )
    }

    /// The kind by the envelope, else by shape.
    ///
    /// A type that is none of DoubleTick's leaves it to the shape how to read on.
    private static func webhook(
        of root: JSONValue,
        _ known: KnownMembers<DoubleTickKey>,
        _ envelope: Envelope
    ) -> DoubleTickWebhook? {
        envelope.type.flatMap(DoubleTickWebhook.init(rawValue:)) ?? DoubleTickShape.webhook(of: root, known)
    }

    private static func events(
        _ webhook: DoubleTickWebhook?,
        type: String,
        _ root: JSONValue,
        _ known: KnownMembers<DoubleTickKey>,
        _ envelope: Envelope
    ) -> [Event] {
        var event = Event(type: type, fields: root)
        event.business = envelope.business
        event.time = envelope.received
        guard let webhook else { return [event] }
        let reading = DoubleTickReading(webhook: webhook, known: known)
        event.customer = reading.customer
        event.business = envelope.business ?? reading.business
        event.name = reading.name
        event.isInGroup = webhook.isInGroup
        reading.readMessage(into: &event)
        event.by = reading.by
        event.agent = reading.agent(by: event.by)
        event.tag = webhook == .tagAdded || webhook == .tagRemoved ? known.text(.tagName) : nil
        event.id = reading.id(type: type)
        event.time = reading.time ?? envelope.received
        guard webhook == .agentStatusChanged else { return [event] }
        return fannedOut(event, known)
    }

    /// One event for each conversation of the agent whose status changed; one without a customer if there are none.
    private static func fannedOut(_ event: Event, _ known: KnownMembers<DoubleTickKey>) -> [Event] {
        var customers: [String] = []
        var seen: Set<String> = []
        for phone in known[.customerPhones]?.elements ?? event.fields.elements {
            guard let digits = phone.phoneDigits, seen.insert(digits).inserted else { continue }
            customers.append(digits)
        }
        guard !customers.isEmpty else { return [event] }
        return customers.map { customer in
            var copy = event
            copy.customer = customer
            return copy
        }
    }
}
