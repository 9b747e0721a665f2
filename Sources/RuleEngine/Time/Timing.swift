public import Directory
public import Events

/// What a rule asks of several events, and how often it may fire.
///
/// The parts stand behind one another, and each works with what the one before lets through: events for which `when` holds,
/// the ends of a ``sequence``, every so many of them (``count``), those that nothing follows (``absence``), and of these as
/// many as the ``throttle`` lets through.
public struct Timing: Sendable {
    /// Events that must come in this order.
    public var sequence: EventSequence?

    /// How many must come.
    public var count: EventCount?

    /// What must not follow.
    public var absence: Absence?

    /// How often the rule may fire.
    public var throttle: Throttle?

    /// Creates timing; with nothing in it a rule fires on every event that it takes.
    public init(
        sequence: EventSequence? = nil,
        count: EventCount? = nil,
        absence: Absence? = nil,
        throttle: Throttle? = nil
    ) {
        self.sequence = sequence
        self.count = count
        self.absence = absence
        self.throttle = throttle
    }

    /// Whether there is nothing in it.
    public var isEmpty: Bool { sequence == nil && count == nil && absence == nil && throttle == nil }
}

/// Events that must come in an order: `sequence`.
public struct EventSequence: Sendable {
    /// The steps, at least two; the rule's own `when` must hold for each, too.
    public var steps: [EventSelector]

    /// The longest time from the first event to the last; one of exactly this length is within.
    public var within: Duration

    /// Whose events belong together.
    public var per: Grouping

    /// Tells what is collected here from what something else would mean: see ``StateSlot/meaning``.
    public var meaning: String

    /// Creates a sequence.
    public init(steps: [EventSelector], within: Duration, per: Grouping, meaning: String) {
        self.steps = steps
        self.within = within
        self.per = per
        self.meaning = meaning
    }
}

/// How many events must come: `count`.
public struct EventCount: Sendable {
    /// What is counted once.
    public enum Distinct: Hashable, Sendable {
        /// A name of the events table.
        case name(EventName)
        /// A value of the original.
        case field(FieldPath)
    }

    /// How many.
    public var atLeast: Int

    /// The longest time from the first to the last; exactly this long is within.
    public var within: Duration

    /// Whose events are counted together.
    public var per: Grouping

    /// What is counted once; `nil` for counting events.
    public var distinct: Distinct?

    /// See ``StateSlot/meaning``.
    public var meaning: String

    /// Creates a count.
    public init(atLeast: Int, within: Duration, per: Grouping, distinct: Distinct? = nil, meaning: String) {
        self.atLeast = atLeast
        self.within = within
        self.per = per
        self.distinct = distinct
        self.meaning = meaning
    }
}

/// An event that must not follow: `unless`.
public struct Absence: Sendable {
    /// The event that must not follow.
    public var answer: EventSelector

    /// How long it is waited for; one that comes after exactly this time is in time.
    public var within: Duration

    /// Only time in which this is open counts.
    public var counting: Schedule?

    /// Whose events belong together.
    public var per: Grouping

    /// See ``StateSlot/meaning``.
    public var meaning: String

    /// Creates an absence.
    public init(answer: EventSelector, within: Duration, counting: Schedule?, per: Grouping, meaning: String) {
        self.answer = answer
        self.within = within
        self.counting = counting
        self.per = per
        self.meaning = meaning
    }
}

/// How often a rule may fire: `throttle`.
public struct Throttle: Sendable {
    /// How many firings are let through; 1 for `once_per`.
    public var atMost: Int

    /// The time in which they are; a firing exactly so long after the first of them is still held back.
    public var within: Duration

    /// Whose firings are counted together; those of events that lack it are let through.
    public var per: Grouping

    /// See ``StateSlot/meaning``; that of a rule in the shadow is another.
    public var meaning: String

    /// Creates a throttle.
    public init(atMost: Int, within: Duration, per: Grouping, meaning: String) {
        self.atMost = atMost
        self.within = within
        self.per = per
        self.meaning = meaning
    }
}
