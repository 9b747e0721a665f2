internal import ActionKit
internal import Events
internal import GRDB

extension Ledger {
    /// Writes what happened, whole or not at all, and says which attempts may begin; one permission for each, in order.
    ///
    /// Ends are written before beginnings, so that a beginning knows what was done a moment before. The beginning of a granted
    /// attempt is written when this returns, and whom it is for with it.
    public func take(_ step: DeliveryStep, guards: DeliveryGuards) async throws(LedgerProblem) -> [Permission] {
        guard !step.isEmpty else { return [] }
        return try await write(isSynced: step.beginning.contains(where: \.isSynced)) { database in
            var writer = StepWriter(database: database, now: step.now, guards: guards)
            for end in step.ended { try writer.write(end) }
            for job in step.settled { try writer.settle(job.job, job.settlement) }
            let permissions = try step.beginning.map { try writer.permission(for: $0) }
            return (permissions, openChange: -writer.settledCount)
        }
    }
}

/// Writes what the dispatcher did and is about to do.
private struct StepWriter {
    let database: Database
    let now: Instant
    let guards: DeliveryGuards
    private(set) var settledCount = 0

    init(database: Database, now: Instant, guards: DeliveryGuards) {
        self.database = database
        self.now = now
        self.guards = guards
    }

    // MARK: - Ends

    mutating func write(_ end: EndedAttempt) throws {
        let word = OutcomeWord(end.outcome)
        let exchange = end.exchange
        try database.run(
            """
            UPDATE attempt SET ended_at = ?, outcome = ?, reason = ?, detail = ?, method = ?, path = ?, request = ?,
                status = ?, answer = ?
            WHERE job = ? AND number = ?
            """,
            [
                now.milliseconds, word.outcome, word.reason, word.detail, exchange?.request.method,
                exchange?.request.path, exchange?.request.json?.cut(toBytes: LedgerLimits.requestBytesMax),
                exchange?.status, exchange?.answer?.cut(toBytes: LedgerLimits.answerBytesMax), end.job, end.attempt,
            ]
        )
        switch end.consequence {
        case .again(let due): try postpone(end, word, due: due)
        case .takenBack: try takeBack(end, word)
        case .settled(let settlement):
            try settle(end.job, settlement, reached: end.outcome.receipt?.reached ?? [])
        }
    }

    private func postpone(_ end: EndedAttempt, _ word: OutcomeWord, due: Instant) throws {
        let isUnknown = if case .unknown = end.outcome { true } else { false }
        try database.run(
            """
            UPDATE job SET due_at = ?, reason = ?, detail = ?, may_be_done = may_be_done OR ?
            WHERE number = ? AND status IS NULL
            """,
            [due.milliseconds, word.reason, word.detail, isUnknown, end.job]
        )
    }

    /// Makes a job what it was before an attempt, but for the reason, which people are shown.
    ///
    /// A job that nobody has tried has no age, and is none of those that the loop guard counts.
    private func takeBack(_ end: EndedAttempt, _ word: OutcomeWord) throws {
        let attempts = end.attempt - 1
        try database.run(
            """
            UPDATE job SET attempts = ?, began_at = iif(? = 0, NULL, began_at), due_at = NULL, reason = ?, detail = ?
            WHERE number = ? AND status IS NULL
            """,
            [attempts, attempts, word.reason, word.detail, end.job]
        )
    }

    mutating func settle(
        _ job: Int64,
        _ settlement: Settlement,
        reached: [String] = [],
        mayHaveMembers: Bool = true
    ) throws {
        try database.run(
            """
            UPDATE job SET status = ?, reason = ?, detail = ?, settled_at = ?, due_at = NULL
            WHERE number = ? AND status IS NULL
            """,
            [settlement.status.rawValue, settlement.reason, settlement.detail, now.milliseconds, job]
        )
        // A job that a person dropped or forgot is open no more: what came of the attempt is on record with it.
        if database.changesCount > 0 {
            try database.run("DELETE FROM queue WHERE job = ?", [job])
            settledCount += database.changesCount
        }
        // For whom it was done counts even then.
        if mayHaveMembers { try writeMembers(of: job, settlement, reached: reached) }
    }

    private func writeMembers(of job: Int64, _ settlement: Settlement, reached: [String]) throws {
        guard let row = try database.row("SELECT conversation, action, event, rule FROM job WHERE number = ?", [job]),
            let conversation: String = row["conversation"]
        else { return }
        let action: String = row["action"]
        let isPart = settlement.status == .partial
        try database.run(
            "UPDATE membership SET status = ?, detail = ? WHERE conversation = ? AND action = ? AND job = ?",
            [isPart ? "failed" : settlement.status.rawValue, settlement.detail, conversation, action, job]
        )
        for member in reached {
            try database.run(
                """
                UPDATE membership SET status = 'delivered', delivered_at = ?, delivered_job = ?, delivered_event = ?,
                    delivered_rule = ?
                WHERE conversation = ? AND member = ? AND action = ?
                """,
                [now.milliseconds, job, row["event"] as Int64?, row["rule"] as String, conversation, member, action]
            )
        }
    }

    // MARK: - Beginnings

    mutating func permission(for beginning: BeginningAttempt) throws -> Permission {
        guard let job = try JobAtHand(database, number: beginning.job) else {
            return try settledElsewhere(beginning.job).map { .settled($0) } ?? .gone
        }
        if beginning.attempt == 1, let ageMax = guards.eventAgeMax, let time = job.firedAt ?? job.eventTime,
            time.duration(to: now) > ageMax
        {
            return try refuse(beginning, .stale(ageMax))
        }
        var permission = Permission.granted
        if let members = beginning.repeatGuard, let conversation = job.conversation {
            let done = try done(members, job, in: conversation)
            let rest = members.members.filter { done[$0] == nil }
            if rest.isEmpty, let first = members.members.first.flatMap({ done[$0] }) {
                return try refuse(beginning, .alreadyDone(first, isAlone: members.members.count == 1))
            }
            if try isLoop(beginning, job) { return try stop(beginning, job) }
            if rest.count < members.members.count { permission = .narrowed(rest) }
            let asking = Asking(job: job.number, action: job.action, rule: job.rule, at: now)
            for member in rest { try database.ask(member, conversation: conversation, asking) }
        } else if try isLoop(beginning, job) {
            return try stop(beginning, job)
        }
        try begin(beginning)
        return permission
    }

    /// What a person made of a job beside the run; `nil` for one that was forgotten.
    private func settledElsewhere(_ job: Int64) throws -> Settlement? {
        let sql = "SELECT status, reason, detail, attempts FROM job WHERE number = ? AND status IS NOT NULL"
        guard let row = try database.row(sql, [job]), let status = Settlement.Status(rawValue: row[0]) else {
            return nil
        }
        return Settlement(status, reason: row[1], detail: row[2], attempts: row[3])
    }

    private mutating func refuse(_ beginning: BeginningAttempt, _ settlement: Settlement) throws -> Permission {
        var settlement = settlement
        settlement.attempts = beginning.attempt - 1
        // The first attempt may have been begun before and taken back, and its members were asked for then.
        let wasBegun =
            try database.row("SELECT 1 FROM attempt WHERE job = ? AND number > 0 LIMIT 1", [beginning.job]) != nil
        try settle(beginning.job, settlement, mayHaveMembers: wasBegun)
        return .settled(settlement)
    }

    private func begin(_ beginning: BeginningAttempt) throws {
        try database.run(
            "UPDATE job SET attempts = ?, began_at = coalesce(began_at, ?), due_at = NULL WHERE number = ?",
            [beginning.attempt, now.milliseconds, beginning.job]
        )
        try database.run(
            "INSERT OR REPLACE INTO attempt(job, number, began_at) VALUES (?, ?, ?)",
            [beginning.job, beginning.attempt, now.milliseconds]
        )
    }

    // MARK: - Repeats

    /// For which members it is done already: within the period, or on the same event.
    private func done(_ members: RepeatGuard, _ job: JobAtHand, in conversation: String) throws -> [String: Done] {
        var done: [String: Done] = [:]
        let since = now.advanced(by: .zero - members.period)
        for member in members.members {
            guard
                let row = try database.row(
                    """
                    SELECT delivered_at, delivered_job, delivered_event, delivered_rule FROM membership
                    WHERE conversation = ? AND member = ? AND action = ? AND delivered_at IS NOT NULL
                    """,
                    [conversation, member, job.action]
                )
            else { continue }
            let at = Instant(milliseconds: row["delivered_at"])
            let isOfSameEvent = job.event != nil && row["delivered_event"] == job.event
            guard at > since || isOfSameEvent else { continue }
            done[member] = Done(member: member, at: at, job: row["delivered_job"], rule: row["delivered_rule"])
        }
        return done
    }

    // MARK: - Loops

    /// Whether so many jobs of the conversation began lately that it must be a loop.
    private func isLoop(_ beginning: BeginningAttempt, _ job: JobAtHand) throws -> Bool {
        guard beginning.attempt == 1, let loop = guards.loop, let conversation = job.conversation else { return false }
        let since = now.advanced(by: .zero - loop.period)
        let count = try database.integer(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM job WHERE conversation = ? AND began_at > ? AND began_at <= ? LIMIT ?)
            """,
            [conversation, since.milliseconds, now.milliseconds, loop.count]
        )
        return (count ?? 0) >= Int64(loop.count)
    }

    /// Settles a job of a conversation that is stopped; it counts as begun, so that the conversation stays so while the loop
    /// goes on.
    private mutating func stop(_ beginning: BeginningAttempt, _ job: JobAtHand) throws -> Permission {
        guard let loop = guards.loop else { preconditionFailure("a loop was found without a guard") }
        try database.run("UPDATE job SET began_at = ? WHERE number = ?", [now.milliseconds, beginning.job])
        return try refuse(beginning, .loop(loop))
    }
}

/// What a decision about an attempt needs of its job.
private struct JobAtHand {
    let number: Int64
    let conversation: String?
    let action: String
    let rule: String
    let event: Int64?
    let eventTime: Instant?
    let firedAt: Instant?

    /// `nil` for a job that is not open.
    init?(_ database: Database, number: Int64) throws {
        guard
            let row = try database.row(
                """
                SELECT job.conversation, job.action, job.rule, job.event, event.time, job.fired_at
                FROM job LEFT JOIN event ON event.number = job.event
                WHERE job.number = ? AND job.status IS NULL
                """,
                [number]
            )
        else { return nil }
        self.number = number
        conversation = row[0]
        action = row[1]
        rule = row[2]
        event = row[3]
        eventTime = (row[4] as Int64?).map(Instant.init(milliseconds:))
        firedAt = (row[5] as Int64?).map(Instant.init(milliseconds:))
    }
}

/// For whom something was done, when and by which job.
private struct Done {
    var member: String
    var at: Instant
    var job: Int64
    var rule: String
}

/// An outcome in the words of the ledger.
struct OutcomeWord {
    let outcome: String
    let reason: String?
    let detail: String?

    init(_ outcome: DeliveryOutcome) {
        switch outcome {
        case .delivered(let receipt): (self.outcome, reason, detail) = ("delivered", nil, receipt.detail)
        case .partial(let receipt): (self.outcome, reason, detail) = ("partial", JobReason.partial, receipt.detail)
        case .retry(let why, _): (self.outcome, reason, detail) = ("retry", why.code, why.detail)
        case .rejected(let why): (self.outcome, reason, detail) = ("rejected", why.code, why.detail)
        case .unauthorized(let why): (self.outcome, reason, detail) = ("unauthorized", why.code, why.detail)
        case .unknown(let why): (self.outcome, reason, detail) = ("unknown", why.code, why.detail)
        }
    }
}

extension DeliveryOutcome {
    /// For whom it was done, where somebody said so.
    fileprivate var receipt: Receipt? {
        switch self {
        case .delivered(let receipt), .partial(let receipt): receipt
        case .retry, .rejected, .unauthorized, .unknown: nil
        }
    }
}

extension Settlement {
    fileprivate static func stale(_ ageMax: Duration) -> Settlement {
        let detail = "The event is older than \(ageMax.words), which 'max_event_age' sets as the limit."
        return Settlement(.suppressed, reason: JobReason.stale, detail: detail, attempts: 0)
    }

    fileprivate static func alreadyDone(_ done: Done, isAlone: Bool) -> Settlement {
        let whom = isAlone ? "It was done for \(done.member)" : "It was done for all of them; for \(done.member)"
        let detail = "\(whom) on \(done.at) by rule '\(done.rule)' (job \(done.job))."
        return Settlement(.suppressed, reason: JobReason.alreadyDone, detail: detail, attempts: 0)
    }

    fileprivate static func loop(_ loop: DeliveryGuards.LoopGuard) -> Settlement {
        let detail =
            "More than \(loop.count) jobs for this conversation in \(loop.period.words): it looks like a loop, and the "
            + "conversation is stopped until it is quiet for that long."
        return Settlement(.suppressed, reason: JobReason.loopGuard, detail: detail, attempts: 0)
    }
}

extension Duration {
    /// The length as rule files write it: `30s`, `10m`, `24h`, `30d`.
    fileprivate var words: String {
        let seconds = components.seconds
        for (size, unit) in [(86_400, "d"), (3600, "h"), (60, "m")] as [(Int64, String)]
        where seconds >= size && seconds % size == 0 {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }
}
