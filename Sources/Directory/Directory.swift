public import Events

/// Who and what rules may speak of by name: agents, teams, schedules and business numbers.
///
/// Plain values, built by the compiler from all rule files together; nothing here reads files or knows rules.
public struct Directory: Hashable, Sendable {
    /// The agents by name, in no order.
    public var agents: [String: Agent]

    /// The teams by name.
    public var teams: [String: Team]

    /// The schedules by name.
    public var schedules: [String: Schedule]

    /// The business numbers in the order written, first file first.
    public var businessNumbers: [BusinessNumber]

    /// Names whose definition has an error, which has been reported: they are not unknown, and stand for nobody.
    public var brokenNames: Set<String> = []

    /// Creates a directory.
    public init(
        agents: [String: Agent] = [:],
        teams: [String: Team] = [:],
        schedules: [String: Schedule] = [:],
        businessNumbers: [BusinessNumber] = []
    ) {
        self.agents = agents
        self.teams = teams
        self.schedules = schedules
        self.businessNumbers = businessNumbers
    }

    /// The country code that the business's own numbers have, for corrections of others; `nil` without any number.
    public var countryCode: String? {
        businessNumbers.first.map { PhoneNumber.countryCode(of: $0.phone.digits) }
    }

    /// The number of a business by its name.
    public func businessNumber(named name: String) -> PhoneNumber? {
        businessNumbers.first { $0.name == name }?.phone
    }

    /// The name of the agent with these digits, for people to read.
    public func agentName(digits: String) -> String? {
        agents.values.filter { $0.phone.digits == digits }.map(\.id).min()
    }
}

/// A person of the business.
public struct Agent: Hashable, Sendable {
    /// The name in rule files.
    public var id: String

    /// The phone number with which the agent logs in.
    public var phone: PhoneNumber

    /// The name as people write it.
    public var name: String?

    /// When the agent is there; `nil` for always.
    public var shift: Shift?

    /// Creates an agent.
    public init(id: String, phone: PhoneNumber, name: String? = nil, shift: Shift? = nil) {
        self.id = id
        self.phone = phone
        self.name = name
        self.shift = shift
    }

    /// Whether the agent is there.
    ///
    /// At an unknown time an agent with hours is not, and one without is.
    public func isOnShift(at time: Instant?) -> Bool { shift?.isOn(at: time) ?? true }
}

/// One of the business's WhatsApp API numbers.
public struct BusinessNumber: Hashable, Sendable {
    /// The name in rule files.
    public var name: String

    /// The number.
    public var phone: PhoneNumber

    /// Creates a business number.
    public init(name: String, phone: PhoneNumber) {
        self.name = name
        self.phone = phone
    }
}
