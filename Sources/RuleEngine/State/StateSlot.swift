public import Events

/// One thing of the rules that remembers something: what its windows are kept under.
public struct StateSlot: Hashable, Sendable {
    /// What remembers.
    public enum Owner: Hashable, Sendable {
        /// A rule, by its id.
        case rule(String)
        /// A fact, by its name.
        case fact(String)
        /// The stream of events, which keeps those that wait for their turn.
        case stream
    }

    /// What of it.
    public enum Part: String, Hashable, Sendable, CaseIterable {
        /// The beginnings of a sequence.
        case sequence
        /// The events counted.
        case count
        /// The timers of `unless`.
        case unless
        /// The firings let through.
        case throttle
        /// The values of a fact.
        case fact
        /// The events that wait until earlier ones can no longer come.
        case held
    }

    /// What remembers.
    public var owner: Owner

    /// What of it.
    public var part: Part

    /// A digest of what is collected: what was collected under another one means something else, and is forgotten.
    ///
    /// Which events are meant and the keys of time have a part in it; what people may change without starting anew has not:
    /// description, owner, tags, `then`, priority, the contents of lists and the directory.
    public var meaning: String

    /// Creates a slot.
    public init(owner: Owner, part: Part, meaning: String) {
        self.owner = owner
        self.part = part
        self.meaning = meaning
    }
}

/// One thing that is remembered, as it is written down.
public struct StateRow: Hashable, Sendable {
    /// Under what it is kept.
    public var slot: StateSlot

    /// Whose it is: see ``Grouping/key(of:)``.
    public var key: String

    /// The one conversation or customer that it is about; `nil` where it is about several.
    public var subject: Grouping.Subject?

    /// When a timer fires; `nil` for everything else.
    public var dueAt: Instant?

    /// The last instant at which it still means something; `nil` for ever.
    public var endsAt: Instant?

    /// What is remembered, as JSON text.
    public var value: String

    /// Creates a row.
    public init(
        slot: StateSlot,
        key: String,
        subject: Grouping.Subject? = nil,
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

/// A change of what is remembered, for whoever keeps the state.
public enum StateChange: Hashable, Sendable {
    /// It is remembered now, whatever was remembered under its slot and key before.
    case put(StateRow)
    /// Nothing is remembered any more under this slot and key.
    case remove(StateSlot, key: String)
}
