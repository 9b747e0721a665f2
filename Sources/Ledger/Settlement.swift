/// What became of a job in the end.
public struct Settlement: Hashable, Sendable {
    /// How a job can end, in the words of the output records.
    public enum Status: String, Sendable, CaseIterable {
        /// It is done.
        case delivered
        /// It is done for some.
        case partial
        /// It is not done and will not be tried again.
        case failed
        /// It may be done: the outcome could not be learnt.
        case unknown
        /// It was held back.
        case suppressed
    }

    /// How it ended.
    public var status: Status

    /// A short code; `nil` where there is nothing to explain.
    public var reason: String?

    /// One sentence for people.
    public var detail: String?

    /// How many attempts were made.
    public var attempts: Int

    /// Creates a settlement.
    public init(_ status: Status, reason: String? = nil, detail: String? = nil, attempts: Int) {
        self.status = status
        self.reason = reason
        self.detail = detail
        self.attempts = attempts
    }
}
