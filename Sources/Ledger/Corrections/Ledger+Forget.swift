internal import Foundation
internal import GRDB

/// What was deleted of a customer, and what was found elsewhere.
public struct ForgottenCustomer: Hashable, Sendable {
    /// How many events of theirs.
    public var events = 0
    /// How many jobs for them or on their events.
    public var jobs = 0
    /// How many of these were open.
    public var openJobs = 0
    /// How many attempts at these.
    public var attempts = 0
    /// How many members of their conversations.
    public var members = 0
    /// How many picks of teams for their conversations.
    public var picks = 0
    /// How many events of the inbox that held their number, whoever sent them.
    public var inboxEvents = 0
    /// What rules and facts remembered of them, or together with their number.
    public var state = StateClearing()
    /// In how many events and rules of others their number was blotted out.
    public var redactions = 0
    /// How many jobs of others name the number, as that of an agent, and were left.
    public var usesAsAgent = 0

    /// Whether there was anything to delete.
    public var hasDeleted: Bool { events + jobs + members + picks + inboxEvents + redactions + state.count > 0 }
}

extension Ledger {
    /// Deletes all that is kept of a customer: events, jobs, open ones too, attempts, members, picks, undecided events, and
    /// what rules and facts remember.
    ///
    /// Where others' messages hold the number, it is blotted out; a window of others that holds it is forgotten as a whole.
    /// Windows are left to the run, if one is at work: see ``clearState(_:)``. The file may hold remnants until
    /// ``StateFolder/emptyLog()`` and ``StateFolder/rewriteLedger()`` are done. What a run has read and not written yet is not
    /// here yet.
    ///
    /// The customer is named by the number with country code, digits only.
    ///
    /// - Complexity: O(n) in all that is kept; only what is found is read in the transaction that writes.
    public func forget(customer: String) throws(LedgerProblem) -> ForgottenCustomer {
        let search = CustomerSearch(customer: customer)
        let found = try read { try search.traces(in: $0, behind: CustomerTraces()) }
        var forgotten = try write(isSynced: true) { database in
            // What came meanwhile has larger numbers.
            let traces = try search.traces(in: database, behind: found)
            return try database.erase(traces, of: customer)
        }
        forgotten.state = try clearState(StateWish(.everyMention(customer: customer)))
        return forgotten
    }
}

/// Where a customer occurs in the ledger.
private struct CustomerTraces {
    var events: [Int64] = []
    var jobs: [Int64] = []
    var inbox: [Int64] = []
    var redactedEvents: [Int64: String] = [:]
    var usesAsAgent = 0
    /// Jobs of others that stand behind one of theirs.
    var jobsInLane: [Int64] = []
    /// Up to which number events, jobs and the inbox were looked through.
    var eventEnd: Int64 = 0
    var jobEnd: Int64 = 0
    var inboxEnd: Int64 = 0
}

/// Looks a ledger through for one customer.
private struct CustomerSearch {
    private let customer: String
    private let number: NumberSearch

    init(customer: String) {
        self.customer = customer
        number = NumberSearch(digits: customer)
    }

    /// What was found before, and what stands behind it.
    func traces(in database: Database, behind found: CustomerTraces) throws -> CustomerTraces {
        var traces = found
        let jobs = try Row.fetchCursor(
            database,
            sql: """
                SELECT job.number, instr(job.settings, :customer) > 0 AS names_them, job.lane LIKE :key AS is_in_their_lane,
                    job.customer IS :customer OR coalesce(job.conversation, '') LIKE :key OR event.customer IS :customer
                        OR coalesce(event.conversation, '') LIKE :key AS is_theirs
                FROM job LEFT JOIN event ON event.number = job.event WHERE job.number > :end ORDER BY job.number
                """,
            arguments: ["customer": customer, "key": "%:\(customer)", "end": found.jobEnd]
        )
        while let row = try jobs.next() {
            traces.jobEnd = row["number"]
            if row["is_theirs"] {
                traces.jobs.append(row["number"])
                continue
            }
            if row["names_them"] { traces.usesAsAgent += 1 }
            if row["is_in_their_lane"] { traces.jobsInLane.append(row["number"]) }
        }
        try findEvents(in: database, &traces)
        try findInInbox(database, &traces)
        return traces
    }

    private func findEvents(in database: Database, _ traces: inout CustomerTraces) throws {
        let events = try Row.fetchCursor(
            database,
            sql: """
                SELECT number, original, customer IS ? OR coalesce(conversation, '') LIKE ? AS is_theirs
                FROM event WHERE number > ? ORDER BY number
                """,
            arguments: [customer, "%:\(customer)", traces.eventEnd]
        )
        while let row = try events.next() {
            let event: Int64 = row["number"]
            traces.eventEnd = event
            if row["is_theirs"] {
                traces.events.append(event)
            } else if let original = number.redacted(row["original"]) {
                traces.redactedEvents[event] = original
            }
        }
    }

    private func findInInbox(_ database: Database, _ traces: inout CustomerTraces) throws {
        let lines = try Row.fetchCursor(
            database,
            sql: "SELECT number, bytes FROM inbox WHERE number > ? ORDER BY number",
            arguments: [traces.inboxEnd]
        )
        while let row = try lines.next() {
            traces.inboxEnd = row["number"]
            if number.isFound(in: Array(row["bytes"] as Data)) { traces.inbox.append(row["number"]) }
        }
    }
}

extension Database {
    fileprivate func erase(
        _ traces: CustomerTraces,
        of customer: String
    ) throws -> (ForgottenCustomer, openChange: Int) {
        var forgotten = ForgottenCustomer()
        var leaving = 0
        for job in traces.jobs {
            guard let row = try row("SELECT event, status FROM job WHERE number = ?", [job]) else { continue }
            forgotten.jobs += 1
            if row["status"] == nil { forgotten.openJobs += 1 }
            leaving += try changed("DELETE FROM queue WHERE job = ?", [job])
            forgotten.attempts += try changed("DELETE FROM attempt WHERE job = ?", [job])
            try delete(job: job, event: row["event"])
        }
        for event in traces.events { try run("DELETE FROM event WHERE number = ?", [event]) }
        forgotten.events = traces.events.count
        let key = "%:\(customer)"
        forgotten.members = try changed("DELETE FROM membership WHERE conversation LIKE ?", [key])
        forgotten.picks = try changed("DELETE FROM pick WHERE conversation LIKE ?", [key])
        for line in traces.inbox {
            forgotten.inboxEvents += try changed("DELETE FROM inbox WHERE number = ?", [line])
        }
        forgotten.redactions = try redact(traces, number: NumberSearch(digits: customer))
        for job in traces.jobsInLane { try leaveLane(job) }
        forgotten.usesAsAgent = traces.usesAsAgent
        return (forgotten, openChange: -leaving)
    }

    private func redact(_ traces: CustomerTraces, number: NumberSearch) throws -> Int {
        var count = 0
        for (event, original) in traces.redactedEvents {
            count += try changed("UPDATE event SET original = ? WHERE number = ?", [original, event])
        }
        for row in try rows("SELECT version, text FROM rule") {
            guard let text = number.redacted(row["text"]) else { continue }
            count += try changed("UPDATE rule SET text = ? WHERE version = ?", [text, row["version"] as String])
        }
        return count
    }

    /// A job of another customer that stood behind one of theirs goes on in the lane of its own conversation.
    private func leaveLane(_ job: Int64) throws {
        try run("UPDATE job SET lane = coalesce(conversation, id) WHERE number = ?", [job])
        try run("UPDATE queue SET lane = (SELECT lane FROM job WHERE number = ?) WHERE job = ?", [job, job])
    }

    /// Runs a statement and says how many rows it changed.
    private func changed(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try run(sql, arguments)
        return changesCount
    }
}
