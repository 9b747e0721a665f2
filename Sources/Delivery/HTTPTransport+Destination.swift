/// A service that requests can be sent to.
public struct Destination: Sendable {
    /// The name in settings and in requests, such as `doubletick`.
    public var name: String

    /// Where it lives.
    public var baseURL: BaseURL

    /// What it asks for; `nil` when it asks for nothing.
    public var credential: Credential?

    /// The header in which the credential goes, bare.
    public var credentialHeader: String

    /// How long one exchange may take, from the connection to the last byte of the answer.
    ///
    /// Counts as one millisecond when it is less, and as one hour when it is more.
    public var timeout: Duration

    /// Creates a destination.
    public init(
        name: String,
        baseURL: BaseURL,
        credential: Credential?,
        credentialHeader: String = "Authorization",
        timeout: Duration = .seconds(10)
    ) {
        self.name = name
        self.baseURL = baseURL
        self.credential = credential
        self.credentialHeader = credentialHeader
        self.timeout = timeout
    }

    /// The timeout within its bounds, which the clocks below can count.
    var timeLimit: Duration {
        min(max(timeout, .milliseconds(1)), .seconds(3600))
    }
}

/// The words of HTTP that are neither quoted nor escaped: methods and header names.
enum HTTPToken {
    /// Whether a request can be made with this method.
    ///
    /// `CONNECT` is for proxies, and `TRACE` would have the key sent back.
    static func isMethod(_ text: String) -> Bool {
        isValid(text) && !["CONNECT", "TRACE"].contains(text)
    }

    static func isValid(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
