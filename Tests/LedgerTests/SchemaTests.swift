import Events
import Foundation
import GRDB
import Synchronization
import Testing

@testable import Ledger

/// Old ledgers become present ones, whole or not at all.
struct SchemaTests {
    private let state = TemporaryState()
    private static let next = "ALTER TABLE job ADD COLUMN colour TEXT; UPDATE job SET colour = 'red'"

    private func version(_ ledger: Ledger) throws -> [String] { try ledger.lines("PRAGMA user_version") }

    @Test func `the released steps are as they were`() {
        #expect(Schema.migrations == [Schema.first, Schema.second])
    }

    /// A file as the first version left it: a job that is done, and one whose second attempt was under way.
    private func writeFirstVersion() throws {
        try state.write(Data())
        let file = try DatabaseQueue(path: state.folder.ledgerPath)
        try file.writeWithoutTransaction { database in
            try Schema.migrate(database, path: "s", steps: [Schema.first])
            try database.execute(
                sql: """
                    INSERT INTO memo VALUES ('latest-time', 1767767400000);
                    INSERT INTO seen(digest) VALUES (x'00112233445566778899aabbccddeeff');
                    INSERT INTO rule VALUES ('v1', 'refund', 'r.yml', 1, '- id: refund', 2);
                    INSERT INTO event(id, type, time, decided_at, line, customer, conversation, original)
                    VALUES ('m1', 'message-received', 1767767400000, 1767767401000, 1, '919999900001',
                        '919999900000:919999900001', '{}');
                    INSERT INTO job(event, id, rule, rule_version, action, effect, customer, conversation, lane, settings,
                        asked_at, attempts, began_at, status, settled_at)
                    VALUES (1, 'm1/refund/0', 'refund', 'v1', 'add-collaborator', 'idempotent', '919999900001',
                        '919999900000:919999900001', 'a', '{"agents":["919999900101"]}', 1767767401000, 1, 1767767402000,
                        'delivered', 1767767403000);
                    INSERT INTO job(event, firing, id, rule, rule_version, action, effect, customer, conversation, lane,
                        settings, asked_at, attempts, began_at)
                    VALUES (1, 1, 'm1/refund/1', 'refund', 'v1', 'add-collaborator', 'idempotent', '919999900001',
                        '919999900000:919999900001', 'a', '{}', 1767767401000, 2, 1767767402000);
                    INSERT INTO queue(job, lane) VALUES (2, 'a');
                    INSERT INTO attempt(job, number, began_at) VALUES (2, 2, 1767767404000);
                    """
            )
        }
    }

    @Test(arguments: [false, true])
    func `a ledger of the first version goes on, and remembers from now on`(isOpenedBeside: Bool) async throws {
        try writeFirstVersion()
        if isOpenedBeside { _ = try Ledger.openForReading(state.folder) }
        let ledger = try Ledger.open(state.folder)
        #expect(try version(ledger) == ["2"])
        #expect(try ledger.latestTime() == .noon)
        #expect(try ledger.recover(now: .noon).madeAgain == 1)
        let story = try #require(try ledger.story(ofJob: 1))
        #expect(story.summary.status == .delivered)
        #expect(story.summary.firedAt == nil)
        #expect(story.event?.id == "m1")
        let page = try await ledger.queued(behind: 0, limit: 10)
        #expect(page.jobs.map(\.number) == [2])
        #expect(page.jobs.map(\.firedAt) == [nil])
        #expect(try ledger.state() == [])
        #expect(try ledger.clock() == nil)
        try ledger.put([.counted("a")])
        #expect(try ledger.state() == [.counted("a")])
    }

    @Test func `an older ledger is brought up to date with what is in it`() throws {
        let ledger = try Ledger.open(state.folder)
        try ledger.take(.oneJob(), now: .noon)
        try ledger.perform { try Schema.migrate($0, path: "s", steps: Schema.migrations + [Self.next]) }
        #expect(try version(ledger) == ["3"])
        #expect(try ledger.lines("SELECT number, id, colour FROM job") == ["1|m1/refund/0|red"])
        try ledger.perform { try Schema.migrate($0, path: "s", steps: Schema.migrations + [Self.next]) }
        #expect(throws: LedgerProblem(path: "s", cause: .newer(version: 3, known: 2))) {
            try ledger.perform { try Schema.migrate($0, path: "s") }
        }
    }

    @Test func `a step that fails in its middle, or is killed there, leaves the old version`() throws {
        let ledger = try Ledger.open(state.folder)
        try ledger.take(.oneJob(), now: .noon)
        let before = try ledger.lines("SELECT sql FROM sqlite_schema")
        let failing = Schema.migrations + [Self.next + "; INSERT INTO nowhere VALUES (1)"]
        #expect(throws: LedgerProblem.self) {
            try ledger.perform { try Schema.migrate($0, path: "s", steps: failing) }
        }
        #expect(try version(ledger) == ["2"])
        #expect(try ledger.lines("SELECT sql FROM sqlite_schema") == before)

        let killed = Mutex<TemporaryState?>(nil)
        try ledger.perform { database in
            try database.execute(sql: "PRAGMA cache_size = 1")
            database.add(
                function: DatabaseFunction("kill_here", argumentCount: 0) { [state] _ in
                    let copy = try state.copy()
                    killed.withLock { $0 = copy }
                    return 0
                }
            )
            let steps = Schema.migrations + [Self.next + "; SELECT kill_here()"]
            try Schema.migrate(database, path: "s", steps: steps)
        }
        let restarted = try Ledger.open(try #require(killed.withLock { $0 }).folder)
        #expect(try version(restarted) == ["2"])
        #expect(try restarted.lines("SELECT sql FROM sqlite_schema") == before)
        #expect(restarted.openCount == 1)
    }
}
