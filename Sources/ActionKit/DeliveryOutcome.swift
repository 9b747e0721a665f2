/// What became of one attempt at a job.
public enum DeliveryOutcome: Hashable, Sendable {
    /// It is done.
    case delivered(Receipt)

    /// It is done for some and will never be done for the others.
    case partial(Receipt)

    /// It is not done, and time may heal that. `after` is how long the receiver asked to be left alone.
    case retry(Reason, after: Duration? = nil)

    /// It is not done, and no later attempt can succeed.
    case rejected(Reason)

    /// The receiver did not accept the key: nothing will be accepted until a person changes it.
    case unauthorized(Reason)

    /// It may or may not be done: the answer never came, or could not be read.
    case unknown(Reason)
}

/// For whom a job was done.
public struct Receipt: Hashable, Sendable {
    /// Those for whom it is done, such as the phone numbers of the agents added.
    public var reached: [String]

    /// Those for whom it is not done.
    public var missed: [String]

    /// One sentence for people.
    public var detail: String

    /// Creates a receipt.
    public init(reached: [String], missed: [String] = [], detail: String) {
        self.reached = reached
        self.missed = missed
        self.detail = detail
    }
}

/// Why an attempt ended as it did.
public struct Reason: Hashable, Sendable {
    /// A short code in kebab case, for scripts: `timeout`, `chat-not-found`, `http-500`.
    public var code: String

    /// One sentence for people, without secrets.
    public var detail: String

    /// Creates a reason.
    public init(_ code: String, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}
