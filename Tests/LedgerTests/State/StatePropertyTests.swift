import Events
import SeededRandom
import Testing

@testable import Ledger

/// Whatever is remembered and forgotten in whatever order, a run that begins after a kill finds what a dictionary holds.
struct StatePropertyTests {
    @Test(.timeLimit(.minutes(10)), arguments: 1...10 as ClosedRange<UInt64>)
    func `it gives back what the reference holds, after a kill at any moment too`(seed: UInt64) throws {
        print("state: seed \(seed)")
        var walk = try StateWalk(seed: seed)
        for _ in 0..<60 {
            try walk.step()
            try walk.compare()
        }
    }
}

/// What the ledger is to hold, worked out from a dictionary.
private struct StateReference {
    struct Place: Hashable {
        var slot: KeptSlot
        var key: String
    }

    var rows: [Place: KeptState] = [:]
    var requests: [StateWish] = []

    mutating func apply(_ change: KeptChange) {
        switch change {
        case .put(let state): rows[Place(slot: state.slot, key: state.key)] = state
        case .remove(let slot, let key): rows[Place(slot: slot, key: key)] = nil
        }
    }

    func places(of wish: StateWish) -> [Place] {
        rows.filter { _, state in
            guard wish.owner == nil || wish.owner == state.slot.owner else { return false }
            let conversation: String? = if case .conversation(let name)? = state.subject { name } else { nil }
            let customer: String? = if case .customer(let name)? = state.subject { name } else { nil }
            switch wish.subject {
            case nil: return state.slot.owner != .stream
            case .conversation(let wanted): return state.slot.owner != .stream && conversation == wanted
            case .customer(let wanted):
                return state.slot.owner != .stream
                    && (customer == wanted || conversation?.hasSuffix(":\(wanted)") == true)
            case .everyMention(let wanted): return "\(state)".contains(wanted)
            }
        }.map(\.key)
    }

    mutating func carryOutRequests() {
        for wish in requests {
            for place in places(of: wish) { rows[place] = nil }
        }
        requests = []
    }
}

/// A run's ledger and its reference on a random way.
private struct StateWalk {
    private static let customers = ["919999900001", "919999900002"]
    private static let owners: [KeptSlot.Owner] = [.rule("a"), .rule("b"), .fact("a"), .stream]

    private let state = TemporaryState()
    private let ledger: Ledger
    private var reference = StateReference()
    private var random: SeededGenerator
    private var ticks: Int64 = 0

    init(seed: UInt64) throws {
        ledger = try Ledger.open(state.folder)
        random = SeededGenerator(seed: seed)
    }

    mutating func step() throws {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<6: try change()
        case 6..<8: try wish()
        case 8: try carryOut()
        default: try drop()
        }
    }

    private mutating func change() throws {
        var batch = IntakeBatch()
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let row = row()
            batch.stateChanges.append(
                Int.random(in: 0..<4, using: &random) == 0 ? .remove(row.slot, key: row.key) : .put(row)
            )
        }
        ticks += 1
        batch.clock = Instant(milliseconds: ticks)
        try ledger.take(batch, now: .noon)
        for change in batch.stateChanges { reference.apply(change) }
    }

    private mutating func row() -> KeptState {
        let customer = Self.customers.randomElement(using: &random) ?? ""
        let conversation = "919999900000:\(customer)"
        let owner = Self.owners.randomElement(using: &random) ?? .stream
        let meaning = ["1", "2"].randomElement(using: &random) ?? ""
        let number = Int.random(in: 0..<9, using: &random)
        let subjects: [(String, KeptState.Subject?)] = [
            (conversation, .conversation(conversation)), (customer, .customer(customer)), ("[]", nil),
        ]
        let (key, subject) = subjects.randomElement(using: &random) ?? ("", nil)
        return KeptState(
            slot: KeptSlot(owner: owner, part: "count", meaning: meaning),
            key: key,
            subject: subject,
            dueAt: number % 2 == 0 ? Instant(milliseconds: Int64(number)) : nil,
            endsAt: number % 3 == 0 ? Instant(milliseconds: Int64(number)) : nil,
            value: number == 8 ? "from +\(Self.customers[0])" : "\(number)"
        )
    }

    /// A person wants something forgotten while the run is at work.
    private mutating func wish() throws {
        let customer = Self.customers.randomElement(using: &random) ?? ""
        let subjects: [StateWish.Subject?] = [
            .conversation("919999900000:\(customer)"), .customer(customer), .everyMention(customer: customer), nil,
        ]
        var wish = StateWish(subjects.randomElement(using: &random) ?? nil)
        if Bool.random(using: &random) { wish.owner = Self.owners.randomElement(using: &random) }
        let places = reference.places(of: wish)
        let clearing = try Ledger.openBeside(state.folder).clearState(wish)
        #expect(clearing.counts == Dictionary(places.map { ($0.slot.owner, 1) }, uniquingKeysWith: +))
        #expect(clearing.isLeftToRun == !places.isEmpty)
        if !places.isEmpty { reference.requests.append(wish) }
    }

    private mutating func carryOut() throws {
        let requests = try ledger.stateRequests()
        #expect(requests.map(\.wish) == reference.requests)
        var batch = IntakeBatch()
        batch.stateChanges = try ledger.state(askedFor: requests).map { .remove($0.slot, key: $0.key) }
        batch.requestsDone = requests.map(\.number)
        try ledger.take(batch, now: .noon)
        reference.carryOutRequests()
        #expect(try ledger.stateRequests() == [])
    }

    private mutating func drop() throws {
        guard let slot = reference.rows.keys.map(\.slot).min(by: { "\($0)" < "\($1)" }) else { return }
        let places = reference.rows.keys.filter { $0.slot == slot }
        #expect(try ledger.drop([slot]) == places.count)
        for place in places { reference.rows[place] = nil }
    }

    func compare() throws {
        let standing = try ledger.lines("SELECT count(*) FROM state")
        #expect(standing == ["\(reference.rows.count)"])
        let killed = try state.copy()
        let restarted = try Ledger.open(killed.folder)
        var expected = reference
        expected.carryOutRequests()
        let rows = try restarted.state()
        #expect(Set(rows) == Set(expected.rows.values))
        #expect(rows.count == expected.rows.count)
        #expect(try restarted.stateRequests() == [])
        #expect(try restarted.clock() == (ticks == 0 ? nil : Instant(milliseconds: ticks)))
    }
}
