/// A request to the stand-in API, as it came.
struct APICall: Sendable {
    /// The HTTP method.
    var method: String

    /// The path without its query.
    var path: String

    /// The `Authorization` header.
    var authorization: String?

    /// Whether the `Content-Type` is JSON's.
    var isJSON: Bool

    /// The body; `nil` when it is longer than the limit.
    var body: [UInt8]?

    /// When it came, in milliseconds since 1970.
    var milliseconds: Int64
}

/// What the stand-in API answers.
struct APIAnswer: Hashable, Sendable {
    /// The status code.
    var status: Int

    /// The body, for the most part JSON.
    var body: String

    /// What the body is.
    var contentType = "application/json; charset=utf-8"

    /// What `Retry-After` says, where it says anything.
    var retryAfterSeconds: Int?

    /// How the answer reaches the client.
    var delivery = Delivery.whole

    /// What becomes of an answer on its way.
    enum Delivery: Hashable, Sendable {
        /// It is sent.
        case whole
        /// It is sent after a while.
        case late
        /// Its beginning is sent, then the connection closes.
        case cutOff
        /// Nothing is sent; the connection is broken.
        case reset
        /// Nothing is ever sent.
        case never
    }
}
