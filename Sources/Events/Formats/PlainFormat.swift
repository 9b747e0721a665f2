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
    func recognizes(_ root: JSONValue) -> Bool {
        let known = Self.keys.members(of: root)
        return EventName.allCases.contains(where: known.has)
    }

    func events(from root: JSONValue, envelope: Envelope) -> [Event] {
        let known = Self.keys.members(of: root)
        let nested = known[.fields]
        return [
            EventName.event(fields: nested?.kind == .object ? nested ?? root : root, envelope: envelope) { known[$0] }
        ]
    }
}
