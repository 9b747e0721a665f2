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

    /// What it asks of several events, and how often it may fire.
    public var timing = Timing()

    /// What to do, in order.
    public var then: [ActionCall]

    /// Whether it acts.
    public var mode: RuleMode

    /// Higher is decided first.
    public var priority: Int

    /// Whether later rules leave an event alone that this rule takes.
    public var stops: Bool

    /// Of the rules of one group only the first that takes an event may fire on it.
    public var group: String?

    /// Which rules must have left the event alone for this one to fire; `nil` for an ordinary rule.
    public var otherwise: Otherwise?

    /// The last day on which it fires; `nil` for ever.
    public var expiry: Expiry?

    /// Where it is written.
    public var span: Span

    /// The whole of it as it is written, for showing later what it said.
    public var source: Span

    /// Tells this wording of the rule from every other: a digest of ``source``'s text, empty for a rule that no file holds.
    ///
    /// Neither other rules, comments outside it nor the file's name have a part in it; nor has what the rule names, such as
    /// lists and conditions.
    public var version: String

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
        group: String? = nil,
        otherwise: Otherwise? = nil,
        expiry: Expiry? = nil,
        span: Span,
        source: Span? = nil,
        version: String = ""
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
        self.group = group
        self.otherwise = otherwise
        self.expiry = expiry
        self.span = span
        self.source = source ?? span
        self.version = version
    }
}

extension Rule {
    /// Whether rules behind it leave an event alone that it takes: those in the shadow change nothing for others, and
    /// `otherwise` rules stop nobody.
    var stopsOthers: Bool { stops && mode == .active && otherwise == nil }
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

/// Which rules must have left an event alone for an `otherwise` rule to fire.
public enum Otherwise: Hashable, Sendable {
    /// All ordinary rules.
    case anyRule
    /// The ordinary rules that have one of these tags.
    case tags(Set<String>)
}

/// When a rule ends.
public struct Expiry: Hashable, Sendable {
    /// The last day on which the rule fires, as it is written.
    public var lastDay: String

    /// The end of that day in the settings' time zone: from here on the rule does not fire.
    public var end: Instant

    /// Creates an end.
    public init(lastDay: String, end: Instant) {
        self.lastDay = lastDay
        self.end = end
    }
}

/// The event types that a rule looks at.
public enum EventTypes: Hashable, Sendable {
    /// Every type.
    case any
    /// These types.
    case only(Set<String>)

    /// The type, where there is only one.
    var sole: String? {
        guard case .only(let types) = self, types.count == 1 else { return nil }
        return types.first
    }

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
    public let settings: [BoundSetting]

    /// How the settings are rendered, as far as no event is needed to know it.
    let order: RenderingOrder

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
        order = RenderingOrder(settings)
        self.span = span
        self.problem = problem
    }
}
