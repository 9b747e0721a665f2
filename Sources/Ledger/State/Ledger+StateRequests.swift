internal import Foundation
internal import GRDB

extension Ledger {
    /// Forgets what rules and facts remember, or asks the run that is at work to do so.
    ///
    /// A run has the state in memory, and would write it again. So a wish is written down first, and carried out at once only if
    /// no run is at work after that: one that starts later begins by carrying out what it finds.
    ///
    /// - Complexity: O(log n) for a customer or a conversation; O(n) for the rest.
    public func clearState(_ wish: StateWish) throws(LedgerProblem) -> StateClearing {
        var clearing = StateClearing()
        clearing.counts = try read { try $0.counts(of: $0.places(of: wish)) }
        guard clearing.count > 0 else { return clearing }
        let number = try write(isSynced: true) { (try $0.insert(wish), openChange: 0) }
        clearing.isLeftToRun = isHeldByRun
        // Later ones may be for a run that has begun meanwhile.
        if !clearing.isLeftToRun { try carryOutRequests(upTo: number) }
        return clearing
    }

    /// What people want the run to forget, in the order in which they asked.
    ///
    /// For a run, between two batches: cheap where there is nothing, as there nearly always is.
    public func stateRequests() throws(LedgerProblem) -> [StateRequest] {
        try read { try $0.stateRequests() }
    }

    /// What stands in the ledger that requests want forgotten, by slot and key.
    ///
    /// For a run that has written all that it decided: what it remembers then is what stands here. It forgets these, and
    /// removes them with ``IntakeBatch/stateChanges`` and the requests with ``IntakeBatch/requestsDone``.
    public func state(
        askedFor requests: [StateRequest]
    ) throws(LedgerProblem) -> [(slot: KeptSlot, key: String)] {
        try read { database in
            let slots = try database.slots()
            var numbers: Set<Int64> = []
            return try requests.flatMap { try database.places(of: $0.wish) }.compactMap { place in
                guard numbers.insert(place.number).inserted, let slot = slots[place.slot] else { return nil }
                return (slot, place.key)
            }
        }
    }

    /// Deletes what requests want forgotten; only where no run had it in memory when the last of them was written.
    func carryOutRequests(upTo number: Int64 = .max) throws(LedgerProblem) {
        guard try !stateRequests().isEmpty else { return }
        try write(isSynced: true) { database in
            // A run that starts at this moment may have done it.
            for request in try database.stateRequests() where request.number <= number {
                for place in try database.places(of: request.wish) {
                    try database.run("DELETE FROM state WHERE number = ?", [place.number])
                }
                try database.delete(request: request.number)
            }
            return ((), openChange: 0)
        }
    }
}

/// Where something stands that is remembered.
private struct StatePlace {
    var number: Int64
    var slot: Int64
    var key: String
}

extension Database {
    /// Takes a request out that is done.
    func delete(request: Int64) throws {
        try run("DELETE FROM request WHERE number = ?", [request])
    }

    fileprivate func insert(_ wish: StateWish) throws -> Int64 {
        try run(
            "INSERT INTO request(subject, subject_id, owner, name) VALUES (?, ?, ?, ?)",
            [wish.subject?.kind, wish.subject?.id, wish.owner?.kind, wish.owner?.name]
        )
        return lastInsertedRowID
    }

    fileprivate func stateRequests() throws -> [StateRequest] {
        try rows("SELECT number, subject, subject_id, owner, name FROM request ORDER BY number").compactMap { row in
            var wish = StateWish()
            if let kind: String = row["subject"] {
                // Who is not known must not become everybody.
                guard let subject = StateWish.Subject(kind: kind, id: row["subject_id"]) else { return nil }
                wish.subject = subject
            }
            if let kind: String = row["owner"] {
                guard let owner = KeptSlot.Owner(kind: kind, name: row["name"]) else { return nil }
                wish.owner = owner
            }
            return StateRequest(number: row["number"], wish: wish)
        }
    }

    /// Where all stands that a wish is about.
    fileprivate func places(of wish: StateWish) throws -> [StatePlace] {
        let (condition, arguments) = wish.condition
        let rows = try Row.fetchCursor(
            try cachedStatement(
                sql: """
                    SELECT state.number, state.slot, state.key, state.customer, state.value
                    FROM state JOIN slot ON slot.number = state.slot WHERE \(condition)
                    """
            ),
            arguments: arguments
        )
        let mention = wish.mention
        var places: [StatePlace] = []
        while let row = try rows.next() {
            let place = StatePlace(number: row[0], slot: row[1], key: row[2])
            let customer: String? = row[3]
            let isMeant = mention.map { $0.customer == customer || $0.number.isFound(in: [place.key, row[4]]) } ?? true
            if isMeant { places.append(place) }
        }
        return places
    }

    fileprivate func counts(of places: [StatePlace]) throws -> [KeptSlot.Owner: Int] {
        let slots = try slots()
        var counts: [KeptSlot.Owner: Int] = [:]
        for place in places {
            if let slot = slots[place.slot] { counts[slot.owner, default: 0] += 1 }
        }
        return counts
    }
}

extension StateWish {
    /// The wish as a condition on the tables `state` and `slot`; what mentions a number is looked for in what it lets through.
    fileprivate var condition: (sql: String, arguments: StatementArguments) {
        var parts: [String] = []
        var arguments: StatementArguments = []
        switch subject {
        case .conversation(let conversation):
            parts.append("state.customer = ? AND state.conversation = ?")
            arguments += [conversation.customerOfConversation, conversation]
        case .customer(let customer):
            parts.append("state.customer = ?")
            arguments += [customer]
        case .everyMention, nil: break
        }
        if mention == nil { parts.append("slot.owner <> 'stream'") }
        if let owner {
            parts.append("slot.owner = ? AND slot.name = ?")
            arguments += [owner.kind, owner.name]
        }
        return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), arguments)
    }

    fileprivate var mention: (customer: String, number: NumberSearch)? {
        guard case .everyMention(let customer) = subject else { return nil }
        return (customer, NumberSearch(digits: customer))
    }
}

extension StateWish.Subject {
    fileprivate var kind: String {
        switch self {
        case .conversation: "conversation"
        case .customer: "customer"
        case .everyMention: "mention"
        }
    }

    fileprivate var id: String {
        switch self {
        case .conversation(let id), .customer(let id), .everyMention(let id): id
        }
    }

    fileprivate init?(kind: String, id: String) {
        switch kind {
        case "conversation": self = .conversation(id)
        case "customer": self = .customer(id)
        case "mention": self = .everyMention(customer: id)
        default: return nil
        }
    }
}
