import ActionKit
import Events
import Foundation
import SeededRandom
import Testing

@testable import Ledger

struct StatisticsTests {
    @Test func `jobs are counted by status, rule and action, in a window`() async throws {
        var script = try LedgerScript()
        try script.take(event: "a", rule: "refund")
        try await script.settle(1, .delivered)
        try script.take(event: "b", rule: "late")
        try script.take(event: "c", rule: "late")
        try await script.settle(2, .failed)
        let all = try script.ledger.statistics()
        #expect(all.jobs == [.delivered: 1, .failed: 1, .waiting: 1])
        #expect(all.rules.map(\.name) == ["late", "refund"])
        #expect(all.rules.map(\.counts) == [[.failed: 1, .waiting: 1], [.delivered: 1]])
        #expect(all.actions.map(\.total) == [3])
        #expect(all.attempts == 2)
        #expect(all.oldestOpen?.number == 3)
        #expect(all.memberCount == 2)
        let late = try script.ledger.statistics(since: Instant(milliseconds: 1_767_767_401_000))
        #expect(late.jobs == [.failed: 1, .waiting: 1])
        #expect(late.attempts == 1)
    }

    @Test func `latency is exact`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        var script = try LedgerScript()
        var lengths: [Int] = []
        for job in 1...Int64.random(in: 1...60, using: &generator) {
            try script.take(event: "m\(job)", customer: "9199999\(10_000 + job)")
            try await script.begin(job)
            let length = Int.random(in: 0...5_000, using: &generator)
            lengths.append(length + 1_000)
            script.now = script.now.advanced(by: .milliseconds(length))
            try await script.end(
                job,
                .delivered(Receipt(reached: [], detail: "")),
                .settled(Settlement(.delivered, attempts: 1))
            )
        }
        lengths.sort()
        let latency = try #require(try script.ledger.statistics().latency)
        let median = lengths[(lengths.count + 1) / 2 - 1]
        #expect(latency.median == .milliseconds(median), "seed \(seed)")
        let rank = Int((Double(lengths.count) * 0.95).rounded(.up)) - 1
        #expect(latency.percentile95 == .milliseconds(lengths[rank]), "seed \(seed)")
    }

    @Test func `an empty ledger has no latency and no oldest job`() throws {
        let statistics = try Ledger.inMemory().statistics()
        var empty = LedgerStatistics()
        empty.version = statistics.version
        #expect(statistics == empty)
        #expect(statistics.version > 0)
    }

    @Test func `the inbox is measured`() async throws {
        let script = try LedgerScript()
        try await script.ledger.receive(
            [NewInboxLine(bytes: Array("{}".utf8)), NewInboxLine(bytes: [1])],
            now: script.now
        )
        let inbox = try script.ledger.statistics().inbox
        #expect(inbox == LedgerStatistics.Inbox(count: 2, bytes: 3, oldest: script.now))
    }
}
