public import ActionKit
import Directory
public import Events

/// A call whose settings follow from an event at once: constants, and values under names of the events table.
///
/// Most calls are. Their jobs need no templates, tables and turns, so they can be made when somebody asks, and what is written of
/// them can be prepared.
public struct PlainCall: Sendable {
    /// Where the value of a setting comes from.
    public enum Value: Hashable, Sendable {
        /// It is the same for every event.
        case constant(SettingValue)
        /// It is what the event has under this name.
        case name(EventName)
    }

    /// One setting.
    public struct Setting: Sendable {
        /// Its name.
        public var name: String
        /// Where its value comes from.
        public var value: Value
    }

    /// The action's id.
    public let action: String

    /// The settings in the order of the action's spec.
    public let settings: [Setting]

    /// The business and the customer of the conversation that the settings speak of; `nil` where that of the event counts.
    public let parties: (business: Value, customer: Value)?

    private let problem: @Sendable (Settings) -> SettingsProblem?

    /// The calls of a rule; `nil` where one is not plain, or the rule may be held back.
    static func calls(of rule: Rule) -> [PlainCall]? {
        guard rule.mode == .active, rule.timing.isEmpty else { return nil }
        let calls = rule.then.compactMap { PlainCall($0) }
        return calls.count == rule.then.count ? calls : nil
    }

    /// Takes a call; `nil` for one that is not plain.
    private init?(_ call: ActionCall) {
        var settings: [Setting] = []
        for setting in call.settings {
            switch setting.source {
            case .constant(let value): settings.append(Setting(name: setting.name, value: .constant(value)))
            case .event(let name): settings.append(Setting(name: setting.name, value: .name(name)))
            case .agents(let sources):
                guard let agents = SettingValue(agents: sources) else { return nil }
                settings.append(Setting(name: setting.name, value: .constant(agents)))
            case .template: return nil
            }
        }
        action = call.action
        self.settings = settings
        problem = call.problem
        let values = Settings.partiesOfConversation.map { name in settings.first { $0.name == name }?.value }
        guard let business = values[0], let customer = values[1] else {
            parties = nil
            return
        }
        parties = (business, customer)
    }

    /// The settings for an event; `nil` where it lacks one, or the action refuses them.
    func settings(for event: Event) -> Settings? {
        var pairs: [Settings.Pair] = []
        pairs.reserveCapacity(settings.count)
        for setting in settings {
            switch setting.value {
            case .constant(let value): pairs.append(Settings.Pair(name: setting.name, value: value))
            case .name(let name):
                guard let text = name.value(in: event) else { return nil }
                pairs.append(Settings.Pair(name: setting.name, value: .string(text)))
            }
        }
        let settings = Settings(pairs: pairs)
        return problem(settings) == nil ? settings : nil
    }
}

extension SettingValue {
    /// The numbers of agents who are named one by one, each once; `nil` where a team or a template has a say.
    fileprivate init?(agents sources: [AgentSource]) {
        var digits: [String] = []
        for source in sources {
            guard case .agent(let phone) = source else { return nil }
            if !digits.contains(phone.digits) { digits.append(phone.digits) }
        }
        self = .list(digits.map { .string($0) })
    }
}
