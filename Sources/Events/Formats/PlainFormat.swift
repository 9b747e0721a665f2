/// Flat objects that use the names of the events table: `{"text":"I want a refund","customer":"+91 99999 00001"}`.
///
/// * Without `type` an event is `message-received`. `ADD_TAG` is read as `add-tag`.
/// * `customer` and `business` are reduced to digits; what is no phone number is left out. `conversation`, written
///   `business:customer`, counts where they are missing.
/// * A whole number stands for its digits (`{"text":5}`), since exports from tables write menu choices and phone
///   numbers so. A value of any other wrong kind, and an empty text, leaves the name absent.
/// * `text` is what the customer wrote: an event that is by somebody else, or of one of DoubleTick's kinds that are no
///   messages, has none.
/// * `by` is the customer for messages, else `unknown`. `kind` is `text` for a message that has a text and no `choice`.
/// * `time` is ISO 8601, or Unix time as in ``Instant/init(unixTime:)``.
/// * `fields` are those under `fields` if that is an object, else the whole.
struct PlainFormat: EventFormat {
    static let name = "plain"

    private static let keys = KeyTable<EventName>()

    /// In `auto`, an object is taken for plain if it has at least one name of the table.
    func recognizes(_ object: LineObject) -> Bool {
        Self.keys.withMembers(of: object.root) { $0.hasAny }
    }

    func recognizedEvents(from object: LineObject, envelope: Envelope, _ body: (Event) -> Void) -> Bool {
        Self.keys.withMembers(of: object.root) { known in
            guard known.hasAny else { return false }
            body(Self.event(object.root, known, envelope))
            return true
        }
    }

    func events(from object: LineObject, envelope: Envelope, _ body: (Event) -> Void) {
        Self.keys.withMembers(of: object.root) { body(Self.event(object.root, $0, envelope)) }
    }

    private static func event(_ root: JSONValue, _ known: KnownMembers<EventName>, _ envelope: Envelope) -> Event {
        let fields = known.kind(.fields) == .object ? root["fields"] ?? root : root
        return EventName.event(fields: fields, envelope: envelope, on: known.tape) { known[$0] }
    }
}
