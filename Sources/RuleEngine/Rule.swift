public import ActionKit
public import Diagnostics
public import Events

/// One rule, compiled: what it looks at, and what it asks for when it fires.
public struct Rule: Sendable {
    /// The name that records, tests and state know it by.
    public var id: String

    /// What a person should conclude and do when it fires.
    public var description: String?

    /// Whose rule it is.
    public var owner: String?

    /// Words to choose rules by.
    public var tags: [String]

    /// The event types that it looks at.
    public var on: EventTypes

    /// What must hold for the event; `nil` for every event of ``on``.
    public var when: Condition?

    /// What to do, in order.
    public var then: [ActionCall]

    /// Whether it acts.
    public var mode: RuleMode

    /// Higher is decided first.
    public var priority: Int

    /// Whether later rules leave an event alone that this rule takes.
    public var stops: Bool

    /// Where it is written.
    public var span: Span

    /// Creates a rule.
    public init(
        id: String,
        description: String? = nil,
        owner: String? = nil,
        tags: [String] = [],
        on: EventTypes = .only(["message-received"]),
        when: Condition?,
        then: [ActionCall],
        mode: RuleMode = .active,
        priority: Int = 0,
        stops: Bool = false,
        span: Span
    ) {
        self.id = id
        self.description = description
        self.owner = owner
        self.tags = tags
        self.on = on
        self.when = when
        self.then = then
        self.mode = mode
        self.priority = priority
        self.stops = stops
        self.span = span
    }
}

/// Whether a rule acts.
public enum RuleMode: String, Sendable, CaseIterable {
    /// It decides and acts.
    case active
    /// It decides and is reported, and never acts.
    case shadow
    /// It is not looked at.
    case off
}

/// The event types that a rule looks at.
public enum EventTypes: Hashable, Sendable {
    /// Every type.
    case any
    /// These types.
    case only(Set<String>)

    /// Whether an event of that type is looked at.
    public func contains(_ type: String) -> Bool {
        switch self {
        case .any: true
        case .only(let types): types.contains(type)
        }
    }
}

/// One item of `then`: an action and where its settings come from.
public struct ActionCall: Sendable {
    /// The action's id.
    public var action: String

    /// The settings in the order of the action's spec.
    public var settings: [BoundSetting]

    /// Finds what the action would refuse in the settings of a job.
    public var problem: @Sendable (Settings) -> SettingsProblem?

    /// Where it is written.
    public var span: Span

    /// Creates a call.
    public init(
        action: String,
        settings: [BoundSetting],
        span: Span,
        problem: @escaping @Sendable (Settings) -> SettingsProblem? = { _ in nil }
    ) {
        self.action = action
        self.settings = settings
        self.span = span
        self.problem = problem
    }
}

/// A setting and where its value comes from.
public struct BoundSetting: Sendable {
    /// Where a value comes from.
    public enum Source: Hashable, Sendable {
        /// It is known from the rules.
        case constant(SettingValue)
        /// It is a name of the event.
        case event(EventName)
    }

    /// The setting's name.
    public var name: String

    /// Where its value comes from.
    public var source: Source

    /// Creates a bound setting.
    public init(name: String, source: Source) {
        self.name = name
        self.source = source
    }
}
