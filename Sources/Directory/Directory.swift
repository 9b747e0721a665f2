/// Who and what rules may speak of by name: agents, teams and business numbers.
///
/// Plain values, built by the compiler from all rule files together; nothing here reads files or knows rules.
public struct Directory: Hashable, Sendable {
    /// The agents by name, in no order.
    public var agents: [String: Agent]

    /// The teams by name.
    public var teams: [String: Team]

    /// The business numbers in the order written, first file first.
    public var businessNumbers: [BusinessNumber]

    /// Creates a directory.
    public init(
        agents: [String: Agent] = [:],
        teams: [String: Team] = [:],
        businessNumbers: [BusinessNumber] = []
    ) {
        self.agents = agents
        self.teams = teams
        self.businessNumbers = businessNumbers
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

    /// Creates an agent.
    public init(id: String, phone: PhoneNumber, name: String? = nil) {
        self.id = id
        self.phone = phone
        self.name = name
    }
}

/// Several agents who are called by one name.
public struct Team: Hashable, Sendable {
    /// The name in rule files.
    public var id: String

    /// The phone numbers of the members in the order written.
    public var members: [PhoneNumber]

    /// The largest team that is added whole without `pick: all` being written: nobody wants twelve people in a chat by
    /// accident.
    public static let membersWithoutPickMax = 3

    /// Creates a team.
    public init(id: String, members: [PhoneNumber]) {
        self.id = id
        self.members = members
    }
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
