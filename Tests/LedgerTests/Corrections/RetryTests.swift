import ActionKit
import Events
import Testing

@testable import Ledger

/// Jobs that were not done go back into the queue; others stay as they are.
struct RetryTests {
    @Test func `a failed job goes to the end of the queue with its attempts counted anew`() async throws {
        var script = try LedgerScript()
        try script.take(event: "a")
        try script.take(event: "b", customer: "919999900002")
        try await script.settle(1, .failed)
        #expect(try script.ledger.retry([1]).map(\.answer) == [.queued(reopened: [])])
        #expect(try script.queue() == [2, 1])
        #expect(script.ledger.openCount == 2)
        let job = try #require(try script.ledger.waiting(behind: 0, limit: 10).jobs.last)
        #expect(job.history == AttemptHistory())
        #expect(job.destination == "doubletick")
    }

    @Test func `attempts go on from where they were, however often a job is sent again`() async throws {
        var script = try LedgerScript()
        try script.take()
        for _ in 1...3 {
            try await script.settle(1, .failed)
            _ = try script.ledger.retry([1])
        }
        try await script.settle(1, .delivered)
        let story = try #require(try script.ledger.story(ofJob: 1))
        #expect(story.attempts.map(\.number) == [1, 2, 3, 4])
        #expect(story.attempts.map(\.outcome) == ["rejected", "rejected", "rejected", "delivered"])
        #expect(story.attempts.map(\.began) == story.attempts.map(\.began).sorted())
        #expect(story.summary.status == .delivered)
    }

    @Test func `later jobs of the firing that were held back follow it`() async throws {
        var script = try LedgerScript()
        try script.take(jobs: 3)
        try await script.settle(1, .failed, heldBack: [2, 3])
        #expect(script.ledger.openCount == 0)
        #expect(try script.ledger.retry([1]).map(\.answer) == [.queued(reopened: [2, 3])])
        #expect(try script.queue() == [1, 2, 3])
        #expect(script.ledger.openCount == 3)
        #expect(try script.ledger.waiting(behind: 0, limit: 10).jobs.map(\.firing) == [1, 1, 1])
    }

    @Test func `a job that another one holds back stays held back`() async throws {
        var script = try LedgerScript()
        try script.take(jobs: 3)
        try await script.settle(1, .partial)
        try await script.settle(2, .failed, heldBack: [3])
        #expect(try script.ledger.retry([1]).map(\.answer) == [.queued(reopened: [])])
        #expect(try script.ledger.retry([2]).map(\.answer) == [.queued(reopened: [3])])
        #expect(try script.queue() == [1, 2, 3])
    }

    @Test func `an unknown job stays one that may be done`() async throws {
        var script = try LedgerScript()
        try script.take()
        try await script.settle(1, .unknown)
        _ = try script.ledger.retry([1])
        #expect(try script.ledger.waiting(behind: 0, limit: 1).jobs.first?.history.mayBeDone == true)
    }

    @Test func `what cannot fail or cannot be sent is refused`() async throws {
        var script = try LedgerScript()
        try script.take(event: "open")
        try script.take(event: "done")
        try await script.settle(2, .delivered)
        let missing = Settlement(.failed, reason: "missing: order", attempts: 0)
        try script.take(event: "unrendered", verdict: missing)
        var step = DeliveryStep(now: script.now)
        step.settled = [SettledJob(job: 3, settlement: missing)]
        try script.take(event: "shadow")
        step.settled.append(SettledJob(job: 4, settlement: Settlement(.suppressed, reason: "shadow", attempts: 0)))
        _ = try await script.ledger.take(step, guards: DeliveryGuards())
        try script.take(event: "once", customer: "919999900005", effect: .atMostOnce)
        try await script.settle(5, .unknown)
        #expect(
            try script.ledger.retry([1, 2, 3, 4, 5, 6]).map(\.answer) == [
                .refused(.open), .refused(.delivered), .refused(.neverRendered("missing: order")),
                .refused(.suppressed("shadow")), .refused(.mightBeDoneTwice), .refused(.missing),
            ]
        )
        #expect(try script.queue() == [1])
        #expect(try script.ledger.retry([5], evenIfDone: true).map(\.answer) == [.queued(reopened: [])])
    }

    @Test func `many jobs are put back in several transactions, each once`() async throws {
        var script = try LedgerScript()
        for number in 1...450 { try script.take(event: "m\(number)", customer: "9199999\(10_000 + number)") }
        for number in 1...450 { try await script.settle(Int64(number), .failed) }
        let answers = try script.ledger.retry(Array(1...450) + [1, 2])
        #expect(answers.map(\.job) == Array(1...450))
        #expect(try script.queue() == Array(1...450))
        #expect(script.ledger.openCount == 450)
    }

    @Test func `a run beside it notices`() async throws {
        let folder = try StateOnDisk()
        var script = LedgerScript(try Ledger.open(folder.state))
        try script.take()
        try await script.settle(1, .failed)
        let before = try script.ledger.recount()
        _ = try Ledger.openBeside(folder.state).retry([1])
        #expect(try script.ledger.recount() != before)
        #expect(try script.queue() == [1])
    }
}
