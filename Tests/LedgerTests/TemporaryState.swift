import ActionKit
import Events
import Foundation
import GRDB

@testable import Ledger

/// A state folder of a test's own; gone with the value.
final class TemporaryState: Sendable {
    let path: String

    var folder: StateFolder { StateFolder(path) }

    init() {
        path = NSTemporaryDirectory() + "beckon-\(UUID().uuidString)/state"
    }

    deinit {
        try? FileManager.default.removeItem(atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    /// The folder as a process would find it that starts after this one was killed at this moment.
    func copy() throws -> TemporaryState {
        let copy = TemporaryState()
        try FileManager.default.createDirectory(atPath: copy.path, withIntermediateDirectories: true)
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: folder.ledgerPath + suffix) {
            try copy.write(try read(suffix), to: suffix)
        }
        return copy
    }

    /// The bytes of the ledger's file, or of the one beside it with that suffix.
    func read(_ suffix: String = "") throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: folder.ledgerPath + suffix))
    }

    func write(_ bytes: Data, to suffix: String = "") throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try bytes.write(to: URL(fileURLWithPath: folder.ledgerPath + suffix))
    }

    /// The names of the files in it, the time in the names of those that were put aside taken out.
    func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted().map {
            $0.replacing(/damaged-[0-9TZ-]+Z/, with: "damaged")
        }
    }

    func permissions(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path + name)[.posixPermissions] as? Int
    }
}

extension Ledger {
    /// Takes all open jobs through one attempt each.
    func deliverAll(now: Instant = .noon, guards: DeliveryGuards = DeliveryGuards(loop: nil)) async throws {
        for job in try await queued(behind: 0, limit: 10_000).jobs {
            _ = try await begin(job.number, now: now, guards: guards)
            try await end(job.number, .delivered(Receipt(reached: [], detail: "Done.")), now: now)
        }
    }

    func begin(
        _ job: Int64,
        attempt: Int = 1,
        for members: [String] = [],
        within period: Duration = .seconds(3600),
        isSynced: Bool = false,
        now: Instant = .noon,
        guards: DeliveryGuards = DeliveryGuards()
    ) async throws -> Permission? {
        var step = DeliveryStep(now: now)
        let repeatGuard = members.isEmpty ? nil : RepeatGuard(members: members, period: period)
        step.beginning = [
            BeginningAttempt(job: job, attempt: attempt, repeatGuard: repeatGuard, isSynced: isSynced)
        ]
        return try await take(step, guards: guards).first
    }

    func end(_ job: Int64, attempt: Int = 1, _ outcome: DeliveryOutcome, now: Instant = .noon) async throws {
        let status = Settlement.Status(rawValue: OutcomeWord(outcome).outcome) ?? .failed
        try await end(job, attempt: attempt, outcome, .settled(Settlement(status, attempts: attempt)), now: now)
    }

    func end(
        _ job: Int64,
        attempt: Int = 1,
        _ outcome: DeliveryOutcome,
        _ consequence: EndedAttempt.Consequence,
        now: Instant = .noon
    ) async throws {
        var step = DeliveryStep(now: now)
        step.ended = [EndedAttempt(job: job, attempt: attempt, outcome: outcome, consequence: consequence)]
        _ = try await take(step, guards: DeliveryGuards())
    }

    /// The rows of a query as text, values separated by bars.
    func lines(_ sql: String) throws -> [String] {
        try read { database in
            try database.rows(sql).map { row in
                row.map { $0.1.isNull ? "-" : "\($0.1.storage.value ?? "")" }.joined(separator: "|")
            }
        }
    }

    func change(_ sql: String) throws {
        try perform { try $0.execute(sql: sql) }
    }
}

extension Receipt {
    static func reached(_ members: String...) -> Receipt { Receipt(reached: members, detail: "Added.") }
}
