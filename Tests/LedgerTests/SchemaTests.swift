import Events
import GRDB
import Synchronization
import Testing

@testable import Ledger

/// Old ledgers become present ones, whole or not at all.
struct SchemaTests {
    private let state = TemporaryState()
    private static let second = "ALTER TABLE job ADD COLUMN colour TEXT; UPDATE job SET colour = 'red'"

    private func version(_ ledger: Ledger) throws -> [String] { try ledger.lines("PRAGMA user_version") }

    @Test func `the released steps are as they were`() {
        #expect(Schema.migrations == [Schema.first])
    }

    @Test func `an older ledger is brought up to date with what is in it`() throws {
        let ledger = try Ledger.open(state.folder)
        try ledger.take(.oneJob(), now: .noon)
        try ledger.perform { try Schema.migrate($0, path: "s", steps: Schema.migrations + [Self.second]) }
        #expect(try version(ledger) == ["2"])
        #expect(try ledger.lines("SELECT number, id, colour FROM job") == ["1|m1/refund/0|red"])
        try ledger.perform { try Schema.migrate($0, path: "s", steps: Schema.migrations + [Self.second]) }
        #expect(throws: LedgerProblem(path: "s", cause: .newer(version: 2, known: 1))) {
            try ledger.perform { try Schema.migrate($0, path: "s") }
        }
    }

    @Test func `a step that fails in its middle, or is killed there, leaves the old version`() throws {
        let ledger = try Ledger.open(state.folder)
        try ledger.take(.oneJob(), now: .noon)
        let before = try ledger.lines("SELECT sql FROM sqlite_schema")
        let failing = Schema.migrations + [Self.second + "; INSERT INTO nowhere VALUES (1)"]
        #expect(throws: LedgerProblem.self) {
            try ledger.perform { try Schema.migrate($0, path: "s", steps: failing) }
        }
        #expect(try version(ledger) == ["1"])
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
            let steps = Schema.migrations + [Self.second + "; SELECT kill_here()"]
            try Schema.migrate(database, path: "s", steps: steps)
        }
        let restarted = try Ledger.open(try #require(killed.withLock { $0 }).folder)
        #expect(try version(restarted) == ["1"])
        #expect(try restarted.lines("SELECT sql FROM sqlite_schema") == before)
        #expect(restarted.openCount == 1)
    }
}
