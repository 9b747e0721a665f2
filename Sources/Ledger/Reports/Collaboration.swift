public import Events
internal import GRDB

/// One person whom Beckon asked to add to a conversation, and the answer.
public struct Collaboration: Hashable, Sendable {
    /// The last time that it was done.
    public struct Delivery: Hashable, Sendable {
        /// When.
        public var time: Instant
        /// By which job.
        public var job: Int64
        /// By which rule.
        public var rule: String
    }

    /// The conversation, as `business:customer`.
    public var conversation: String
    /// The person, as digits.
    public var member: String
    /// The action that was to do it.
    public var action: String
    /// When it was asked for last.
    public var asked: Instant
    /// By which job.
    public var job: Int64
    /// By which rule.
    public var rule: String
    /// What became of that job, for this person; `nil` while it is open.
    public var status: Settlement.Status?
    /// The answer, as a sentence.
    public var detail: String?
    /// The last time that it was done; `nil` if it never was.
    public var delivered: Delivery?
}

extension Collaboration {
    init(_ row: Row) {
        conversation = row["conversation"]
        member = row["member"]
        action = row["action"]
        asked = Instant(milliseconds: row["asked_at"])
        job = row["job"]
        rule = row["rule"]
        status = (row["status"] as String?).flatMap(Settlement.Status.init)
        detail = row["detail"]
        delivered = row.instant("delivered_at").map {
            Delivery(time: $0, job: row["delivered_job"], rule: row["delivered_rule"])
        }
    }
}

extension Ledger {
    /// Whom Beckon asked to add to a conversation, by their numbers.
    ///
    /// What people add or remove by hand is not among it: the API can list nobody.
    public func collaborators(inConversation conversation: String) throws(LedgerProblem) -> [Collaboration] {
        try read { database in
            try database.rows("SELECT * FROM membership WHERE conversation = ? ORDER BY member, action", [conversation])
                .map { Collaboration($0) }
        }
    }

    /// Whom Beckon asked to add to any conversation with a customer.
    ///
    /// - Complexity: O(n) in all that is remembered.
    public func collaborators(ofCustomer customer: String) throws(LedgerProblem) -> [Collaboration] {
        try read { database in
            try database.rows(
                """
                SELECT * FROM membership WHERE substr(conversation, instr(conversation, ':') + 1) = ?
                ORDER BY conversation, member, action
                """,
                [customer]
            ).map { Collaboration($0) }
        }
    }
}
