import ActionKit
import Events
import Foundation
import Testing

@testable import Ledger

/// What is written is there, and what was done is known.
struct LedgerTests {
    @Test func `a job goes from the batch through the queue to its outcome`() async throws {
        let ledger = try Ledger.inMemory()
        try ledger.take(.oneJob(), now: .noon)
        #expect(ledger.openCount == 1)
        let page = try await ledger.queued(behind: 0, limit: 10)
        #expect(page.jobs.map(\.job.id) == ["m1/refund/0"])
        #expect(page.isLast)
        var begin = DeliveryStep(now: .noon)
        let job = try #require(page.jobs.first)
        begin.beginning = [BeginningAttempt(job: job.number, attempt: 1, repeatGuard: nil, isSynced: false)]
        #expect(try await ledger.take(begin, guards: DeliveryGuards()) == [.granted])
        var end = DeliveryStep(now: .noon)
        end.ended = [
            EndedAttempt(
                job: job.number,
                attempt: 1,
                outcome: .delivered(Receipt(reached: ["919999900101"], detail: "Added.")),
                consequence: .settled(Settlement(.delivered, attempts: 1))
            )
        ]
        #expect(try await ledger.take(end, guards: DeliveryGuards()) == [])
        #expect(ledger.openCount == 0)
        #expect(try await ledger.queued(behind: 0, limit: 10).jobs == [])
    }

    @Test func `what a timer asks for stands beside what its event asked for at once`() async throws {
        let ledger = try Ledger.inMemory()
        try ledger.take(.oneJob(), now: .noon)
        let firedAt = Instant.noon.advanced(by: .seconds(900))
        var batch = IntakeBatch.oneJob()
        batch.seen = []
        batch.events[0].firedAt = firedAt
        batch.events.append(batch.events[0])
        try ledger.take(batch, now: firedAt.advanced(by: .seconds(10)))
        #expect(try await ledger.queued(behind: 0, limit: 10).jobs.map(\.firedAt) == [nil, firedAt, firedAt])
        #expect(try await ledger.queued(behind: 0, limit: 10).jobs.map(\.eventTime) == [.noon, .noon, .noon])
        #expect(try (1...3).map { try ledger.story(ofJob: $0)?.summary.firedAt } == [nil, firedAt, firedAt])
        #expect(try (1...3).map { try ledger.story(ofJob: $0)?.event?.id } == ["m1", "m1", "m1"])
    }

    @Test func `the age of what a timer asks for counts from when it fired`() async throws {
        let ledger = try Ledger.inMemory()
        let firedAt = Instant.noon.advanced(by: .seconds(900))
        var batch = IntakeBatch.oneJob()
        batch.events += IntakeBatch.oneJob(event: "m2").events
        batch.events[1].firedAt = firedAt
        try ledger.take(batch, now: firedAt)
        let guards = DeliveryGuards(eventAgeMax: .seconds(600))
        let permissions = try await [
            ledger.begin(1, now: firedAt, guards: guards), ledger.begin(2, now: firedAt, guards: guards),
        ]
        #expect(permissions.map { $0 == .granted } == [false, true])
        let late = firedAt.advanced(by: .milliseconds(600_001))
        try ledger.take(batch, now: firedAt)
        guard case .settled(let settlement)? = try await ledger.begin(4, now: late, guards: guards) else {
            Issue.record("it was not settled")
            return
        }
        #expect(settlement.reason == JobReason.stale)
    }
}

extension Instant {
    static let noon = Instant(milliseconds: 1_767_767_400_000)
}

extension IntakeBatch {
    static func oneJob(event: String = "m1", customer: String = "919999900001") -> IntakeBatch {
        let conversation = "919999900000:\(customer)"
        var batch = IntakeBatch()
        batch.seen = [EventDigest(id: event)]
        batch.events = [
            FiredEvent(
                id: event,
                type: "message-received",
                time: .noon,
                customer: customer,
                conversation: conversation,
                origin: EventOrigin(line: 1),
                original: #"{"text":"refund"}"#,
                firings: [
                    NewFiring(
                        rule: RuleVersion(id: "refund", version: "v1", file: "r.yml", line: 1, text: "- id: refund"),
                        lane: conversation,
                        jobs: [
                            NewJob(
                                job: Job(
                                    id: "\(event)/refund/0",
                                    rule: "refund",
                                    event: event,
                                    conversation: conversation
                                ),
                                action: "add-collaborator",
                                destination: "doubletick",
                                effect: .idempotent,
                                settings: [
                                    "business": "919999900000", "customer": .string(customer),
                                    "agents": ["919999900101"],
                                ]
                            )
                        ]
                    )
                ]
            )
        ]
        return batch
    }
}
