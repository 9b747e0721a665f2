/// One input record, seen through the names that rules use.
///
/// A format fills in the names (``EventFormat``); `fields` is the original, opened from its envelope.
public struct Event: Sendable {
    /// The kind of event in kebab case, such as `message-received`.
    public var type: String

    /// What the *customer* wrote: text, else caption, else the title of the button or row chosen.
    public var text: String?

    /// Of a message: what it holds.
    public var kind: MessageKind?

    /// The id or payload of the button or row that the customer chose.
    public var choice: String?

    /// The customer's phone number: digits with country code.
    public var customer: String?

    /// The business's WhatsApp API number: digits with country code.
    public var business: String?

    /// The customer's name.
    public var name: String?

    /// Who caused the event.
    public var by: Origin?

    /// The agent that the event is about, as the original names them: digits where that is a phone number.
    public var agent: String?

    /// The tag that the event is about.
    public var tag: String?

    /// What makes a repeated delivery the same event; `nil` where the original has nothing of that kind.
    public var id: String?

    /// When it happened.
    public var time: Instant?

    /// Whether it happened in a group, where there is no conversation of one business number with one customer.
    public var isInGroup = false

    /// The original, relative to the single event.
    public var fields: JSONValue

    /// `business:customer`, where both are known and the event did not happen in a group.
    public var conversation: String? {
        guard !isInGroup, let business, let customer else { return nil }
        return "\(business):\(customer)"
    }

    /// Creates an event of which only the type is known.
    public init(type: String, fields: JSONValue) {
        self.type = type
        self.fields = fields
    }
}

/// What a message holds.
public enum MessageKind: String, Sendable, CaseIterable {
    /// Written text.
    case text
    /// A picture or a sticker.
    case image
    /// A film.
    case video
    /// A voice message or a sound.
    case audio
    /// A file.
    case document
    /// A place.
    case location
    /// One or more address-book entries.
    case contacts
    /// The button chosen.
    case button
    /// The row of a list chosen.
    case listReply = "list-reply"
    /// A template message.
    case template
    /// Anything else.
    case other
}

/// Who caused an event.
public enum Origin: String, Sendable, CaseIterable {
    /// The customer.
    case customer
    /// A person of the business.
    case agent
    /// An automaton of the business.
    case bot
    /// A program that speaks to the API.
    case api
    /// The original does not say.
    case unknown
}
