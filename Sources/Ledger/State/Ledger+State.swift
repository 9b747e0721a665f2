public import Events
internal import GRDB

extension Ledger {
    /// All that rules and facts remembered when the last batch was written; blocks the calling thread.
    ///
    /// For the run that is to hold it in memory from now on: what people have asked to be forgotten since the last run is
    /// deleted first, so that it does not come back. The rows are in no order.
    ///
    /// - Complexity: O(n) in time and memory: a million small windows take three seconds and 320 MB until they are restored.
    public func state() throws(LedgerProblem) -> [KeptState] {
        try carryOutRequests()
        return try read { database in
            let slots = try database.slots()
            let rows = try Row.fetchCursor(
                try database.cachedStatement(sql: "SELECT slot, \(KeptState.columns) FROM state")
            )
            var state: [KeptState] = []
            while let row = try rows.next() {
                if let slot = slots[row[0]] { state.append(KeptState(row, from: 1, slot: slot)) }
            }
            return state
        }
    }

    /// The engine's clock when the last batch was written; `nil` before any.
    public func clock() throws(LedgerProblem) -> Instant? {
        try read { try $0.memo(.clock, as: Int64.self).map(Instant.init(milliseconds:)) }
    }

    /// Deletes all that is kept under slots, since the rules do not have them any more; returns how many rows.
    ///
    /// Writes piece by piece, so that nobody waits for long.
    @discardableResult
    public func drop(_ slots: [KeptSlot]) throws(LedgerProblem) -> Int {
        var total = 0
        for slot in slots {
            var count = 0
            repeat {
                count = try write { [limits] database in
                    guard let number = try database.number(of: slot) else { return (0, openChange: 0) }
                    let sql = "DELETE FROM state WHERE number IN (SELECT number FROM state WHERE slot = ? LIMIT ?)"
                    try database.run(sql, [number, limits.cleaningRowsMax])
                    let count = database.changesCount
                    if count < limits.cleaningRowsMax {
                        try database.run("DELETE FROM slot WHERE number = ?", [number])
                    }
                    return (count, openChange: 0)
                }
                total += count
            } while count == limits.cleaningRowsMax
        }
        return total
    }
}

extension KeptState {
    /// What a query must select for ``init(_:from:slot:)``, in this order.
    static let columns = "state.key, state.conversation, state.customer, state.due_at, state.ends_at, state.value"

    /// Reads a row whose ``columns`` begin at a place: by their names it takes twice as long.
    init(_ row: Row, from start: Int, slot: KeptSlot) {
        let key: String = row[start]
        self.init(
            slot: slot,
            key: key,
            subject: Subject(conversation: row[start + 1], customer: row[start + 2], key: key),
            dueAt: (row[start + 3] as Int64?).map(Instant.init(milliseconds:)),
            endsAt: (row[start + 4] as Int64?).map(Instant.init(milliseconds:)),
            value: row[start + 5]
        )
    }
}

extension KeptState.Subject {
    /// The conversation; `nil` for a customer.
    var conversation: String? {
        guard case .conversation(let conversation) = self else { return nil }
        return conversation
    }

    /// The customer, that of a conversation too, by which both are found.
    var customer: String? {
        switch self {
        case .conversation(let conversation): conversation.customerOfConversation
        case .customer(let customer): customer
        }
    }

    /// Most keys are the conversation or customer itself, and a million of them are kept once.
    fileprivate init?(conversation: String?, customer: String?, key: String) {
        if let conversation {
            self = .conversation(conversation == key ? key : conversation)
        } else if let customer {
            self = .customer(customer == key ? key : customer)
        } else {
            return nil
        }
    }
}
