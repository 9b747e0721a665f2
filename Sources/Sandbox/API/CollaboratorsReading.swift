import DoubleTick
import Foundation

/// What a body of `POST /collaborators/add` or `POST /collaborators/remove` turned out to be.
enum CollaboratorsReading: Hashable, Sendable {
    /// A request that can be looked at.
    case request(CollaboratorsBody)

    /// JSON that breaks the schema, with all that is wrong with it.
    case faulty([String])

    /// No JSON.
    case notJSON

    /// Reads a body; `nil` stands for one that was not sent as JSON, which DoubleTick's framework passes over.
    init(_ body: [UInt8]?) {
        guard let body else {
            self.init(fields: [:])
            return
        }
        guard let json = try? JSONSerialization.jsonObject(with: Data(body), options: [.fragmentsAllowed]) else {
            self = .notJSON
            return
        }
        self.init(fields: json as? [String: Any] ?? [:])
    }

    private init(fields: [String: Any]) {
        let faults =
            Self.faults(ofText: "from", in: fields) + Self.faults(ofText: "to", in: fields)
            + Self.faultsOfAgents(in: fields)
        guard faults.isEmpty, let from = fields["from"] as? String, let to = fields["to"] as? String,
            let agents = fields["agentNumbers"] as? [String]
        else {
            self = .faulty(faults)
            return
        }
        self = .request(CollaboratorsBody(from: from, to: to, agentNumbers: agents))
    }

    /// The words, and their order, are those of class-validator, which DoubleTick's framework uses.
    private static func faults(ofText name: String, in fields: [String: Any]) -> [String] {
        switch fields[name] {
        case let text as String: text.isEmpty ? ["\(name) should not be empty"] : []
        case nil, is NSNull: ["\(name) should not be empty", "\(name) must be a string"]
        default: ["\(name) must be a string"]
        }
    }

    private static func faultsOfAgents(in fields: [String: Any]) -> [String] {
        let isNoText = "each value in agentNumbers must be a string"
        let isTooShort = "agentNumbers must contain at least 1 elements"
        guard let agents = fields["agentNumbers"] as? [Any] else {
            return [isNoText, isTooShort, "agentNumbers must be an array"]
        }
        if agents.isEmpty { return [isTooShort] }
        return agents.allSatisfy { $0 is String } ? [] : [isNoText]
    }
}
