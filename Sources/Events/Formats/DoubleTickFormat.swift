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

    func recognizes(_ object: LineObject) -> Bool { DoubleTickShape.webhook(of: object) != nil }

    func recognizedEvents(from object: LineObject, envelope: Envelope, _ body: (Event) -> Void) -> Bool {
        guard let webhook = Self.webhook(of: object, envelope) else { return false }
        // An envelope may name one of DoubleTick's types for a plain event; no payload of DoubleTick has these names.
        if envelope.type != nil, Self.isPlain(object.root), DoubleTickShape.webhook(of: object) == nil { return false }
        Self.events(webhook, object, envelope, body)
        return true
    }

    func events(from object: LineObject, envelope: Envelope, _ body: (Event) -> Void) {
        Self.events(Self.webhook(of: object, envelope), object, envelope, body)
    }

    private static func isPlain(_ root: JSONValue) -> Bool {
        root["text"]?.kind == .string || root["customer"]?.kind == .string
    }

    /// The kind by the envelope, else by shape.
    ///
    /// A type that is none of DoubleTick's leaves it to the shape how to read on.
    private static func webhook(of object: LineObject, _ envelope: Envelope) -> DoubleTickWebhook? {
        envelope.type.flatMap(DoubleTickWebhook.init(rawValue:)) ?? DoubleTickShape.webhook(of: object)
    }

    private static func events(
        _ webhook: DoubleTickWebhook?,
        _ object: LineObject,
        _ envelope: Envelope,
        _ body: (Event) -> Void
    ) {
        var event = Event(kind: webhook ?? .messageReceived, fields: object.root)
        if let type = envelope.type {
            event.type = type
        } else if webhook == nil {
            event.type = EventType.unknown
        }
        event.time = envelope.received
        if let webhook { DoubleTickReading(webhook: webhook, object: object).read(into: &event) }
        if let business = envelope.business { event.business = business }
        if webhook == .agentStatusChanged {
            fanOut(event, body)
        } else {
            body(event)
        }
    }

    /// One event for each conversation of the agent whose status changed; one without a customer if there are none.
    private static func fanOut(_ event: Event, _ body: (Event) -> Void) {
        var seen: Set<String> = []
        for phone in event.fields["customerPhones"]?.elements ?? event.fields.elements {
            guard let digits = phone.phoneDigits, seen.insert(digits).inserted else { continue }
            var copy = event
            copy.customer = digits
            body(copy)
        }
        if seen.isEmpty { body(event) }
    }
}
