/// Where an event came from.
public struct EventPlace: Sendable {
    /// The 1-based line of the input; `nil` where there is none.
    public var line: Int?

    /// The input's name in records, where there are several inputs.
    public var input: String?

    private let source: String
    private let number: Int64?
    private let index: Int?

    /// Creates a place; see ``origin``.
    public init(origin: String, line: Int? = nil, input: String? = nil) {
        self.init(source: origin, number: nil, index: nil, line: line, input: input)
    }

    /// Creates the place of an event that is named after its line, without spelling it out.
    ///
    /// - Parameters:
    ///   - source: What the lines of one input have in common.
    ///   - number: What tells them apart.
    ///   - index: What tells the events of one line apart, where there are several.
    ///   - line: See ``line``.
    ///   - input: See ``input``.
    public init(source: String, number: Int64?, index: Int?, line: Int?, input: String?) {
        self.source = source
        self.number = number
        self.index = index
        self.line = line
        self.input = input
    }

    /// Names the event where it has no id of its own, such as `stdin:12`; part of the ids of its jobs.
    public var origin: String {
        guard let number else { return source }
        return index.map { "\(source):\(number):\($0)" } ?? "\(source):\(number)"
    }
}

extension EventPlace: Hashable {
    /// Places are the same that are called the same.
    public static func == (one: EventPlace, other: EventPlace) -> Bool {
        one.line == other.line && one.input == other.input && one.origin == other.origin
    }

    /// Hashes what they are called.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(line)
        hasher.combine(input)
        hasher.combine(origin)
    }
}
