import Events
import Testing

@testable import Ledger

/// What somebody was told is taken over stays until it is decided.
struct InboxTests {
    private static let limits = {
        var limits = LedgerLimits()
        limits.inboxCountMax = 3
        limits.inboxBytesMax = 10
        return limits
    }()

    private let state = TemporaryState()

    private func lines(_ texts: String...) -> [NewInboxLine] { texts.map { NewInboxLine(bytes: Array($0.utf8)) } }

    @Test func `events wait in their order and leave with the batch that decides them`() async throws {
        let ledger = try Ledger.open(state.folder)
        try await ledger.receive(lines("one", "two"), now: .noon)
        try ledger.spool([NewInboxLine(line: 7, bytes: Array("three".utf8))], now: .noon)
        let waiting = try ledger.inbox(behind: 0, limit: 10)
        #expect(waiting.map { String(decoding: $0.bytes, as: UTF8.self) } == ["one", "two", "three"])
        #expect(waiting.map(\.line) == [nil, nil, 7])
        #expect(try ledger.inbox(behind: waiting[0].number, limit: 1) == [waiting[1]])
        var batch = IntakeBatch.oneJob()
        batch.inboxEnd = waiting[1].number
        try ledger.take(batch, now: .noon)
        #expect(try ledger.inbox(behind: 0, limit: 10) == [waiting[2]])
        #expect(ledger.openCount == 1)
    }

    @Test func `numbers are never given again`() throws {
        let ledger = try Ledger.inMemory()
        for number in 1...3 as ClosedRange<Int64> {
            try ledger.spool(lines("x"), now: .noon)
            #expect(try ledger.inbox(behind: number - 1, limit: 10).map(\.number) == [number])
            var batch = IntakeBatch()
            batch.inboxEnd = number
            try ledger.take(batch, now: .noon)
        }
    }

    @Test func `more than it holds is refused as a whole, until something is decided`() async throws {
        let ledger = try Ledger.open(state.folder, limits: Self.limits)
        let full = LedgerProblem(path: state.path, cause: .inboxFull)
        try await ledger.receive(lines("1", "2"), now: .noon)
        await #expect(throws: full) { try await ledger.receive(lines("3", "4"), now: .noon) }
        await #expect(throws: full) { try await ledger.receive(lines("123456789"), now: .noon) }
        try ledger.spool(lines("12345678"), now: .noon)
        #expect(throws: full) { try ledger.spool(lines(""), now: .noon) }
        var batch = IntakeBatch()
        batch.inboxEnd = 2
        try ledger.take(batch, now: .noon)
        try ledger.spool(lines("12"), now: .noon)
        #expect(throws: full) { try ledger.spool(lines("1"), now: .noon) }
        #expect(try ledger.inbox(behind: 0, limit: 10).map(\.number) == [3, 4])
    }

    @Test func `what waits is counted when it is opened, and when others wrote`() throws {
        do { try Ledger.open(state.folder).spool(lines("1", "2", "3"), now: .noon) }
        let ledger = try Ledger.open(state.folder, limits: Self.limits)
        let full = LedgerProblem(path: state.path, cause: .inboxFull)
        #expect(throws: full) { try ledger.spool(lines("4"), now: .noon) }
        try Ledger.openBeside(state.folder).change("DELETE FROM inbox WHERE number = 2")
        try ledger.recount()
        try ledger.spool(lines("4"), now: .noon)
        #expect(throws: full) { try ledger.spool(lines("5"), now: .noon) }
    }

    @Test func `what others rely on is synced in full, and nothing else is`() async throws {
        let ledger = try Ledger.open(state.folder)
        func level() throws -> [String] { try ledger.lines("PRAGMA synchronous") }
        let (normal, full) = (["1"], ["2"])
        #expect(try level() == normal)
        try await ledger.receive(lines("1"), now: .noon)
        #expect(try level() == full)
        try ledger.take(.oneJob(), now: .noon)
        #expect(try level() == normal)
        try ledger.spool(lines("1"), now: .noon)
        #expect(try level() == full)
        _ = try await ledger.begin(1, isSynced: false)
        #expect(try level() == normal)
        try ledger.take(.oneJob(event: "m2"), now: .noon, isSynced: true)
        #expect(try level() == full)
    }
}
