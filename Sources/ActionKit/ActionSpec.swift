/// Everything that is to be known about an action without running it.
///
/// The compiler's checks, the reference text, completion in editors and the contract test all read this one value.
public struct ActionSpec: Sendable {
    /// The name in rule files, in kebab case.
    public var id: String

    /// What the action does, in one sentence.
    public var summary: String

    /// The service that the action talks to, such as `doubletick`; `nil` for one that talks to none.
    public var destination: String?

    /// What a second attempt may do.
    public var effect: EffectClass

    /// The settings, in the order in which people read them.
    public var fields: [SettingField]

    /// Settings of the rule language that this version does not have yet; writing one is refused, never ignored.
    public var notBuiltYet: [String]

    /// Settings that are accepted and settings that are refused.
    public var examples: [ActionExample]

    /// Creates a spec.
    public init(
        id: String,
        summary: String,
        destination: String? = nil,
        effect: EffectClass,
        fields: [SettingField],
        notBuiltYet: [String] = [],
        examples: [ActionExample]
    ) {
        self.id = id
        self.summary = summary
        self.destination = destination
        self.effect = effect
        self.fields = fields
        self.notBuiltYet = notBuiltYet
        self.examples = examples
    }

    /// The setting of that name.
    public func field(_ name: String) -> SettingField? {
        fields.first { $0.name == name }
    }
}

/// What a second attempt at a job may do, and so what happens when the outcome of the first could not be learnt.
public enum EffectClass: String, Sendable, CaseIterable {
    /// Doing it twice is the same as doing it once. Tried again.
    case idempotent

    /// The receiver recognises the job's id. Tried again with the same id.
    case keyed

    /// A second attempt might do it twice. Not tried again; the outcome is reported as unknown.
    case atMostOnce = "at-most-once"
}

/// One setting of an action.
public struct SettingField: Sendable {
    /// The name in rule files, in snake case.
    public var name: String

    /// What may stand there.
    public var kind: SettingKind

    /// What it means, in one sentence.
    public var summary: String

    /// What holds when the setting is not written.
    public var fallback: SettingFallback

    /// Creates a setting.
    public init(_ name: String, _ kind: SettingKind, _ summary: String, fallback: SettingFallback = .required) {
        self.name = name
        self.kind = kind
        self.summary = summary
        self.fallback = fallback
    }
}

/// What holds when a setting is not written.
public enum SettingFallback: Hashable, Sendable {
    /// Nothing: it must be written.
    case required

    /// Nothing: the action does without it.
    case absent

    /// A value of the event, by its name in the events table (`customer`, `business`).
    case event(String)

    /// This value, which the action itself takes then: records and tests show only what was written.
    case value(SettingValue)
}

/// What may stand in a setting, and how the compiler turns it into what the action receives.
public enum SettingKind: String, Hashable, Sendable {
    /// Text, passed on as written.
    case text

    /// A customer's phone number. The action receives digits with country code.
    case customer

    /// A business number: a phone number or a name from `business_numbers`. The action receives digits with country code.
    case business

    /// Agents: names, teams and phone numbers, one or a list. The action receives a list of digits with country code, each
    /// once, in the order written.
    case agents

    /// A length of time such as `30s` or `24h`. The action receives whole seconds.
    case duration
}

/// Settings as a rule file would hold them after rendering, with what the action says to them.
public struct ActionExample: Sendable {
    /// What the example shows.
    public var title: String

    /// The settings.
    public var settings: Settings

    /// The problem that the action must report; `nil` when it must accept the settings.
    public var problem: SettingsProblem?

    /// An example that the action must accept.
    public static func accepts(_ title: String, _ settings: Settings) -> ActionExample {
        ActionExample(title: title, settings: settings, problem: nil)
    }

    /// An example that the action must refuse with just this problem.
    public static func refuses(_ title: String, _ settings: Settings, _ problem: SettingsProblem) -> ActionExample {
        ActionExample(title: title, settings: settings, problem: problem)
    }
}
