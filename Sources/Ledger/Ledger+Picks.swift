public import Directory
public import Events
internal import GRDB

extension Ledger {
    /// What teams remembered when the last batch was written.
    public func picks() throws(LedgerProblem) -> Picks {
        try read { database in
            var turns: [String: PhoneNumber] = [:]
            for row in try database.rows("SELECT team, phone FROM turn") {
                turns[row["team"]] = PhoneNumber(digits: row["phone"] as String)
            }
            var kept: [Picks.Key: Picks.Kept] = [:]
            let sql = "SELECT team, conversation, phone, until, use FROM pick ORDER BY use DESC LIMIT ?"
            for row in try database.rows(sql, [Picks.keptCountMaxDefault]) {
                guard let phone = PhoneNumber(digits: row["phone"] as String) else { continue }
                kept[Picks.Key(team: row["team"], conversation: row["conversation"])] = Picks.Kept(
                    phone: phone,
                    until: (row["until"] as Int64?).map(Instant.init(milliseconds:)),
                    use: UInt64(clamping: row["use"] as Int64)
                )
            }
            return Picks(lastPicked: turns, kept: kept)
        }
    }

    /// The latest time that an event carried when the last batch was written.
    public func latestTime() throws(LedgerProblem) -> Instant? {
        try read { try $0.memo(.latestTime, as: Int64.self).map(Instant.init(milliseconds:)) }
    }
}

extension Database {
    /// Writes what a team picked.
    func write(_ change: Picks.Change) throws {
        if change.movesTurn {
            try run("INSERT OR REPLACE INTO turn(team, phone) VALUES (?, ?)", [change.team, change.phone.digits])
        }
        guard let conversation = change.conversation else { return }
        try run(
            """
            INSERT OR REPLACE INTO pick(team, conversation, phone, until, use)
            VALUES (?, ?, ?, ?, (SELECT coalesce(max(use), 0) + 1 FROM pick))
            """,
            [change.team, conversation, change.phone.digits, change.until?.milliseconds]
        )
    }
}
