import Foundation

/// What `POST /collaborators/add` and `POST /collaborators/remove` take.
struct CollaboratorsRequest: Hashable, Sendable {
    /// The business number, as sent.
    var from: String

    /// The customer's number, as sent.
    var to: String

    /// The agents' login numbers, as sent.
    var agentNumbers: [String]

    /// What a body turned out to be.
    enum Reading: Hashable, Sendable {
        /// A request that can be looked at.
        case request(CollaboratorsRequest)

        /// JSON that breaks the schema, with all that is wrong with it.
        case faulty([String])

        /// No JSON.
        case notJSON
    }

    /// Reads a body; `nil` stands for one that was not sent as JSON, which DoubleTick's framework passes over.
    static func read(_ body: [UInt8]?) -> Reading {
        guard let body else { return read(fields: [:]) }
        guard let json = try? JSONSerialization.jsonObject(with: Data(body), options: [.fragmentsAllowed]) else {
            return .notJSON
        }
        return read(fields: json as? [String: Any] ?? [:])
    }

    private static func read(fields: [String: Any]) -> Reading {
        let faults = faults(ofText: "from", in: fields) + faults(ofText: "to", in: fields) + faultsOfAgents(in: fields)
        guard faults.isEmpty, let from = fields["from"] as? String, let to = fields["to"] as? String,
            let agents = fields["agentNumbers"] as? [String]
        else { return .faulty(faults) }
        return .request(CollaboratorsRequest(from: from, to: to, agentNumbers: agents))
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

/// What both calls answer with 200.
struct CollaboratorsAnswer: Hashable, Sendable {
    /// The agents that the numbers matched.
    var success: [SandboxAgent]

    /// The numbers that matched nobody, as sent.
    var failed: [String]

    /// The body, in the form of DoubleTick's own example: a `+` in `success`, none added in `failed`.
    var json: OrderedJSON {
        .object([
            OrderedJSON.Member(
                "success",
                .array(
                    success.map { agent in
                        .object([
                            OrderedJSON.Member("number", .string("+\(agent.number)")),
                            OrderedJSON.Member("name", agent.name.map(OrderedJSON.string) ?? .null),
                        ])
                    }
                )
            ),
            OrderedJSON.Member(
                "failed",
                .array(failed.map { .object([OrderedJSON.Member("number", .string($0))]) })
            ),
        ])
    }
}

/// The errors that the stand-in answers with, in DoubleTick's words where those are known.
enum APIError: Hashable, Sendable {
    /// The key is not the right one. Documented.
    case unauthorized

    /// The body breaks the schema. The form is documented, the words are those of the framework.
    case faulty([String])

    /// The body is no JSON. The words are the sandbox's own.
    case notJSON

    /// No such chat. The status is documented, the words are those of the call that looks up a chat.
    case chatNotFound

    /// The body is too long. The words are those of the framework.
    case tooLarge

    /// No such path, or not with this method. Observed.
    case noRoute(method: String, path: String)

    /// The status code.
    var status: Int {
        switch self {
        case .unauthorized: 401
        case .faulty, .notJSON, .chatNotFound: 400
        case .tooLarge: 413
        case .noRoute: 404
        }
    }

    /// What is wrong: one sentence, or one for each fault of a body.
    var messages: [String] {
        switch self {
        case .unauthorized: ["Invalid public api key"]
        case .faulty(let faults): faults
        case .notJSON: ["The body is not valid JSON"]
        case .chatNotFound: ["Chat or waba number not found"]
        case .tooLarge: ["request entity too large"]
        // The prefix is DoubleTick's inner route, which its own answers show.
        case .noRoute(let method, let path): ["Cannot \(method) /v2/p\(path)"]
        }
    }

    /// The body.
    var json: OrderedJSON {
        let statusCode = OrderedJSON.Member("statusCode", .number(status))
        let error = OrderedJSON.Member("error", .string(name))
        let texts = messages.map(OrderedJSON.string)
        switch self {
        case .faulty: return .object([statusCode, OrderedJSON.Member("message", .array(texts)), error])
        // The one body in which DoubleTick puts the message first.
        case .noRoute: return .object(texts.map { OrderedJSON.Member("message", $0) } + [error, statusCode])
        default: return .object([statusCode] + texts.map { OrderedJSON.Member("message", $0) } + [error])
        }
    }

    private var name: String {
        switch self {
        case .unauthorized: "Unauthorized"
        case .faulty, .notJSON, .chatNotFound: "Bad Request"
        case .tooLarge: "Payload Too Large"
        case .noRoute: "Not Found"
        }
    }
}
