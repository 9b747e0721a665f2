public import Events
internal import GRDB

extension Ledger {
    /// All that rules and facts remembered when the last batch was written; blocks the calling thread.
    ///
    /// For the run that is to hold it in memory from now on: what people have asked to be forgotten since the last run is
    /// deleted first, so that it does not come back. The rows are in no order.
    ///
    /// - Complexity: O(n) in time and memory: a million small windows take two seconds and 350 MB until they are restored.
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

/// Writes changes of what is remembered, the last one of each slot and key.
struct StateWriter {
    private let database: Database
    private let now: Instant
    private let changing: Statement
    private let putting: Statement
    private let removing: Statement
    private var numbers: [KeptSlot: Int64] = [:]

    init(database: Database, now: Instant) throws {
        self.database = database
        self.now = now
        changing = try database.cachedStatement(
            sql: """
                UPDATE state SET due_at = ?, ends_at = ?, changed_at = ?, value = ?
                WHERE slot = ? AND key = ? AND conversation IS ? AND customer IS ?
                """
        )
        putting = try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO state(slot, key, conversation, customer, due_at, ends_at, changed_at, value)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        removing = try database.cachedStatement(sql: "DELETE FROM state WHERE slot = ? AND key = ?")
    }

    mutating func write(_ changes: [KeptChange]) throws {
        var written: Set<Place> = []
        for change in changes.reversed() {
            switch change {
            case .put(let state):
                let slot = try number(of: state.slot)
                if written.insert(Place(slot: slot, key: state.key)).inserted { try put(state, slot: slot) }
            case .remove(let slot, let key):
                let slot = try number(of: slot)
                if written.insert(Place(slot: slot, key: key)).inserted {
                    try removing.execute(arguments: [slot, key])
                }
            }
        }
    }

    private struct Place: Hashable {
        var slot: Int64
        var key: String
    }

    private func put(_ state: KeptState, slot: Int64) throws {
        try changing.execute(
            arguments: [
                state.dueAt?.milliseconds, state.endsAt?.milliseconds, now.milliseconds, state.value, slot, state.key,
                state.subject?.conversation, state.subject?.customer,
            ]
        )
        guard database.changesCount == 0 else { return }
        try putting.execute(
            arguments: [
                slot, state.key, state.subject?.conversation, state.subject?.customer, state.dueAt?.milliseconds,
                state.endsAt?.milliseconds, now.milliseconds, state.value,
            ]
        )
    }

    private mutating func number(of slot: KeptSlot) throws -> Int64 {
        if let number = numbers[slot] { return number }
        let number = try database.number(of: slot) ?? database.insert(slot)
        numbers[slot] = number
        return number
    }
}

extension Database {
    /// The number under which a slot stands; `nil` for one that nothing was ever kept under.
    fileprivate func number(of slot: KeptSlot) throws -> Int64? {
        try integer(
            "SELECT number FROM slot WHERE owner = ? AND name = ? AND part = ? AND meaning = ?",
            [slot.owner.kind, slot.owner.name, slot.part, slot.meaning]
        )
    }

    fileprivate func insert(_ slot: KeptSlot) throws -> Int64 {
        try run(
            "INSERT INTO slot(owner, name, part, meaning) VALUES (?, ?, ?, ?)",
            [slot.owner.kind, slot.owner.name, slot.part, slot.meaning]
        )
        return lastInsertedRowID
    }

    /// All slots by their numbers.
    func slots() throws -> [Int64: KeptSlot] {
        var slots: [Int64: KeptSlot] = [:]
        for row in try rows("SELECT number, owner, name, part, meaning FROM slot") {
            guard let owner = KeptSlot.Owner(kind: row["owner"], name: row["name"]) else { continue }
            slots[row["number"]] = KeptSlot(owner: owner, part: row["part"], meaning: row["meaning"])
        }
        return slots
    }
}

extension KeptSlot.Owner {
    /// The kind as the ledger keeps it.
    var kind: String {
        switch self {
        case .rule: "rule"
        case .fact: "fact"
        case .stream: "stream"
        }
    }

    /// The rule's id or the fact's name; empty for the stream.
    var name: String {
        switch self {
        case .rule(let name), .fact(let name): name
        case .stream: ""
        }
    }

    /// Reads an owner as the ledger keeps it; `nil` for a kind that there is not.
    init?(kind: String, name: String) {
        switch kind {
        case "rule": self = .rule(name)
        case "fact": self = .fact(name)
        case "stream": self = .stream
        default: return nil
        }
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
    fileprivate var conversation: String? {
        guard case .conversation(let conversation) = self else { return nil }
        return conversation
    }

    /// The customer, that of a conversation too, by which both are found.
    fileprivate var customer: String? {
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
