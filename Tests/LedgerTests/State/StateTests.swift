import Events
import GRDB
import Synchronization
import Testing

@testable import Ledger

/// What rules and facts remember comes back as it was written, with the batch that it belongs to.
struct StateTests {
    @Test func `everything that is put comes back`() throws {
        let ledger = try Ledger.inMemory()
        let rows = [
            KeptState.counted("919999900000:919999900001"),
            KeptState.counted("919999900001", part: "fact", owner: .fact("vip"), subject: .customer("919999900001")),
            KeptState(
                slot: KeptSlot(owner: .rule("unanswered"), part: "unless", meaning: "ab12"),
                key: #"["919999900000:919999900001","x"]"#,
                subject: .conversation("919999900000:919999900001"),
                dueAt: .noon,
                value: "no JSON at all: \u{1}\u{1F600}"
            ),
            KeptState(
                slot: KeptSlot(owner: .stream, part: "held", meaning: ""),
                key: "",
                endsAt: Instant(milliseconds: -1),
                value: ""
            ),
        ]
        try ledger.put(rows)
        #expect(try Set(ledger.state()) == Set(rows))
        #expect(try ledger.state().count == rows.count)
    }

    @Test func `the last change of each slot and key counts, within a batch and from batch to batch`() throws {
        let ledger = try Ledger.inMemory()
        let (first, second) = (KeptState.counted("a", value: "1"), KeptState.counted("a", value: "2"))
        let other = KeptState.counted("a", meaning: "other", value: "3")
        try ledger.change([.put(first), .put(second), .remove(other.slot, key: "a"), .put(other)])
        #expect(try Set(ledger.state()) == [second, other])
        try ledger.change([.put(first), .remove(other.slot, key: "a"), .remove(other.slot, key: "none")])
        #expect(try ledger.state() == [first])
        try ledger.change([.put(second), .remove(second.slot, key: "a")])
        #expect(try ledger.state() == [])
    }

    @Test func `a key that is given to somebody else is theirs`() throws {
        let ledger = try Ledger.inMemory()
        let (one, other) = ("919999900000:919999900001", "919999900000:919999900002")
        try ledger.put([.counted("1", subject: .conversation(one))])
        try ledger.put([.counted("1", subject: .conversation(other))])
        #expect(try ledger.clearState(StateWish(.conversation(one))).count == 0)
        #expect(try ledger.clearState(StateWish(.conversation(other))).count == 1)
    }

    @Test func `the clock is that of the last batch`() throws {
        let ledger = try Ledger.inMemory()
        #expect(try ledger.clock() == nil)
        var batch = IntakeBatch.oneJob()
        batch.clock = .noon
        try ledger.take(batch, now: .noon.advanced(by: .seconds(5)))
        #expect(try ledger.clock() == .noon)
        batch.clock = nil
        try ledger.take(batch, now: .noon)
        #expect(try ledger.clock() == .noon)
        #expect(try ledger.latestTime() == nil)
    }

    @Test func `what belongs to slots that the rules have no more is deleted, piece by piece`() async throws {
        var limits = LedgerLimits.inMemory
        limits.cleaningRowsMax = 3
        let ledger = try Ledger.inMemory(limits: limits)
        let old = (1...7).map { KeptState.counted("\($0)", meaning: "old") }
        let new = (1...2).map { KeptState.counted("\($0)", meaning: "new") }
        try ledger.put(old + new)
        let unknown = KeptSlot(owner: .fact("x"), part: "fact", meaning: "1")
        #expect(try ledger.drop([old[0].slot, unknown]) == 7)
        #expect(try Set(ledger.state()) == Set(new))
        #expect(try ledger.lines("SELECT name, meaning FROM slot") == ["complaints|new"])
        try ledger.change(new.map { .remove($0.slot, key: $0.key) })
        _ = try await ledger.clean(now: .noon)
        #expect(try ledger.lines("SELECT count(*) FROM slot") == ["0"])
    }

    @Test func `wherever a batch is cut off, its state is there with its jobs or not at all`() throws {
        let state = TemporaryState()
        let ledger = try Ledger.open(state.folder)
        try ledger.put([.counted("a", value: "old")])
        let killed = Mutex<[TemporaryState]>([])
        try ledger.perform { database in
            // With a small cache, what is not committed yet is in the log already.
            try database.execute(sql: "PRAGMA cache_size = 1")
            database.trace { _ in
                guard let copy = try? state.copy() else { return }
                killed.withLock { $0.append(copy) }
            }
        }
        var batch = IntakeBatch.oneJob()
        batch.clock = .noon
        batch.stateChanges = [.put(.counted("a", value: "new")), .put(.counted("b", value: "new"))]
        try ledger.take(batch, now: .noon)
        try ledger.perform { $0.trace() }
        killed.withLock { copies in copies.append((try? state.copy()) ?? state) }

        var found: [String] = []
        for copy in killed.withLock({ $0 }) {
            let restarted = try Ledger.open(copy.folder)
            let values = try restarted.state().map { "\($0.key)=\($0.value)" }.sorted()
            let clock = try restarted.clock() == nil ? "no clock" : "clock"
            let line = "\(restarted.openCount) jobs, \(clock), \(values.joined(separator: " "))"
            if found.last != line { found.append(line) }
        }
        #expect(killed.withLock { $0.count } > 10)
        #expect(found == ["0 jobs, no clock, a=old", "1 jobs, clock, a=new b=new"])
    }
}

extension KeptState {
    /// A small window.
    static func counted(
        _ key: String,
        part: String = "count",
        owner: KeptSlot.Owner = .rule("complaints"),
        meaning: String = "c0ffee",
        subject: Subject? = nil,
        value: String = #"{"times":[1767767400000]}"#
    ) -> KeptState {
        KeptState(
            slot: KeptSlot(owner: owner, part: part, meaning: meaning),
            key: key,
            subject: subject,
            endsAt: .noon.advanced(by: .seconds(600)),
            value: value
        )
    }
}

extension Ledger {
    func put(_ rows: [KeptState]) throws { try change(rows.map { .put($0) }) }

    func change(_ changes: [KeptChange]) throws {
        var batch = IntakeBatch()
        batch.stateChanges = changes
        try take(batch, now: .noon)
    }
}
