public import Events

/// What remembers something of events: a part of a rule, a fact, or the stream itself.
///
/// The words are the engine's. The ledger compares them and knows no more of them.
public struct KeptSlot: Hashable, Sendable {
    /// What remembers.
    public enum Owner: Hashable, Sendable {
        /// A rule, by its id.
        case rule(String)
        /// A fact, by its name.
        case fact(String)
        /// The stream of events, which keeps those that wait for their turn.
        case stream
    }

    /// What remembers.
    public var owner: Owner

    /// What of it: `count`, `unless`, `throttle` and so on.
    public var part: String

    /// A digest of what is collected; what was collected under another one means something else.
    public var meaning: String

    /// Creates a slot.
    public init(owner: Owner, part: String, meaning: String) {
        self.owner = owner
        self.part = part
        self.meaning = meaning
    }
}

/// One thing that is remembered: a window, a timer, or the value of a fact.
///
/// The ledger gives back what it was given. Whoever reads a row must expect a text that no engine of this version has written,
/// since another version may have, or a person: checking ``value`` is up to the engine that restores it.
public struct KeptState: Hashable, Sendable {
    /// The one conversation or customer that something is about.
    public enum Subject: Hashable, Sendable {
        /// A conversation, as `business:customer`.
        case conversation(String)
        /// A customer, of whatever business number.
        case customer(String)
    }

    /// Under what it is kept.
    public var slot: KeptSlot

    /// Whose it is, of all that are kept under its slot.
    public var key: String

    /// Whom it is about; `nil` where it is about several.
    public var subject: Subject?

    /// When a timer fires; `nil` for everything else.
    public var dueAt: Instant?

    /// The last instant at which it still means something; `nil` for ever.
    public var endsAt: Instant?

    /// What is remembered, as JSON text.
    public var value: String

    /// Creates a row.
    public init(
        slot: KeptSlot,
        key: String,
        subject: Subject? = nil,
        dueAt: Instant? = nil,
        endsAt: Instant? = nil,
        value: String
    ) {
        self.slot = slot
        self.key = key
        self.subject = subject
        self.dueAt = dueAt
        self.endsAt = endsAt
        self.value = value
    }
}

/// A change of what is remembered.
public enum KeptChange: Hashable, Sendable {
    /// It is remembered now, in place of what stood under its slot and key.
    case put(KeptState)
    /// Nothing is remembered any more under this slot and key.
    case remove(KeptSlot, key: String)
}
