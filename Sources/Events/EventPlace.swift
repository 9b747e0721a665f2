/// Where an event came from.
public struct EventPlace: Hashable, Sendable {
    /// Names the event where it has no id of its own, such as `stdin:12`; part of the ids of its jobs.
    public var origin: String

    /// The 1-based line of the input; `nil` where there is none.
    public var line: Int?

    /// The input's name in records, where there are several inputs.
    public var input: String?

    /// Creates a place.
    public init(origin: String, line: Int? = nil, input: String? = nil) {
        self.origin = origin
        self.line = line
        self.input = input
    }
}
