import Ledger
import RuleEngine

// The engine and the ledger know nothing of each other; what one remembers and the other keeps has the same shape.

extension StateRow {
    /// A row that the ledger has kept; `nil` for a part that this version does not know.
    init?(_ kept: KeptState) {
        guard let slot = StateSlot(kept.slot) else { return nil }
        self.init(
            slot: slot,
            key: kept.key,
            subject: kept.subject.map { subject in
                switch subject {
                case .conversation(let conversation): .conversation(conversation)
                case .customer(let customer): .customer(customer)
                }
            },
            dueAt: kept.dueAt,
            endsAt: kept.endsAt,
            value: kept.value
        )
    }
}

extension StateSlot {
    /// A slot of the ledger; `nil` for a part that this version does not know.
    init?(_ kept: KeptSlot) {
        guard let part = Part(rawValue: kept.part) else { return nil }
        let owner: Owner =
            switch kept.owner {
            case .rule(let id): .rule(id)
            case .fact(let name): .fact(name)
            case .stream: .stream
            }
        self.init(owner: owner, part: part, meaning: kept.meaning)
    }
}

extension KeptChange {
    /// A change as the ledger keeps it.
    init(_ change: StateChange) {
        switch change {
        case .put(let row): self = .put(KeptState(row))
        case .remove(let slot, let key): self = .remove(KeptSlot(slot), key: key)
        }
    }
}

extension KeptState {
    fileprivate init(_ row: StateRow) {
        self.init(
            slot: KeptSlot(row.slot),
            key: row.key,
            subject: row.subject.map { subject in
                switch subject {
                case .conversation(let conversation): .conversation(conversation)
                case .customer(let customer): .customer(customer)
                }
            },
            dueAt: row.dueAt,
            endsAt: row.endsAt,
            value: row.value
        )
    }
}

extension KeptSlot {
    /// A slot as the ledger keeps it.
    init(_ slot: StateSlot) {
        let owner: Owner =
            switch slot.owner {
            case .rule(let id): .rule(id)
            case .fact(let name): .fact(name)
            case .stream: .stream
            }
        self.init(owner: owner, part: slot.part.rawValue, meaning: slot.meaning)
    }
}
