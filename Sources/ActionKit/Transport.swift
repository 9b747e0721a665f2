/// Carries requests to the destinations that settings know, such as `doubletick`.
///
/// The transport owns base URLs, keys, time limits and the size limit of answers. A request names its destination and a path
/// below it, so no action module ever holds a key.
public protocol Transport: Sendable {
    /// Sends a request once and says what came back.
    func send(_ request: ActionRequest) async -> Exchange
}

/// What an action wants to send.
public struct ActionRequest: Hashable, Sendable {
    /// The destination's name in the settings.
    public var destination: String

    /// The HTTP method.
    public var method: String

    /// The path below the destination's base URL, beginning with a slash.
    public var path: String

    /// The body as JSON text; `nil` for none.
    public var json: String?

    /// Creates a request.
    public init(destination: String, method: String, path: String, json: String? = nil) {
        self.destination = destination
        self.method = method
        self.path = path
        self.json = json
    }
}

/// What came of sending a request once.
public enum Exchange: Hashable, Sendable {
    /// The destination answered.
    case answered(Answer)

    /// Nothing reached the destination: no such host, connection refused.
    case notSent(Reason)

    /// The request may have reached the destination, but no whole answer came back.
    case unanswered(Reason)
}

/// An answer over HTTP.
public struct Answer: Hashable, Sendable {
    /// The status code.
    public var status: Int

    /// The body, cut at the transport's size limit.
    public var body: [UInt8]

    /// How long the destination asked to be left alone (`Retry-After`).
    public var retryAfter: Duration?

    /// Creates an answer.
    public init(status: Int, body: [UInt8], retryAfter: Duration? = nil) {
        self.status = status
        self.body = body
        self.retryAfter = retryAfter
    }
}
