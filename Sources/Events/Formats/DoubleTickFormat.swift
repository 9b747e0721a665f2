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
        Self.keys.withMembers(of: root) { DoubleTickShape.webhook(of: root, $0) != nil }
    }

    func recognizedEvents(from root: JSONValue, envelope: Envelope, _ body: (Event) -> Void) -> Bool {
        Self.keys.withMembers(of: root) { known in
            guard let webhook = Self.webhook(of: root, known, envelope) else { return false }
            // An envelope may name one of DoubleTick's types for a plain event; no payload of DoubleTick has these names.
            if envelope.type != nil, Self.isPlain(root), DoubleTickShape.webhook(of: root, known) == nil {
                return false
            }
            Self.events(webhook, root, known, envelope, body)
            return true
        }
    }

    func events(from root: JSONValue, envelope: Envelope, _ body: (Event) -> Void) {
        Self.keys.withMembers(of: root) { known in
            Self.events(Self.webhook(of: root, known, envelope), root, known, envelope, body)
        }
    }

    private static func isPlain(_ root: JSONValue) -> Bool {
        root["text"]?.kind == .string || root["customer"]?.kind == .string
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
        _ root: JSONValue,
        _ known: KnownMembers<DoubleTickKey>,
        _ envelope: Envelope,
        _ body: (Event) -> Void
    ) {
        var event = webhook.map { Event(kind: $0, fields: root) } ?? Event(type: EventType.unknown, fields: root)
        if let type = envelope.type { event.type = type }
        event.time = envelope.received
        if let webhook { DoubleTickReading(webhook: webhook, known: known).read(into: &event) }
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
