/// What is done to an event, in the order in which it is done.
enum Stage: String, CaseIterable, Comparable {
    /// Its line is read from the input.
    case read
    /// The line is made an event.
    case decode
    /// The index names the rules that the event may concern, and their conditions are decided.
    case match
    /// Rules fire: precedence, what is remembered, and the jobs.
    case decide
    /// The records of the jobs are written to memory.
    case record

    /// What people call it.
    var title: String {
        switch self {
        case .read: "read lines"
        case .decode: "decode events"
        case .match: "match rules"
        case .decide: "decide, make jobs"
        case .record: "write records"
        }
    }

    /// How far it is.
    private var number: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    static func < (one: Stage, other: Stage) -> Bool { one.number < other.number }
}
