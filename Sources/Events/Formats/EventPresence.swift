/// Whether events of a kind have a name of the events table, from the rarest on.
public enum EventPresence: Int, Comparable, Sendable {
    /// No original of this kind has it.
    case never
    /// Some have it.
    case sometimes
    /// Every original that is as documented has it.
    case always

    /// Whether one is rarer than another.
    public static func < (left: EventPresence, right: EventPresence) -> Bool { left.rawValue < right.rawValue }
}

extension EventType {
    /// Whether originals of a kind fill a name; `nil` for kinds of which nothing is known.
    ///
    /// What counts is what DoubleTick documents of its payloads. A plain object of the same type may lack anything or hold
    /// more, Beckon's envelope can add the business number, and an event without one takes the setting's: so `never` is
    /// worth a warning for `business`. The time of arrival stands in for a missing `time`, which is therefore never
    /// `never`; `by` is always there, if only as `unknown`.
    public static func presence(of name: EventName, in type: String) -> EventPresence? {
        DoubleTickWebhook(rawValue: type)?.presence(of: name)
    }
}
