public import ActionKit
internal import DoubleTick

/// Brings agents into a DoubleTick conversation.
public struct AddCollaborator: Action {
    /// See ``ActionSpec``.
    public static let spec = ActionSpec(
        id: "add-collaborator",
        summary: "Adds agents as collaborators to a DoubleTick conversation.",
        destination: DoubleTickAPI.destination,
        effect: .idempotent,
        fields: [
            SettingField(
                "business",
                .business,
                "The business number of the conversation.",
                fallback: .event("business")
            ),
            SettingField(
                "customer",
                .customer,
                "The customer of the conversation.",
                fallback: .event("customer")
            ),
            SettingField("agents", .agents, "The agents to add."),
            SettingField(
                "repeat_after",
                .duration,
                "For how long an agent who was added to the conversation is not added again.",
                fallback: .value(.integer(repeatSecondsDefault))
            ),
        ],
        examples: [
            .accepts(
                "One agent joins",
                ["business": "919999900000", "customer": "919999900001", "agents": ["919999900101"]]
            ),
            .accepts(
                "A whole team joins",
                ["business": "919999900000", "customer": "919999900001", "agents": ["919999900101", "919999900102"]]
            ),
            .accepts(
                "An agent who is named twice joins once",
                [
                    "business": "919999900000", "customer": "919999900001",
                    "agents": ["919999900101", "919999900102", "919999900101"],
                ]
            ),
            .accepts(
                "An agent who joined an hour ago and left joins again",
                [
                    "business": "919999900000", "customer": "919999900001", "agents": ["919999900101"],
                    "repeat_after": 3600,
                ]
            ),
            .refuses(
                "Somebody must join",
                ["business": "919999900000", "customer": "919999900001", "agents": []],
                SettingsProblem(field: "agents", reason: "must name at least one")
            ),
            .refuses(
                "A number is digits only",
                ["business": "919999900000", "customer": "+91 99999 00001", "agents": ["919999900101"]],
                SettingsProblem(
                    field: "customer",
                    reason: "must be digits only, without '+', spaces or other signs"
                )
            ),
            .refuses(
                "A number is not an extension",
                ["business": "919999900000", "customer": "919999900001", "agents": ["919999900101", "4471"]],
                SettingsProblem(field: "agents", reason: "must have 8 to 15 digits, but one is '4471'")
            ),
            .refuses(
                "A number begins with its country code",
                ["business": "09999900000", "customer": "919999900001", "agents": ["919999900101"]],
                SettingsProblem(field: "business", reason: "must begin with a country code, which is never 0")
            ),
            .refuses(
                "A conversation has two sides",
                ["business": "919999900000", "customer": "919999900000", "agents": ["919999900101"]],
                SettingsProblem(field: "customer", reason: "must not be the business number")
            ),
            .refuses(
                "The customer is there already",
                ["business": "919999900000", "customer": "919999900001", "agents": ["919999900101", "919999900001"]],
                SettingsProblem(field: "agents", reason: "must not name the customer")
            ),
            .refuses(
                "Nobody waits for longer than ten years",
                [
                    "business": "919999900000", "customer": "919999900001", "agents": ["919999900101"],
                    "repeat_after": 315_360_001,
                ],
                SettingsProblem(field: "repeat_after", reason: "must not be longer than 3650d")
            ),
        ]
    )

    /// How many seconds an agent is not added again where nothing else is written: 30 days.
    private static let repeatSecondsDefault = 30 * 86_400

    private let business: String
    private let customer: String
    private var agents: [String]
    private let repeatAfter: Duration

    /// Creates the action.
    public init(_ settings: Settings) throws(SettingsProblem) {
        business = try settings.phone("business")
        customer = try settings.phone("customer")
        guard customer != business else {
            throw SettingsProblem(field: "customer", reason: "must not be the business number")
        }
        agents = try settings.phones("agents")
        guard !agents.contains(customer) else {
            throw SettingsProblem(field: "agents", reason: "must not name the customer")
        }
        repeatAfter = try settings.duration("repeat_after") ?? .seconds(Self.repeatSecondsDefault)
    }

    /// The agents: DoubleTick would accept one who is there already, but call for nothing.
    public var repeatGuard: RepeatGuard? {
        RepeatGuard(members: agents, period: repeatAfter)
    }

    /// The same call for these of the agents.
    public func narrowed(to members: [String]) -> AddCollaborator {
        var call = self
        call.agents = agents.filter { members.contains($0) }
        precondition(!call.agents.isEmpty, "a call was narrowed to nobody")
        return call
    }

    /// The only request that is ever sent.
    public func request(for job: Job) -> ActionRequest? {
        request
    }

    /// Asks DoubleTick once to add the agents.
    public func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome {
        switch Reply(await transport.send(request)) {
        case .ended(let outcome): outcome
        case .accepted(let body): outcome(of: CollaboratorsAnswer(reading: body))
        }
    }

    private var request: ActionRequest {
        ActionRequest(
            destination: DoubleTickAPI.destination,
            method: "POST",
            path: DoubleTickAPI.Path.addCollaborators,
            json: CollaboratorsBody(from: business, to: customer, agentNumbers: agents).json()
        )
    }

    /// What an accepted request did: added is who stands in `success`, and everybody else was not, whatever `failed` says.
    private func outcome(of answer: CollaboratorsAnswer?) -> DeliveryOutcome {
        guard let answer else {
            return .unknown(
                Reason("unreadable-answer", "DoubleTick accepted the request, but its answer is unreadable.")
            )
        }
        let matches = Dictionary(answer.success.map { (DoubleTickNumber($0.number), $0) }) { first, _ in first }
        let added = agents.filter { matches[DoubleTickNumber($0)] != nil }
        let missed = agents.filter { matches[DoubleTickNumber($0)] == nil }
        let nobody = "no team member has \(missed.joined(separator: ", "))"
        guard !added.isEmpty else {
            return .rejected(Reason("no-agent-matched", "Nobody was added: \(nobody)."))
        }
        let names = added.map { Self.title(of: $0, name: matches[DoubleTickNumber($0)]?.name) }.joined(separator: ", ")
        guard !missed.isEmpty else { return .delivered(Receipt(reached: added, detail: "Added \(names).")) }
        return .partial(Receipt(reached: added, missed: missed, detail: "Added \(names), but \(nobody)."))
    }

    private static func title(of agent: String, name: String?) -> String {
        let name = ReadableLine(name ?? "", lengthMax: 60).description
        return name.isEmpty ? agent : "\(name) (\(agent))"
    }
}
