import ActionKit
import Events
import Ledger
import Synchronization
import Testing

@testable import Delivery

@Suite(.timeLimit(.minutes(10)))
struct DispatcherKillTests {
    private static let firings = [
        "a1 a2!", "b1!", "a3", "c1@mail c2", "d1=failed d2", "e1@ e2+x", "b2 b3", "a4+x+y", "e3+x", "f1=suppressed f2!",
    ]

    private static let performed = Set([
        "a1", "a2", "b1", "a3", "c1", "c2", "e1", "e2", "b2", "b3", "a4", "f2",
    ])

    /// How often each job was performed.
    private final class World: Sendable {
        private let state = Mutex((counts: [String: Int](), attempts: [String: Int](), reports: [String]()))

        /// Every second job is refused once before it is performed.
        func perform(_ job: Job) -> DeliveryOutcome {
            state.withLock { state in
                state.attempts[job.id, default: 0] += 1
                if job.id.hasSuffix("2"), state.attempts[job.id] == 1 { return .busy(for: .zero) }
                state.counts[job.id, default: 0] += 1
                return .done
            }
        }

        func report(_ id: String) { state.withLock { $0.reports.append(id) } }

        var counts: [String: Int] { state.withLock { $0.counts } }

        var reports: [String] { state.withLock { $0.reports } }
    }

    private static func run(_ ledger: any JobLedger, _ world: World) async throws(LedgerProblem) {
        var policy = DeliveryPolicy.unhurried(concurrency: 3, windowMax: 4)
        policy.retry.delayFirst = .zero
        let dispatcher = Dispatcher(
            jobs: ledger,
            transport: NoTransport(),
            policy: policy,
            guards: DeliveryGuards(),
            keysMayChange: false,
            clock: ContinuousClock(),
            now: { Instant(milliseconds: 0) },
            jitter: { 0 }
        )
        let stage = Stage(answer: { world.perform($0) })
        try await dispatcher.run(drain: .seconds(300)) { job in
            job.work(on: stage)
        } feed: { _ in
        } report: { job, _ in
            world.report(job.job.id)
        }
    }

    @Test(arguments: 1...30, [false, true])
    func `a process that is killed loses no job, and repeats only those whose outcome nobody knows`(
        step: Int,
        isWritten: Bool
    ) async throws {
        let ledger = try Ledger.inMemory()
        try ledger.take(IntakeBatch(Self.firings), now: Instant(milliseconds: 0))
        let world = World()
        let failing = WatchedLedger(ledger, failure: WatchedLedger.Failure(step: step, isWritten: isWritten))
        do throws(LedgerProblem) {
            try await Self.run(failing, world)
        } catch {
            #expect(error == WatchedLedger.problem)
        }
        let recovery = try ledger.recover(now: Instant(milliseconds: 0))
        try await Self.run(ledger, world)
        #expect(ledger.openCount == 0)
        let counts = world.counts
        let missing = Self.performed.subtracting(counts.keys)
        // What may be done once only and was under way is not made again.
        #expect(missing.count <= recovery.unknown)
        #expect(missing.isSubset(of: ["a2", "b1", "f2"]) || recovery.unknown > 0)
        let repeats = counts.values.reduce(0) { $0 + $1 - 1 }
        #expect(repeats <= recovery.madeAgain)
        #expect(["a2", "b1", "f2"].allSatisfy { counts[$0, default: 0] <= 1 })
        #expect(Set(world.reports).count == world.reports.count)
    }

    @Test func `with real threads every job is reported once and in order`() async throws {
        let ledger = try Ledger.inMemory()
        let stage = Stage(answer: { _ in [.busy, .done, .lost].randomElement() ?? .done })
        var policy = DeliveryPolicy.unhurried(concurrency: 64, rate: 1_000_000, windowMax: 100, openMax: 150)
        policy.retry.delayFirst = .zero
        policy.retry.attemptsMax = 1_000
        let dispatcher = Dispatcher(
            ledger: ledger,
            transport: NoTransport(),
            policy: policy,
            guards: DeliveryGuards(loop: nil),
            now: { Instant(milliseconds: 0) }
        )
        let reported = Mutex<[String: [Int64]]>([:])
        try await dispatcher.run(drain: .seconds(300)) { job in
            job.work(on: stage)
        } feed: { intake in
            for number in 0..<2_000 {
                let lane = ["a", "b", "c", "d", "e", "f", "g"][number % 7]
                guard await intake.waitForRoom() else { return }
                try? ledger.take(IntakeBatch(["\(lane)\(number)"]), now: Instant(milliseconds: 0))
                intake.arrived()
            }
        } report: { job, _ in
            reported.withLock { $0[job.lane, default: []].append(job.number) }
        }
        let lanes = reported.withLock { $0 }
        #expect(lanes.values.allSatisfy { $0 == $0.sorted() })
        #expect(lanes.values.joined().sorted() == Array(1...2_000))
    }
}
