internal import ActionKit
public import Events
internal import GRDB

extension Ledger {
    /// Writes down that a person makes a call, before it is made; its end is written like that of any attempt.
    ///
    /// The job is in no queue: no run will make the call again.
    ///
    /// - Returns: The job's number.
    public func beginByHand(_ call: NewJob, members: [String], now: Instant) throws(LedgerProblem) -> Int64 {
        var writer = JSONWriter()
        writer.value(call.settings)
        let settings = writer.text
        return try write { database in
            try database.run(
                """
                INSERT INTO job(id, rule, action, destination, effect, customer, conversation, lane, settings, asked_at,
                    attempts, began_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
                """,
                [
                    call.job.id, call.job.rule, call.action, call.destination, call.effect.rawValue,
                    call.job.conversation?.customerOfConversation, call.job.conversation,
                    call.job.conversation ?? call.job.id, settings, now.milliseconds, now.milliseconds,
                ]
            )
            let number = database.lastInsertedRowID
            try database.run(
                "INSERT INTO attempt(job, number, began_at) VALUES (?, 1, ?)",
                [number, now.milliseconds]
            )
            if let conversation = call.job.conversation {
                for member in members {
                    let asking = Asking(job: number, action: call.action, rule: call.job.rule, at: now)
                    try database.ask(member, conversation: conversation, asking)
                }
            }
            return (number, openChange: 0)
        }
    }
}

/// By whom and when a member was asked for.
struct Asking {
    var job: Int64
    var action: String
    var rule: String
    var at: Instant
}

extension Database {
    /// Writes down that a member was asked for; what is known of earlier deliveries stays.
    func ask(_ member: String, conversation: String, _ asking: Asking) throws {
        try run(
            """
            INSERT INTO membership(conversation, member, action, job, rule, asked_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET job = excluded.job, rule = excluded.rule, asked_at = excluded.asked_at,
                status = NULL, detail = NULL
            """,
            [conversation, member, asking.action, asking.job, asking.rule, asking.at.milliseconds]
        )
    }
}
