import DoubleTick
import Events

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
    var message: ErrorBody.Message {
        switch self {
        case .unauthorized: .one("Invalid public api key")
        case .faulty(let faults): .several(faults)
        case .notJSON: .one("The body is not valid JSON")
        case .chatNotFound: .one("Chat or waba number not found")
        case .tooLarge: .one("request entity too large")
        // The prefix is DoubleTick's inner route, which its own answers show.
        case .noRoute(let method, let path): .one("Cannot \(method) /v2/p\(path)")
        }
    }

    /// The body as JSON.
    var json: String {
        guard case (.noRoute, .one(let text)) = (self, message) else {
            return ErrorBody(statusCode: status, message: message, error: name).json()
        }
        // The one body in which DoubleTick puts the message first.
        var writer = JSONWriter()
        writer.object {
            $0.member("message", text)
            $0.member("error", name)
            $0.member("statusCode", status)
        }
        return writer.text
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
