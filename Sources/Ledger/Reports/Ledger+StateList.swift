public import Events
internal import GRDB

/// Something that is remembered, as a list shows it.
public struct StateSummary: Hashable, Sendable {
    /// What is remembered.
    public var state: KeptState
    /// When it was written last.
    public var written: Instant
}

extension Ledger {
    /// What was remembered last of all that a filter lets through, newest first, and how much older there is.
    ///
    /// As of the last batch that was written; nothing is changed, and a run beside it does not wait.
    ///
    /// - Complexity: O(n) in all that is remembered, a second for a million; O(log n) for a customer or a conversation.
    public func state(
        _ filter: StateFilter,
        limit: Int
    ) throws(LedgerProblem) -> (rows: [StateSummary], olderCount: Int) {
        let (condition, arguments) = filter.condition
        let source = "FROM state JOIN slot ON slot.number = state.slot WHERE \(condition)"
        return try read { database in
            let slots = try database.slots()
            let rows = try database.rows(
                """
                SELECT state.slot, state.changed_at, \(KeptState.columns) \(source)
                ORDER BY state.changed_at DESC, state.number DESC LIMIT ?
                """,
                arguments + [limit]
            ).compactMap { row in
                slots[row[0]].map {
                    StateSummary(state: KeptState(row, from: 2, slot: $0), written: Instant(milliseconds: row[1]))
                }
            }
            let count = try database.integer("SELECT count(*) \(source)", arguments) ?? 0
            return (rows, Int(count) - rows.count)
        }
    }
}
