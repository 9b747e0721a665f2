/// Something that is remembered from one event to later ones.
public struct Fact: Sendable {
    /// The name that conditions and templates know it by.
    public var name: String

    /// Of whom it is remembered.
    public var per: Grouping

    /// The event that sets it.
    public var set: EventSelector

    /// What is remembered, or `nil` for `true`.
    ///
    /// An event that lacks what the template names sets nothing.
    public var value: BoundTemplate?

    /// The event that makes it forgotten; one that also sets it sets it.
    public var clear: EventSelector?

    /// How long it is remembered, or `nil` for ever.
    ///
    /// After exactly this time it still is.
    public var duration: Duration?

    /// See ``StateSlot/meaning``.
    public var meaning: String

    /// Creates a fact.
    public init(
        name: String,
        per: Grouping,
        set: EventSelector,
        value: BoundTemplate? = nil,
        clear: EventSelector? = nil,
        duration: Duration? = nil,
        meaning: String
    ) {
        self.name = name
        self.per = per
        self.set = set
        self.value = value
        self.clear = clear
        self.duration = duration
        self.meaning = meaning
    }
}

/// What is remembered under the name of a fact.
public enum FactValue: Hashable, Sendable {
    /// That it is so.
    case yes
    /// A text.
    case text(String)

    /// The value as templates see it.
    public var text: String {
        switch self {
        case .yes: "true"
        case .text(let text): text
        }
    }

    /// The value as conditions see it.
    var scalar: JSONScalar {
        switch self {
        case .yes: .boolean(true)
        case .text(let text): .string(text)
        }
    }
}
