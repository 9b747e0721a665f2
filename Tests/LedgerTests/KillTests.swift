import Events
import GRDB
import Testing

@testable import Ledger

/// A kill in the middle of a transaction leaves nothing of it.
struct KillTests {
    private let state = TemporaryState()

    @Test func `jobs, ids and the place in the input come together or not at all`() throws {
        let ledger = try Ledger.open(state.folder)
        try ledger.take(.oneJob(), now: .noon)
        var killed: [TemporaryState] = []
        // With a small cache, what is not committed yet is in the log already.
        try ledger.change("PRAGMA cache_size = 5")
        try ledger.write { database in
            for number in 2...200 {
                try database.run("INSERT INTO seen(digest) VALUES (?)", [EventDigest(id: "m\(number)").data])
                try database.run(
                    "INSERT INTO inbox(received_at, bytes) VALUES (0, zeroblob(3000))"
                )
                if number % 50 == 0 { killed.append(try state.copy()) }
            }
            return ((), openChange: 0)
        }
        killed.append(try state.copy())
        var found: [[String]] = []
        for folder in killed {
            let restarted = try Ledger.open(folder.folder)
            found.append(try restarted.lines("SELECT count(*) FROM seen UNION ALL SELECT count(*) FROM inbox"))
            #expect(restarted.openCount == 1)
        }
        #expect(found == Array(repeating: ["1", "0"], count: 4) + [["200", "199"]])
    }
}
