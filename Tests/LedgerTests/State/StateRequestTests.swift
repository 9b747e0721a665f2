import Events
import Testing

@testable import Ledger

/// What a person wants forgotten is forgotten, by the run that has it in memory where there is one.
struct StateRequestTests {
    private static let one = "919999900000:919999900001"
    private static let sameCustomer = "919999900099:919999900001"
    private static let other = "919999900000:919999900002"

    private let state = TemporaryState()

    /// Windows of two customers, one that is about nobody, and an event that waits.
    private static let rows: [KeptState] = [
        .counted(one, subject: .conversation(one)),
        .counted(one, part: "unless", owner: .rule("unanswered"), subject: .conversation(one)),
        .counted(sameCustomer, subject: .conversation(sameCustomer)),
        .counted("919999900001", part: "fact", owner: .fact("vip"), subject: .customer("919999900001")),
        .counted(other, subject: .conversation(other)),
        .counted("[]", value: #"{"times":[1],"values":["919999900001"]}"#),
        .counted("1", part: "held", owner: .stream, subject: .conversation(one)),
    ]

    @Test(
        arguments: [
            (StateWish(.conversation(one)), [0, 1]),
            (StateWish(.customer("919999900001")), [0, 1, 2, 3]),
            (StateWish(.customer("919999900001"), owner: .rule("complaints")), [0, 2]),
            (StateWish(.conversation(one), owner: .fact("vip")), []),
            (StateWish(owner: .fact("vip")), [3]),
            (StateWish(owner: .rule("vip")), []),
            (StateWish(), [0, 1, 2, 3, 4, 5]),
            (StateWish(.everyMention(customer: "919999900001")), [0, 1, 2, 3, 5, 6]),
            (StateWish(.everyMention(customer: "919999900003")), []),
        ] as [(StateWish, [Int])]
    )
    func `a wish takes what it is about, whoever carries it out`(wish: StateWish, taken: [Int]) throws {
        let rest = Self.rows.indices.filter { !taken.contains($0) }.map { Self.rows[$0] }
        var expected = StateClearing()
        for index in taken { expected.counts[Self.rows[index].slot.owner, default: 0] += 1 }

        let alone = try Ledger.openBeside(state.folder, creates: true)
        try alone.put(Self.rows)
        #expect(try alone.clearState(wish) == expected)
        #expect(try Set(alone.state()) == Set(rest))
        #expect(try alone.stateRequests() == [])

        let running = TemporaryState()
        let run = try Ledger.open(running.folder)
        try run.put(Self.rows)
        expected.isLeftToRun = !taken.isEmpty
        #expect(try Ledger.openBeside(running.folder).clearState(wish) == expected)
        let requests = try run.stateRequests()
        #expect(requests.map(\.wish) == (taken.isEmpty ? [] : [wish]))
        let places = try run.state(askedFor: requests)
        #expect(Set(places.map(\.key)) == Set(taken.map { Self.rows[$0].key }))
        #expect(places.count == taken.count)
        try run.carryOut(requests)
        #expect(try run.lines("SELECT count(*) FROM state") == ["\(rest.count)"])
        #expect(try run.stateRequests() == [])
        #expect(try Set(run.state()) == Set(rest))
    }

    @Test func `until the run has carried it out, what it remembers stays`() throws {
        let run = try Ledger.open(state.folder)
        try run.put([Self.rows[0], Self.rows[4]])
        let beside = try Ledger.openBeside(state.folder)
        _ = try beside.clearState(StateWish(.conversation(Self.one)))
        #expect(try run.lines("SELECT key FROM state ORDER BY key") == [Self.one, Self.other])
        // What the run writes meanwhile belongs to what is to be forgotten.
        let later = KeptState.counted(Self.one, owner: .rule("new"), subject: .conversation(Self.one))
        try run.put([later])
        _ = try beside.clearState(StateWish(owner: .rule("complaints")))
        let requests = try run.stateRequests()
        #expect(requests.map(\.number) == [1, 2])
        let places = try run.state(askedFor: requests)
        #expect(places.count == 3)
        try run.carryOut(requests)
        #expect(try run.state() == [])
    }

    @Test func `a request that a killed run left is carried out before the next one begins`() throws {
        let run = try Ledger.open(state.folder)
        try run.put(Self.rows)
        _ = try Ledger.openBeside(state.folder).clearState(StateWish(.customer("919999900001")))
        let killed = try state.copy()
        let next = try Ledger.open(killed.folder)
        #expect(try Set(next.state()) == Set(Self.rows[4...]))
        #expect(try next.stateRequests() == [])
    }

    @Test func `who finds no run carries out what was asked before, and leaves alone what comes after`() throws {
        let ledger = try Ledger.openBeside(state.folder, creates: true)
        try ledger.put(Self.rows)
        try ledger.change("INSERT INTO request(subject, subject_id) VALUES ('conversation', '\(Self.one)')")
        // As if it came, for a run that has begun, between the wish below and its being carried out.
        try ledger.change(
            "INSERT INTO request(number, subject, subject_id) VALUES (9, 'conversation', '\(Self.other)')"
        )
        try ledger.carryOutRequests(upTo: 8)
        #expect(try ledger.lines("SELECT count(*) FROM state") == ["5"])
        #expect(try ledger.stateRequests().map(\.number) == [9])
        #expect(try ledger.clearState(StateWish(owner: .fact("vip"))).isLeftToRun == false)
        #expect(try ledger.lines("SELECT count(*) FROM state") == ["3"])
        #expect(try ledger.stateRequests() == [])
    }

    @Test func `a request that came while its batch was decided stays for the next one`() throws {
        let run = try Ledger.open(state.folder)
        try run.put(Self.rows)
        let beside = try Ledger.openBeside(state.folder)
        _ = try beside.clearState(StateWish(.conversation(Self.one)))
        let requests = try run.stateRequests()
        _ = try beside.clearState(StateWish(.conversation(Self.other)))
        try run.carryOut(requests)
        #expect(try run.stateRequests().map(\.wish) == [StateWish(.conversation(Self.other))])
    }
}

extension Ledger {
    /// What a run does with requests.
    fileprivate func carryOut(_ requests: [StateRequest]) throws {
        var batch = IntakeBatch()
        batch.stateChanges = try state(askedFor: requests).map { .remove($0.slot, key: $0.key) }
        batch.requestsDone = requests.map(\.number)
        try take(batch, now: .noon)
    }
}
