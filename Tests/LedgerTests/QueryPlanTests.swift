import ActionKit
import Events
import GRDB
import Synchronization
import Testing

@testable import Ledger

/// No statement of a running ledger looks through a whole table.
struct QueryPlanTests {
    @Test func `the tables that grow are searched by an index`() async throws {
        let ledger = try Ledger.inMemory()
        let statements = Mutex<Set<String>>([])
        try ledger.perform { database in
            database.trace { event in
                guard case .statement(let statement) = event else { return }
                statements.withLock { _ = $0.insert(statement.sql) }
            }
        }
        var batch = IntakeBatch.oneJob()
        batch.events[0].firings[0].jobs += batch.events[0].firings[0].jobs
        batch.inboxEnd = 1
        try ledger.take(batch, now: .noon)
        try ledger.take(.oneJob(event: "m2"), now: .noon)
        let conversation = "919999900000:919999900001"
        try ledger.put([.counted(conversation, subject: .conversation(conversation))])
        var filter = StateFilter()
        (filter.conversations, filter.customers) = ([conversation], ["919999900001"])
        _ = try ledger.state(filter, limit: 10)
        _ = try ledger.clearState(StateWish(.conversation(conversation)))
        _ = try ledger.clearState(StateWish(.customer("919999900001")))
        try ledger.put([.counted("a")])
        _ = try ledger.drop([KeptState.counted("a").slot])
        try await ledger.receive([NewInboxLine(bytes: [65])], now: .noon)
        _ = try ledger.inbox(behind: 0, limit: 10)
        _ = try ledger.wereSeen([EventDigest(id: "m1")])
        _ = try await ledger.queued(behind: 0, limit: 10, avoiding: ["x"])
        _ = try await ledger.queued(behind: 0, limit: 10, avoiding: ["x"], lane: "a")
        _ = try await ledger.begin(1, for: ["a"])
        try await ledger.end(1, .retry(Reason("a", "b")), .takenBack)
        _ = try await ledger.begin(1, attempt: 2, for: ["a"])
        try await ledger.end(1, attempt: 2, .delivered(.reached("a")))
        try ledger.change("UPDATE job SET effect = 'at-most-once' WHERE number = 2")
        _ = try await ledger.begin(2, for: ["b"])
        _ = try ledger.recover(now: .noon)
        _ = try await ledger.clean(now: .noon.advanced(by: .seconds(500 * 86_400)))
        try ledger.perform { $0.trace() }

        let known = statements.withLock { $0 }.sorted().filter {
            $0.hasPrefix("SELECT") || $0.hasPrefix("INSERT") || $0.hasPrefix("UPDATE") || $0.hasPrefix("DELETE")
        }
        #expect(known.count > 25)
        let scans = try known.flatMap { sql in
            try ledger.read { database in
                let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
                statement.setUncheckedArguments([])
                return try Row.fetchAll(statement).map { $0["detail"] as String }.filter { $0.contains("SCAN") }
            }
        }
        // What is under way, rules, slots, requests and inputs are few; picks are counted once a round of cleaning, and the queue when another
        // process has written. The subquery is the loop guard's, which looks at no more rows than it needs.
        let expected: Set = [
            "SCAN attempt USING INDEX attempt_under_way", "SCAN attempt USING COVERING INDEX attempt_under_way",
            "SCAN pick USING COVERING INDEX pick_use", "SCAN input USING COVERING INDEX input_read",
            "SCAN queue USING COVERING INDEX queue_lane", "SCAN queue USING COVERING INDEX sqlite_autoindex_queue_1",
            "SCAN rule", "SCAN (subquery-1)", "SCAN slot", "SCAN request",
        ]
        #expect(Set(scans).subtracting(expected) == [])
    }
}
