import ActionKit
import Events
import GRDB
import Testing

@testable import Ledger

/// A full disk stops the writing, says so, and leaves everything as it was.
struct FullDiskTests {
    private let ledger: Ledger

    init() throws {
        ledger = try Ledger.inMemory()
        try ledger.take(.oneJob(), now: .noon)
    }

    /// Everything that is in the ledger.
    private func content() throws -> [String] {
        let tables = ["event", "job", "queue", "attempt", "membership", "seen", "inbox", "rule", "memo"]
        return try tables.flatMap { try ledger.lines("SELECT '\($0)', * FROM \($0)") }
    }

    private func expectFull(_ body: () async throws -> Void) async throws {
        let before = (try content(), ledger.openCount)
        let free = try ledger.lines("PRAGMA freelist_count")
        try #require(free == ["0"])
        try ledger.change("PRAGMA max_page_count = 1")
        let error = await #expect(throws: LedgerProblem.self) { try await body() }
        #expect(error?.cause == .diskFull)
        try ledger.change("PRAGMA max_page_count = 100000")
        #expect(try content() == before.0)
        #expect(ledger.openCount == before.1)
        try await body()
        #expect(try content() != before.0)
    }

    private static let long = String(repeating: "text ", count: 3000)

    @Test func `taking a batch`() async throws {
        try await expectFull {
            var batch = IntakeBatch.oneJob(event: "m2")
            batch.events[0].original = Self.long
            try ledger.take(batch, now: .noon)
        }
    }

    @Test func `ending an attempt`() async throws {
        _ = try await ledger.begin(1, for: ["a"])
        try await expectFull {
            let outcome = DeliveryOutcome.delivered(Receipt(reached: ["a"], detail: Self.long))
            try await ledger.end(1, outcome)
        }
    }

    @Test func `beginning an attempt`() async throws {
        try await expectFull { _ = try await ledger.begin(1, for: [Self.long]) }
    }

    @Test func `taking an event over`() async throws {
        try await expectFull {
            try await ledger.receive([NewInboxLine(bytes: Array(Self.long.utf8))], now: .noon)
        }
        #expect(try ledger.inbox(behind: 0, limit: 10).count == 1)
    }

    @Test func `errors of the system that mean a full disk`() {
        let errors = [ResultCode.SQLITE_FULL, .SQLITE_IOERR_SHMSIZE].map { DatabaseError(resultCode: $0) }
        #expect(errors.map { LedgerProblem(path: "/", error: $0).cause } == [.diskFull, .diskFull])
    }
}
