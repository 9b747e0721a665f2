internal import GRDB

/// Which windows, timers and facts are asked for; every condition that is not empty must hold, one of its values each.
public struct StateFilter: Hashable, Sendable {
    /// Their conversations, as `business:customer`.
    public var conversations: [String] = []
    /// Their customers, as digits.
    public var customers: [String] = []
    /// The rules and facts that remember them.
    public var owners: [KeptSlot.Owner] = []

    /// Creates a filter that lets everything through.
    public init() {}

    /// Whether it lets everything through.
    public var isEmpty: Bool { self == StateFilter() }
}

extension StateFilter {
    /// The filter as a condition on the tables `state` and `slot`.
    var condition: (sql: String, arguments: StatementArguments) {
        var parts: [String] = []
        var arguments: StatementArguments = []
        if !conversations.isEmpty {
            // The index is that of customers.
            parts.append("state.customer IN (\(Self.marks(conversations)))")
            parts.append("state.conversation IN (\(Self.marks(conversations)))")
            arguments += StatementArguments(conversations.map(\.customerOfConversation))
            arguments += StatementArguments(conversations)
        }
        if !customers.isEmpty {
            parts.append("state.customer IN (\(Self.marks(customers)))")
            arguments += StatementArguments(customers)
        }
        if !owners.isEmpty {
            let names = owners.map { _ in "(slot.owner = ? AND slot.name = ?)" }.joined(separator: " OR ")
            parts.append("(\(names))")
            for owner in owners { arguments += [owner.kind, owner.name] }
        }
        return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), arguments)
    }

    private static func marks(_ values: [String]) -> String {
        values.map { _ in "?" }.joined(separator: ", ")
    }
}
