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

    /// The body as JSON text.
    var body: String
}
