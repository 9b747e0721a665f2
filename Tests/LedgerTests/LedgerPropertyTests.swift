import ActionKit
import Events
import SeededRandom
import Testing

@testable import Ledger

/// Whatever happens in whatever order, the ledger shows what a few dictionaries show, and a kill at any moment loses nothing
/// and does nothing twice.
struct LedgerPropertyTests {
    @Test(.timeLimit(.minutes(10)), arguments: 1...8 as ClosedRange<UInt64>)
    func `it shows what the reference shows, after a kill at any moment too`(seed: UInt64) async throws {
        print("ledger: seed \(seed)")
        var walk = try LedgerWalk(seed: seed)
        for _ in 0..<40 {
            try await walk.step()
            try await walk.compare()
        }
    }
}

/// A ledger and its reference on a random way.
private struct LedgerWalk {
    private static let customers = ["919999900001", "919999900002"]
    private static let members = ["a", "b", "c"]
    private static let guards = DeliveryGuards(loop: DeliveryGuards.LoopGuard(count: 6, period: .seconds(60)))

    private let state: TemporaryState
    private var ledger: Ledger
    private var reference = LedgerReference()
    private var random: SeededGenerator
    private var now = Instant.noon
    private var eventNumber = 0

    init(seed: UInt64) throws {
        state = TemporaryState()
        ledger = try Ledger.open(state.folder)
        random = SeededGenerator(seed: seed)
    }

    mutating func step() async throws {
        now = now.advanced(by: .seconds([0, 1, 20, 100].randomElement(using: &random) ?? 0))
        switch Int.random(in: 0..<12, using: &random) {
        case 0..<3: try take(by: ledger)
        case 3: try take(by: Ledger.openBeside(state.folder))
        case 4..<8: try await begin()
        case 8..<11: try await end()
        default: try drop()
        }
    }

    private mutating func take(by ledger: Ledger) throws {
        var batch = IntakeBatch()
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            eventNumber += 1
            let customer = Self.customers.randomElement(using: &random) ?? ""
            let one = IntakeBatch.oneJob(event: "m\(eventNumber)", customer: customer)
            batch.seen += one.seen
            for var event in one.events {
                let firing = event.firings[0]
                event.firings = (0..<Int.random(in: 1...2, using: &random)).map { _ in
                    var firing = firing
                    var job = firing.jobs[0]
                    job.effect = EffectClass.allCases.randomElement(using: &random) ?? .keyed
                    firing.jobs = Array(repeating: job, count: Int.random(in: 1...3, using: &random))
                    return firing
                }
                batch.events.append(event)
            }
        }
        try ledger.take(batch, now: now)
        reference.take(batch)
    }

    private mutating func begin() async throws {
        let idle = reference.jobs.filter { !$0.value.isUnderWay }.keys.sorted()
        guard let number = idle.randomElement(using: &random) else { return }
        let asked = Self.members.filter { _ in Bool.random(using: &random) }
        let attempt = (reference.jobs[number]?.attempts ?? 0) + 1
        let period = Duration.seconds([10, 1000].randomElement(using: &random) ?? 0)
        let before = reference.jobs[number]?.status
        let permission = try await ledger.begin(
            number,
            attempt: attempt,
            for: asked,
            within: period,
            isSynced: Bool.random(using: &random),
            now: now,
            guards: Self.guards
        )
        let loop = Self.guards.loop ?? DeliveryGuards.LoopGuard()
        let expected = reference.begin(number, for: asked, within: period, loop: loop, now: now)
        let shown =
            switch permission {
            case .granted: "granted"
            case .narrowed(let rest): "narrowed \(rest)"
            // A job that is settled already is told as it is.
            case .settled(let settlement) where before == settlement.status.rawValue: "gone"
            case .settled(let settlement): settlement.reason ?? ""
            case .gone, nil: "gone"
            }
        #expect(shown == expected)
    }

    private mutating func end() async throws {
        let running = reference.jobs.filter(\.value.isUnderWay).keys.sorted()
        guard let number = running.randomElement(using: &random), let job = reference.jobs[number] else { return }
        let why = Reason("some", "Some reason.")
        let some = job.asked.filter { _ in Bool.random(using: &random) }
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1:
            let receipt = Receipt(reached: job.asked, detail: "All.")
            try await ledger.end(number, attempt: job.attempts, .delivered(receipt), now: now)
            reference.end(number, status: "delivered", isUnknown: false, reached: job.asked, now: now)
        case 2:
            let receipt = Receipt(reached: some, detail: "Some.")
            try await ledger.end(number, attempt: job.attempts, .partial(receipt), now: now)
            reference.end(number, status: "partial", isUnknown: false, reached: some, now: now)
        case 3:
            try await ledger.end(number, attempt: job.attempts, .rejected(why), now: now)
            reference.end(number, status: "failed", isUnknown: false, reached: [], now: now)
        case 4:
            try await ledger.end(number, attempt: job.attempts, .unknown(why), .again(due: now), now: now)
            reference.end(number, status: nil, isUnknown: true, reached: [], now: now)
        default:
            try await ledger.end(number, attempt: job.attempts, .unauthorized(why), .takenBack, now: now)
            reference.takeBack(number)
        }
    }

    /// Another process drops a job.
    private mutating func drop() throws {
        guard let number = reference.openJobs.randomElement(using: &random) else { return }
        let beside = try Ledger.openBeside(state.folder)
        try beside.change("UPDATE job SET status = 'suppressed', reason = 'dropped' WHERE number = \(number)")
        try beside.change("DELETE FROM queue WHERE job = \(number)")
        reference.drop(number)
        try ledger.recount()
    }

    mutating func compare() async throws {
        try ledger.recount()
        #expect(try ledger.referenceLines() == reference.lines)
        #expect(ledger.openCount == reference.openJobs.count)
        let limit = Int.random(in: 1...9, using: &random)
        try await expectQueue(of: ledger, reference, limit: limit)

        let killed = try state.copy()
        let restarted = try Ledger.open(killed.folder)
        #expect(try restarted.referenceLines() == reference.lines)
        var recovered = reference
        recovered.recover()
        _ = try restarted.recover(now: now)
        #expect(try restarted.referenceLines() == recovered.lines)
        #expect(restarted.openCount == recovered.openJobs.count)
        #expect(try restarted.recover(now: now) == Recovery())
        try await expectQueue(of: restarted, recovered, limit: limit)
        let seen = try restarted.wereSeen((0...eventNumber + 1).map { EventDigest(id: "m\($0)") })
        #expect(seen == [false] + Array(repeating: true, count: eventNumber) + [false])
        if Int.random(in: 0..<8, using: &random) == 0 {
            _ = try ledger.recover(now: now)
            reference.recover()
        }
    }

    /// Pages of any length give all open jobs in their order, and tear no firing apart.
    private func expectQueue(of ledger: Ledger, _ reference: LedgerReference, limit: Int) async throws {
        var jobs: [QueuedJob] = []
        var end: Int64 = 0
        while true {
            let page = try await ledger.queued(behind: end, limit: limit)
            if let last = jobs.last, let next = page.jobs.first { #expect(last.firing != next.firing) }
            jobs += page.jobs
            end = page.end
            if page.isLast { break }
            #expect(!page.jobs.isEmpty)
        }
        #expect(jobs.map(\.number) == reference.openJobs)
        #expect(jobs.map(\.history.attempts) == reference.openJobs.map { reference.jobs[$0]?.attempts })
        #expect(jobs.map(\.history.mayBeDone) == reference.openJobs.map { reference.jobs[$0]?.mayBeDone })
    }
}
