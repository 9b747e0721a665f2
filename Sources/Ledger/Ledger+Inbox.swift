public import Events
internal import Foundation
internal import GRDB

/// An event that was taken over and is not decided yet.
public struct InboxLine: Hashable, Sendable {
    /// Its number; later ones have larger numbers.
    public var number: Int64

    /// When it came.
    public var received: Instant

    /// Its line in the input that it came from; `nil` where there is none.
    public var line: Int?

    /// Its bytes, without a line end.
    public var bytes: [UInt8]
}

extension Ledger {
    /// Takes events over from a sender who will not repeat them; when this returns they survive a power failure.
    ///
    /// - Throws: Also ``LedgerProblem/Cause/inboxFull``, with nothing taken.
    public func receive(_ lines: [NewInboxLine], now: Instant) async throws(LedgerProblem) {
        let size = try reserveInInbox(lines)
        defer { release(size) }
        try await writeInbox(isSynced: true) { database in
            try database.putIntoInbox(lines, now: now)
            return Written((), inboxChange: size)
        }
    }

    /// Takes events over as above; blocks the calling thread.
    public func spool(_ lines: [NewInboxLine], now: Instant) throws(LedgerProblem) {
        let size = try reserveInInbox(lines)
        defer { release(size) }
        try writeInbox(isSynced: true) { database in
            try database.putIntoInbox(lines, now: now)
            return Written((), inboxChange: size)
        }
    }

    private func reserveInInbox(_ lines: [NewInboxLine]) throws(LedgerProblem) -> InboxSize {
        let size = InboxSize(count: lines.count, bytes: lines.reduce(0) { $0 + $1.bytes.count })
        guard reserve(size) else { throw LedgerProblem(path: path, cause: .inboxFull) }
        return size
    }

    /// The oldest events behind a number that are not decided; blocks the calling thread.
    public func inbox(behind number: Int64, limit: Int) throws(LedgerProblem) -> [InboxLine] {
        try read { database in
            try database.rows(
                "SELECT number, received_at, line, bytes FROM inbox WHERE number > ? ORDER BY number LIMIT ?",
                [number, limit]
            ).map { row in
                InboxLine(
                    number: row["number"],
                    received: Instant(milliseconds: row["received_at"]),
                    line: row["line"],
                    bytes: Array(row["bytes"] as Data)
                )
            }
        }
    }
}

/// An event that is to be taken over.
public struct NewInboxLine: Hashable, Sendable {
    /// Its line in the input that it comes from; `nil` where there is none.
    public var line: Int?

    /// Its bytes, without a line end.
    public var bytes: [UInt8]

    /// Creates a line.
    public init(line: Int? = nil, bytes: [UInt8]) {
        self.line = line
        self.bytes = bytes
    }
}

/// How much waits in the inbox.
struct InboxSize: Hashable, Sendable {
    var count = 0
    var bytes = 0

    static func += (one: inout Self, other: Self) {
        one.count += other.count
        one.bytes += other.bytes
    }

    static func -= (one: inout Self, other: Self) {
        one.count -= other.count
        one.bytes -= other.bytes
    }
}

extension Database {
    fileprivate func putIntoInbox(_ lines: [NewInboxLine], now: Instant) throws {
        for line in lines {
            try run(
                "INSERT INTO inbox(received_at, line, bytes) VALUES (?, ?, ?)",
                [now.milliseconds, line.line, Data(line.bytes)]
            )
        }
    }

    /// What waits in the inbox up to a number.
    func inboxSize(upTo number: Int64) throws -> InboxSize {
        let row = try row(
            "SELECT count(*) AS count, coalesce(sum(length(bytes)), 0) AS bytes FROM inbox WHERE number <= ?",
            [number]
        )
        return InboxSize(count: row?["count"] ?? 0, bytes: row?["bytes"] ?? 0)
    }
}
