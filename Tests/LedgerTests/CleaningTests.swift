import ActionKit
import Events
import Testing

@testable import Ledger

/// What is old goes, what is open stays, and the file stops growing.
struct CleaningTests {
    private static let month = Instant.noon.advanced(by: .seconds(31 * 86_400))

    private func ledger(_ change: (inout LedgerLimits) -> Void = { _ in }) throws -> Ledger {
        var limits = LedgerLimits()
        change(&limits)
        return try Ledger.inMemory(limits: limits)
    }

    private func counts(_ ledger: Ledger) throws -> [String] {
        try ["event", "job", "attempt", "rule", "seen", "membership"].flatMap {
            try ledger.lines("SELECT '\($0)', count(*) FROM \($0)")
        }
    }

    @Test func `settled jobs go after their time, with all that belongs to them`() async throws {
        let ledger = try ledger()
        try ledger.take(.oneJob(event: "m1"), now: .noon)
        try await ledger.deliverAll()
        try ledger.take(.oneJob(event: "m2"), now: .noon)
        #expect(try await ledger.clean(now: .noon) == false)
        #expect(try counts(ledger) == ["event|2", "job|2", "attempt|1", "rule|1", "seen|2", "membership|0"])
        #expect(try await ledger.clean(now: Self.month) == false)
        #expect(try counts(ledger) == ["event|1", "job|1", "attempt|0", "rule|1", "seen|2", "membership|0"])
        #expect(try await ledger.queued(behind: 0, limit: 10).jobs.map(\.number) == [2])
        try await ledger.deliverAll(now: Self.month)
        #expect(try await ledger.clean(now: Self.month) == false)
        #expect(try ledger.lines("SELECT number FROM job") == ["2"])
        #expect(try await ledger.clean(now: Self.month.advanced(by: .seconds(31 * 86_400))) == false)
        #expect(try counts(ledger) == ["event|0", "job|0", "attempt|0", "rule|0", "seen|2", "membership|0"])
    }

    @Test func `beyond their number the oldest settled jobs go, whatever their age`() async throws {
        let ledger = try ledger { $0.settledCountMax = 3 }
        for number in 1...5 { try ledger.take(.oneJob(event: "m\(number)"), now: .noon) }
        _ = try await ledger.begin(1, guards: DeliveryGuards(loop: nil))
        for number in 2...5 as ClosedRange<Int64> {
            _ = try await ledger.begin(number, guards: DeliveryGuards(loop: nil))
            try await ledger.end(number, .delivered(.reached()))
        }
        #expect(try await ledger.clean(now: .noon) == false)
        #expect(try ledger.lines("SELECT number FROM job") == ["1", "3", "4", "5"])
    }

    @Test func `a step takes out no more than its bound, and the next goes on`() async throws {
        let ledger = try ledger {
            $0.cleaningRowsMax = 2
            $0.seenCountMax = 1
        }
        for number in 1...3 { try ledger.take(.oneJob(event: "open\(number)"), now: .noon) }
        for number in 4...9 as ClosedRange<Int64> {
            try ledger.take(.oneJob(event: "m\(number)"), now: .noon)
            _ = try await ledger.begin(number, for: ["a\(number)"], guards: DeliveryGuards(loop: nil))
            try await ledger.end(number, .delivered(.reached("a\(number)")))
        }
        let late = Instant.noon.advanced(by: .seconds(500 * 86_400))
        var steps: [[String]] = []
        for _ in 0..<20 {
            let before = try ledger.lines("SELECT count(*) FROM job") + ledger.lines("SELECT count(*) FROM seen")
            steps.append(before + (try ledger.lines("SELECT count(*) FROM membership")))
            guard try await ledger.clean(now: late) else { break }
        }
        #expect(steps == [["9", "9", "6"], ["9", "7", "4"], ["8", "5", "2"], ["6", "3", "0"], ["4", "1", "0"]])
        #expect(try ledger.lines("SELECT number FROM job") == ["1", "2", "3"])
        #expect(try await ledger.clean(now: late))
        #expect(ledger.openCount == 3)
    }

    @Test func `ids are forgotten from the oldest on`() async throws {
        let ledger = try ledger { $0.seenCountMax = 2 }
        var batch = IntakeBatch()
        batch.seen = (1...4).map { EventDigest(id: "m\($0)") }
        try ledger.take(batch, now: .noon)
        _ = try await ledger.clean(now: .noon)
        #expect(try ledger.wereSeen(batch.seen) == [false, false, true, true])
        try ledger.take(batch, now: .noon)
        _ = try await ledger.clean(now: .noon)
        #expect(try ledger.wereSeen(batch.seen) == [true, true, false, false])
    }

    @Test func `the file does not grow while rows come and go, and the log is cut back`() async throws {
        let state = TemporaryState()
        var limits = LedgerLimits()
        (limits.settledCountMax, limits.seenCountMax) = (100, 100)
        let ledger = try Ledger.open(state.folder, limits: limits)
        var pages: [Int] = []
        for round in 0..<8 {
            for number in 0..<100 { try ledger.take(.oneJob(event: "m\(round)/\(number)"), now: .noon) }
            try await ledger.deliverAll()
            while try await ledger.clean(now: .noon) {}
            pages.append(Int(try ledger.lines("PRAGMA page_count")[0]) ?? 0)
        }
        #expect(pages[7] <= pages[2] + 4)
        #expect(try ledger.lines("PRAGMA journal_size_limit") == ["16777216"])
    }
}
