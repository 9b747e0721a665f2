internal import Events
internal import GRDB

/// Writes changes of what is remembered, the last one of each slot and key.
///
/// For one batch, in one transaction: nobody else makes or deletes slots meanwhile.
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

        // Byte for byte: Swift takes strings for equal that only look the same.
        static func == (one: Place, other: Place) -> Bool {
            one.slot == other.slot && one.key.utf8.elementsEqual(other.key.utf8)
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(slot)
            for byte in key.utf8 { hasher.combine(byte) }
        }
    }

    private func put(_ state: KeptState, slot: Int64) throws {
        // Most rows are there, and about the same subject. Among a million of them in no order, a statement that leaves the
        // indexes alone took 37 µs a row where one that writes them took 117.
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
    func number(of slot: KeptSlot) throws -> Int64? {
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
