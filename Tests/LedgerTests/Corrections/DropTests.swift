import ActionKit
import Events
import Ledger
import Testing

struct DropTests {
    @Test func `an open job is dropped, and the rest of its firing with it`() throws {
        let script = try LedgerScript()
        try script.take(event: "a", jobs: 3)
        try script.take(event: "b")
        let answer = try script.ledger.drop(2, now: script.now)
        #expect(answer == .dropped(hasOpenAttempt: false, heldBack: [3]))
        #expect(try script.queue() == [1, 4])
        #expect(script.ledger.openCount == 2)
        let jobs = try script.ledger.jobs(JobFilter(), limit: 10).jobs
        #expect(jobs.map(\.status) == [.waiting, .suppressed, .suppressed, .waiting])
        #expect(jobs.map(\.reason) == [nil, "dropped", "earlier-failed", nil])
    }

    @Test func `an attempt that is under way goes on, and no other follows`() async throws {
        var script = try LedgerScript()
        try script.take()
        try await script.begin(1)
        #expect(try script.ledger.drop(1, now: script.now) == .dropped(hasOpenAttempt: true, heldBack: []))
        let due = script.now.advanced(by: .seconds(5))
        try await script.end(1, .retry(Reason("http-500", "Broken."), after: nil), .again(due: due), status: 500)
        let story = try #require(try script.ledger.story(ofJob: 1))
        #expect(story.summary.status == .suppressed)
        #expect(story.summary.due == nil)
        #expect(story.attempts.map(\.outcome) == ["retry"])
        var step = DeliveryStep(now: script.now)
        step.beginning = [BeginningAttempt(job: 1, attempt: 2, repeatGuard: nil, isSynced: false)]
        guard case .settled(let settlement)? = try await script.ledger.take(step, guards: DeliveryGuards()).first else {
            Issue.record("the job may be attempted again")
            return
        }
        #expect(settlement.status == .suppressed)
        #expect(settlement.reason == "dropped")
        #expect(script.ledger.openCount == 0)
        #expect(try script.ledger.collaborators(ofCustomer: "919999900001").map(\.status) == [.unknown])
    }

    @Test func `what is settled or not there is refused`() async throws {
        var script = try LedgerScript()
        try script.take()
        try await script.settle(1, .failed)
        #expect(try script.ledger.drop(1, now: script.now) == .refused(.settled(.failed)))
        #expect(try script.ledger.drop(2, now: script.now) == .refused(.missing))
        #expect(script.ledger.openCount == 0)
    }
}
