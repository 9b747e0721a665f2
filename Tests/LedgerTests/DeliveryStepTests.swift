import ActionKit
import Events
import Testing

@testable import Ledger

/// What may begin, and what is known of what ended.
struct DeliveryStepTests {
    private let ledger: Ledger

    init() throws {
        ledger = try Ledger.inMemory()
        for number in 1...4 { try ledger.take(.oneJob(event: "m\(number)"), now: .noon) }
    }

    private func members() throws -> [String] {
        try ledger.lines("SELECT member, job, status, delivered_job FROM membership ORDER BY member")
    }

    private static func later(_ seconds: Int) -> Instant { .noon.advanced(by: .seconds(seconds)) }

    @Test func `who was added lately is not added again, and the others are`() async throws {
        #expect(try await ledger.begin(1, for: ["a", "b"]) == .granted)
        try await ledger.end(1, .partial(.reached("a")))
        #expect(try members() == ["a|1|delivered|1", "b|1|failed|-"])
        #expect(try await ledger.begin(2, for: ["a", "b"], now: Self.later(60)) == .narrowed(["b"]))
        try await ledger.end(2, .delivered(.reached("b")), now: Self.later(60))
        #expect(try members() == ["a|1|delivered|1", "b|2|delivered|2"])
        #expect(
            try await ledger.begin(3, for: ["a"], now: Self.later(3599))
                == .settled(
                    Settlement(
                        .suppressed,
                        reason: "already-done",
                        detail: "It was done for a on 2026-01-07T06:30:00Z by rule 'refund' (job 1).",
                        attempts: 0
                    )
                )
        )
        #expect(try await ledger.begin(4, for: ["a"], now: Self.later(3600)) == .granted)
        #expect(ledger.openCount == 1)
    }

    @Test func `what was done on the same event is not done again, however short the period`() async throws {
        let ledger = try Ledger.inMemory()
        var batch = IntakeBatch.oneJob()
        batch.events[0].firings += batch.events[0].firings
        try ledger.take(batch, now: .noon)
        #expect(try await ledger.begin(1, for: ["a"], within: .zero) == .granted)
        try await ledger.end(1, .delivered(.reached("a")))
        let second = try await ledger.begin(2, for: ["a"], within: .zero, now: Self.later(86_400))
        guard case .settled(let settlement) = second else {
            Issue.record("it was done twice")
            return
        }
        #expect(settlement.reason == "already-done")
    }

    @Test func `what ended without an attempt of its own is known for those it was for`() async throws {
        _ = try await ledger.begin(1, for: ["a"])
        try await ledger.end(1, .retry(Reason("http-500", "It is down.")), .again(due: Self.later(60)))
        #expect(try members() == ["a|1|-|-"])
        var step = DeliveryStep(now: Self.later(100))
        step.settled = [SettledJob(job: 1, settlement: Settlement(.failed, reason: "too-old", attempts: 1))]
        _ = try await ledger.take(step, guards: DeliveryGuards())
        #expect(try members() == ["a|1|failed|-"])
    }

    @Test func `an attempt that ends after a person dropped its job still tells for whom it was done`() async throws {
        _ = try await ledger.begin(1, for: ["a"])
        try ledger.change("UPDATE job SET status = 'suppressed' WHERE number = 1; DELETE FROM queue WHERE job = 1")
        try await ledger.end(1, .delivered(.reached("a")))
        #expect(try members() == ["a|1|delivered|1"])
        #expect(try ledger.lines("SELECT status FROM job WHERE number = 1") == ["suppressed"])
        let settlement = Settlement(.suppressed, attempts: 1)
        #expect(try await ledger.begin(1, attempt: 2) == .settled(settlement))
        try ledger.change("DELETE FROM job")
        #expect(try await ledger.begin(1, attempt: 2) == .gone)
    }

    @Test func `a conversation with too many jobs is stopped until it is quiet`() async throws {
        let guards = DeliveryGuards(loop: DeliveryGuards.LoopGuard(count: 2, period: .seconds(600)))
        #expect(try await ledger.begin(1, guards: guards) == .granted)
        #expect(try await ledger.begin(2, now: Self.later(1), guards: guards) == .granted)
        let stopped = Settlement(
            .suppressed,
            reason: "loop-guard",
            detail: """
                More than 2 jobs for this conversation in 10m: it looks like a loop, and the conversation is stopped until it \
                is quiet for that long.
                """,
            attempts: 0
        )
        #expect(try await ledger.begin(3, now: Self.later(599), guards: guards) == .settled(stopped))
        #expect(try await ledger.begin(1, attempt: 2, now: Self.later(599), guards: guards) == .granted)
        #expect(try await ledger.begin(4, now: Self.later(601), guards: guards) == .granted)
    }

    @Test func `what is too old is not begun, but what was begun goes on`() async throws {
        let guards = DeliveryGuards(eventAgeMax: .seconds(60))
        #expect(try await ledger.begin(1, now: Self.later(60), guards: guards) == .granted)
        #expect(try await ledger.begin(1, attempt: 2, now: Self.later(90), guards: guards) == .granted)
        let detail = "The event is older than 1m, which 'max_event_age' sets as the limit."
        let stale = Settlement(.suppressed, reason: "stale", detail: detail, attempts: 0)
        #expect(try await ledger.begin(2, now: Self.later(61), guards: guards) == .settled(stale))
    }

    // MARK: - Attempts that are taken back

    private static let locked = DeliveryOutcome.unauthorized(Reason("unauthorized", "The key is wrong."))

    private func job(_ number: Int64) async throws -> QueuedJob? {
        try await ledger.queued(behind: 0, limit: 10).jobs.first { $0.number == number }
    }

    @Test func `however often the key is refused, the job is as new and one attempt is on record`() async throws {
        for restart in 0..<20 {
            #expect(try await ledger.begin(1, now: Self.later(restart)) == .granted)
            try await ledger.end(1, Self.locked, .takenBack, now: Self.later(restart))
        }
        let reason = Reason("unauthorized", "The key is wrong.")
        #expect(try await job(1)?.history == AttemptHistory(lastReason: reason))
        let attempts = try ledger.lines("SELECT number, outcome, ended_at FROM attempt")
        #expect(attempts == ["1|unauthorized|\(Self.later(19).milliseconds)"])
    }

    @Test func `an attempt that is taken back leaves those before it`() async throws {
        _ = try await ledger.begin(1)
        try await ledger.end(1, .unknown(Reason("timeout", "No answer.")), .again(due: Self.later(1)))
        for time in [10, 20] {
            #expect(try await ledger.begin(1, attempt: 2, now: Self.later(time)) == .granted)
            try await ledger.end(1, attempt: 2, Self.locked, .takenBack, now: Self.later(time))
        }
        let reason = Reason("unauthorized", "The key is wrong.")
        let history = AttemptHistory(attempts: 1, began: .noon, lastReason: reason, mayBeDone: true)
        #expect(try await job(1)?.history == history)
        #expect(try ledger.lines("SELECT number, outcome FROM attempt") == ["1|unknown", "2|unauthorized"])
    }

    @Test func `a job whose only attempt was taken back is none of a loop`() async throws {
        let guards = DeliveryGuards(loop: DeliveryGuards.LoopGuard(count: 1, period: .seconds(600)))
        #expect(try await ledger.begin(1, guards: guards) == .granted)
        try await ledger.end(1, Self.locked, .takenBack)
        #expect(try await ledger.begin(2, guards: guards) == .granted)
    }

    @Test func `who was asked for by an attempt that was taken back is known when its job may not begin`() async throws
    {
        _ = try await ledger.begin(1, for: ["a"])
        try await ledger.end(1, Self.locked, .takenBack)
        #expect(try members() == ["a|1|-|-"])
        let permission = try await ledger.begin(
            1,
            for: ["a"],
            now: Self.later(61),
            guards: DeliveryGuards(eventAgeMax: .seconds(60))
        )
        guard case .settled(let settlement) = permission else {
            Issue.record("it began: \(String(describing: permission))")
            return
        }
        #expect(settlement.reason == "stale")
        #expect(settlement.attempts == 0)
        #expect(try members() == ["a|1|suppressed|-"])
    }

    @Test func `an attempt that was taken back and begun again and cut off may have done it`() async throws {
        _ = try await ledger.begin(1)
        try await ledger.end(1, Self.locked, .takenBack)
        _ = try await ledger.begin(1)
        #expect(try ledger.recover(now: .noon).madeAgain == 1)
        #expect(try await job(1)?.history.mayBeDone == true)
        #expect(try ledger.lines("SELECT number, outcome FROM attempt") == ["1|unknown"])
    }

    // MARK: - The queue

    @Test func `what waits for a destination is left out of the queue, with what stands behind it`() async throws {
        let ledger = try Ledger.inMemory()
        for (event, customer, destination) in [("m1", "1", "x"), ("m2", "1", "y"), ("m3", "2", "y"), ("m4", "1", "x")] {
            var batch = IntakeBatch.oneJob(event: event, customer: customer)
            batch.events[0].firings[0].jobs[0].destination = destination
            try ledger.take(batch, now: .noon)
        }
        for (avoided, expected) in [([], [1, 2, 3, 4]), (["y"], [1]), (["x"], [3]), (["x", "y"], [])] {
            let page = try await ledger.queued(behind: 0, limit: 10, avoiding: Set(avoided))
            #expect(page.jobs.map(\.number) == expected.map(Int64.init))
        }
    }

    @Test func `a page ends behind all that was left out of it, so that it is not read again`() async throws {
        #expect(try await ledger.queued(behind: 0, limit: 10, avoiding: ["doubletick"]).end == 4)
        #expect(try await ledger.queued(behind: 0, limit: 10).end == 4)
        #expect(try await ledger.queued(behind: 0, limit: 2).end == 2)
        try await ledger.deliverAll()
        #expect(try await ledger.queued(behind: 4, limit: 10, avoiding: ["doubletick"]).end == 4)
        try ledger.take(.oneJob(event: "m5"), now: .noon)
        #expect(try await ledger.queued(behind: 4, limit: 10).jobs.map(\.number) == [5])
    }

    @Test func `a lane is read by itself, in the order of the queue and in whole firings`() async throws {
        let ledger = try Ledger.inMemory()
        for (event, customer, destination) in [
            ("m1", "1", "x"), ("m2", "2", "x"), ("m3", "1", "y"), ("m4", "1", "x"), ("m5", "1", "x"), ("m6", "1", "y"),
        ] {
            var batch = IntakeBatch.oneJob(event: event, customer: customer)
            batch.events[0].firings[0].jobs[0].destination = destination
            if event == "m4" { batch.events[0].firings[0].jobs += batch.events[0].firings[0].jobs }
            try ledger.take(batch, now: .noon)
        }
        // The first one is sent again, and stands at the end.
        _ = try await ledger.begin(1)
        try await ledger.end(1, .rejected(Reason("bad-request", "No.")))
        _ = try ledger.retry([1])
        for (position, limit, avoided, expected, isLast) in [
            (0, 10, [], [3, 4, 5, 6, 7, 1], true), (0, 1, [], [3], false), (0, 2, [], [3], false),
            (0, 3, [], [3, 4, 5], false), (3, 1, [], [4, 5], false), (3, 10, [], [4, 5, 6, 7, 1], true),
            (0, 10, ["x"], [3], true), (0, 1, ["x"], [3], true), (0, 10, ["y"], [], true), (8, 10, [], [], true),
        ] as [(Int64, Int, [String], [Int64], Bool)] {
            let page = try await ledger.queued(
                behind: position,
                limit: limit,
                avoiding: Set(avoided),
                lane: "919999900000:1"
            )
            #expect(page.jobs.map(\.number) == expected, "behind \(position), at most \(limit), without \(avoided)")
            #expect(page.isLast == isLast, "behind \(position), at most \(limit), without \(avoided)")
        }
    }

    @Test func `a firing of which a job waits for a destination is left out whole`() async throws {
        let ledger = try Ledger.inMemory()
        var batch = IntakeBatch.oneJob()
        var first = batch.events[0].firings[0].jobs[0]
        first.destination = "y"
        batch.events[0].firings[0].jobs.insert(first, at: 0)
        try ledger.take(batch, now: .noon)
        #expect(try await ledger.queued(behind: 0, limit: 10, avoiding: ["doubletick"]).jobs == [])
        #expect(try await ledger.queued(behind: 0, limit: 10, avoiding: ["z"]).jobs.map(\.number) == [1, 2])
    }
}
