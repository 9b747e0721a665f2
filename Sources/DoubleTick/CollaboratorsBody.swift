/// What is sent to add collaborators to a conversation or to remove them.
///
/// The names are crosswise to those of received messages: here `from` is the business and `to` is the customer.
public struct CollaboratorsBody: Hashable, Sendable, Codable {
    /// The business number.
    public var from: String

    /// The customer's number.
    public var to: String

    /// The login phone numbers of the agents.
    public var agentNumbers: [String]

    /// Creates a body.
    public init(from business: String, to customer: String, agentNumbers: [String]) {
        self.from = business
        self.to = customer
        self.agentNumbers = agentNumbers
    }

    /// The body as compact JSON, its members in the documented order: the same bytes for equal bodies.
    public func json() -> String {
        JSONText.object([
            ("from", JSONText.string(from)),
            ("to", JSONText.string(to)),
            ("agentNumbers", JSONText.array(agentNumbers.map(JSONText.string))),
        ])
    }
}
