public import Events
internal import GRDB

/// Which jobs are asked for; every condition that is not empty must hold, one of its values each.
public struct JobFilter: Hashable, Sendable {
    /// How they stand.
    public var statuses: [JobStatus] = []
    /// Their rules, by id.
    public var rules: [String] = []
    /// Their actions, by id.
    public var actions: [String] = []
    /// Their customers, as digits.
    public var customers: [String] = []
    /// Their conversations, as `business:customer`.
    public var conversations: [String] = []
    /// Why they stand so, as short codes.
    public var reasons: [String] = []
    /// Since when they were asked for.
    public var since: Instant?

    /// Creates a filter that lets every job through.
    public init() {}

    /// Whether it lets every job through.
    public var isEmpty: Bool { self == JobFilter() }
}

extension JobFilter {
    /// The filter as a condition on the table `job`.
    var condition: (sql: String, arguments: StatementArguments) {
        var parts: [String] = []
        var arguments: StatementArguments = []
        for (column, values) in [
            ("rule", rules), ("action", actions), ("customer", customers), ("conversation", conversations),
            ("reason", reasons),
        ] where !values.isEmpty {
            parts.append("job.\(column) IN (\(marks(values.count)))")
            arguments += StatementArguments(values)
        }
        if !statuses.isEmpty {
            let settled = statuses.filter { $0 != .waiting }.map(\.rawValue)
            parts.append(
                "(\(statuses.contains(.waiting) ? "job.status IS NULL OR " : "")job.status IN (\(marks(settled.count))))"
            )
            arguments += StatementArguments(settled)
        }
        if let since {
            parts.append("job.asked_at >= ?")
            arguments += [since.milliseconds]
        }
        return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), arguments)
    }

    private func marks(_ count: Int) -> String {
        repeatElement("?", count: count).joined(separator: ", ")
    }
}
