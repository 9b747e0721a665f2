public import ActionKit
public import Directory
public import Events
public import Templates

/// A setting and where its value comes from.
public struct BoundSetting: Sendable {
    /// Where a value comes from.
    public enum Source: Hashable, Sendable {
        /// It is known from the rules.
        case constant(SettingValue)
        /// It is a name of the event.
        case event(EventName)
        /// It is rendered for each job, and then read as a setting of that kind is.
        case template(BoundTemplate, as: SettingKind)
        /// It is a list of agents, in which teams and templates stand for those whom they come to.
        case agents([AgentSource])
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

extension BoundSetting.Source {
    /// The templates in it.
    package var templates: [BoundTemplate] {
        switch self {
        case .constant, .event: []
        case .template(let template, as: _): [template]
        case .agents(let sources):
            sources.compactMap { source in
                guard case .template(let template) = source else { return nil }
                return template
            }
        }
    }
}

/// The order in which the settings of an action are rendered.
///
/// Whom a team comes to depends on the conversation, and that on the other settings: those of agents come last.
struct RenderingOrder: Sendable {
    /// The settings in this order.
    let settings: [BoundSetting]

    /// How many of them come before the conversation is known.
    let beforeConversation: Int

    /// The names in the order of the action's spec, where that is another order.
    let names: [String]?

    /// Whether the settings say between whom the conversation is that the action is about.
    let namesConversation: Bool

    /// Looks at the settings of an action in the order of its spec.
    init(_ settings: [BoundSetting]) {
        beforeConversation = settings.count { !$0.isOfAgents }
        // Most have them last, or none.
        if settings.dropFirst(beforeConversation).allSatisfy(\.isOfAgents) {
            (self.settings, names) = (settings, nil)
        } else {
            self.settings = settings.filter { !$0.isOfAgents } + settings.filter(\.isOfAgents)
            names = settings.map(\.name)
        }
        namesConversation = Settings.partiesOfConversation.allSatisfy { party in settings.contains { $0.name == party }
        }
    }
}

extension BoundSetting {
    fileprivate var isOfAgents: Bool {
        guard case .agents = source else { return false }
        return true
    }
}

/// One item of a list of agents.
public enum AgentSource: Hashable, Sendable {
    /// An agent, by number.
    case agent(PhoneNumber)
    /// A team, by its name: whom it comes to is picked for each job.
    case team(String)
    /// Text that comes to an agent's name, a team's name or a phone number.
    case template(BoundTemplate)
}

/// A template whose names have been looked up.
public struct BoundTemplate: Hashable, Sendable {
    /// The template.
    public let template: Template

    /// What each of its names means.
    public let references: [String: ValueReference]

    /// Creates a bound template.
    public init(_ template: Template, references: [String: ValueReference]) {
        self.template = template
        self.references = references
    }
}

/// What a name in a template means.
public enum ValueReference: Hashable, Sendable {
    /// A name of the events table.
    case event(EventName)
    /// The rule's id.
    case rule
    /// The job's id, the same for every attempt.
    case job
    /// A named group of a pattern that matched.
    case match(group: String)
    /// A value of the original.
    case field(FieldPath)
    /// A cell of a table, in the row that the event chooses.
    case table(String, column: String)
    /// What is remembered under the name of a fact.
    case fact(String)
    /// A value of an event before the one that the rule fires on.
    case earlier(EarlierEvent, KeptValue)
}

/// An event that a rule has waited from.
public enum EarlierEvent: Hashable, Sendable {
    /// The first that was counted, or without a count the first of the sequence.
    case first
    /// The event of a step of the sequence, from 0.
    case step(Int)
}

/// A value of an earlier event, kept because a template names it.
public enum KeptValue: Hashable, Sendable {
    /// A name of the events table.
    case event(EventName)
    /// A named group of a pattern that matched.
    case match(group: String)
    /// A value of the original.
    case field(FieldPath)
}
