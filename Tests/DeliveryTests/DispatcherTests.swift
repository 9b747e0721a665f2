import ActionKit
import Events
import Ledger
import Synchronization
import Testing

@testable import Delivery

@Suite(.timeLimit(.minutes(10)))
struct DispatcherTests {
    // MARK: - Order and concurrency

    @Test func `jobs of one lane are performed in order, one at a time`() async throws {
        let rig = try Rig()
        try await rig.start(["a1 a2", "a3"])
        #expect(rig.takeLog() == ["a1 begins"])
        await rig.end("a1")
        #expect(rig.takeLog() == ["a1 delivered x1", "a2 begins"])
        await rig.end("a2")
        #expect(rig.takeLog() == ["a2 delivered x1", "a3 begins"])
        await rig.end("a3")
        #expect(rig.takeLog() == ["a3 delivered x1", "over"])
        #expect(rig.openCount == 0)
    }

    @Test func `as many lanes as allowed are at work at once, and the next one follows when one ends`() async throws {
        let rig = try Rig(.unhurried(concurrency: 2))
        try await rig.start(["a1", "b1", "c1", "d1"])
        #expect(rig.takeLog() == ["a1 begins", "b1 begins"])
        await rig.end("b1")
        #expect(rig.takeLog() == ["b1 delivered x1", "c1 begins"])
        await rig.end("a1")
        await rig.end("c1")
        await rig.end("d1")
        #expect(rig.takeLog() == ["a1 delivered x1", "d1 begins", "c1 delivered x1", "d1 delivered x1", "over"])
    }

    @Test func `a lane with many jobs takes turns with the others`() async throws {
        let rig = try Rig(.unhurried(concurrency: 1))
        try await rig.start(["a1 a2", "b1"])
        for id in ["a1", "b1", "a2"] { await rig.end(id) }
        #expect(rig.takeLog().filter { $0.hasSuffix("begins") } == ["a1 begins", "b1 begins", "a2 begins"])
    }

    @Test func `nothing to do, no waiting`() async throws {
        let rig = try Rig()
        try await rig.start([])
        #expect(rig.takeLog() == ["over"])
        #expect(rig.steps == 0)
    }

    @Test func `what happens together is written together`() async throws {
        let rig = try Rig()
        try await rig.start(["a1", "b1", "c1", "d1"])
        #expect(rig.steps == 1)
        await rig.end(together: ["a1", "b1", "c1", "d1"])
        #expect(rig.steps == 2)
        #expect(rig.takeLog().last == "over")
    }

    // MARK: - Pulling

    @Test func `jobs that arrive later are performed too`() async throws {
        let rig = try Rig()
        try await rig.start(["a1"], isInputOpen: true)
        try await rig.add(["a2", "b1"])
        await rig.end("b1")
        await rig.end("a1")
        await rig.end("a2")
        await rig.endInput()
        #expect(
            rig.takeLog() == [
                "a1 begins", "b1 begins", "b1 delivered x1", "a1 delivered x1", "a2 begins", "a2 delivered x1", "over",
            ]
        )
    }

    @Test(arguments: [1, 2, 3, 5, 100])
    func `however small the window, everything comes through it in order`(windowMax: Int) async throws {
        let rig = try Rig(.unhurried(windowMax: windowMax))
        try await rig.start(["a1 a2", "b1", "a3", "c1=failed", "b2 b3 b4", "c2"])
        var isOver = false
        var begun: [String] = []
        while !isOver {
            let log = rig.takeLog()
            isOver = log.contains("over")
            let ids = log.filter { $0.hasSuffix("begins") }.map { String($0.prefix(2)) }
            begun += ids
            for id in ids { await rig.end(id) }
            guard isOver || !ids.isEmpty else { break }
        }
        #expect(isOver)
        #expect(begun.filter { $0.hasPrefix("a") } == ["a1", "a2", "a3"])
        #expect(begun.filter { $0.hasPrefix("b") } == ["b1", "b2", "b3", "b4"])
        #expect(begun.filter { $0.hasPrefix("c") } == ["c2"])
        #expect(rig.openCount == 0)
    }

    @Test func `a long lane whose first job fails leaves room for the others`() async throws {
        let rig = try Rig(.unhurried(windowMax: 40, laneMax: 10))
        try await rig.start((1...60).map { "a\($0)" } + ["b1", "b2"], isInputOpen: true)
        for _ in 1...5 {
            await rig.end("a1", .busy)
            await rig.advance(by: .seconds(60))
        }
        try await rig.add(["c1"])
        for id in ["b1", "b2", "c1"] { await rig.end(id) }
        #expect(rig.takeLog().filter { $0.hasSuffix("delivered x1") }.count == 3)
        await rig.stop()
    }

    @Test(arguments: [1, 2, 3, 10, 1_000])
    func `a long lane comes in order, with what is put behind it, and is not read again and again`(
        laneMax: Int
    ) async throws {
        let rig = try Rig(.unhurried(windowMax: 500, laneMax: laneMax))
        try await rig.start((1...200).map { "a\($0)" }, isInputOpen: true)
        await rig.end("a1", .refused)
        for number in 2...100 { await rig.end("a\(number)") }
        try await rig.sendAgain(1)
        try await rig.add(["a201 a202", "a203"])
        for number in 101...200 { await rig.end("a\(number)") }
        for id in ["a1", "a201", "a202", "a203"] { await rig.end(id) }
        await rig.endInput()
        let begun = rig.takeLog().filter { $0.hasSuffix(" begins") }.compactMap { Int($0.dropFirst().dropLast(7)) }
        #expect(begun == Array(1...200) + [1, 201, 202, 203])
        #expect(rig.openCount == 0)
        #expect(rig.jobsRead <= 2 * 204)
    }

    @Test func `a long lane whose destination is paused comes back with another key`() async throws {
        let rig = try Rig(.unhurried(laneMax: 4))
        let firings = (1...20).map { $0 % 3 == 0 ? "a\($0)@mail" : "a\($0)" }
        try await rig.start(firings, isInputOpen: true)
        for number in 1...5 { await rig.end("a\(number)") }
        await rig.end("a6", .locked)
        await rig.resume("mail")
        for number in 6...20 { await rig.end("a\(number)") }
        await rig.endInput()
        let begun = rig.takeLog().filter { $0.hasSuffix(" begins") }.compactMap { Int($0.dropFirst().dropLast(7)) }
        #expect(begun == Array(1...6) + Array(6...20))
        #expect(rig.openCount == 0)
    }

    // MARK: - Back-pressure

    @Test func `while reports find no room nothing begins, and what is under way ends`() async throws {
        let rig = try Rig(.unhurried(concurrency: 2))
        try await rig.start(["a1", "b1", "c1"])
        rig.fillReports()
        await rig.end("a1")
        try await rig.add(["d1"])
        await rig.end("b1")
        #expect(rig.takeLog() == ["a1 begins", "b1 begins", "a1 delivered x1", "b1 delivered x1"])
        #expect(rig.openCount == 2)
        await rig.emptyReports()
        await rig.end("c1")
        await rig.end("d1")
        #expect(rig.takeLog() == ["c1 begins", "d1 begins", "c1 delivered x1", "d1 delivered x1", "over"])
    }

    @Test func `a stop ends a run whose reports find no room`() async throws {
        let rig = try Rig(.unhurried(concurrency: 1))
        try await rig.start(["a1", "b1"])
        rig.fillReports()
        await rig.stop()
        await rig.end("a1")
        #expect(rig.takeLog() == ["a1 begins", "a1 delivered x1", "over"])
        #expect(rig.openCount == 1)
    }

    @Test func `reading waits while too many jobs are open`() async throws {
        let rig = try Rig(.unhurried(concurrency: 1, openMax: 2))
        try await rig.start(["a1", "b1", "c1"], isInputOpen: true)
        await rig.waitForRoom(as: "more")
        #expect(rig.takeLog() == ["a1 begins"])
        await rig.end("a1")
        #expect(rig.takeLog() == ["a1 delivered x1", "b1 begins"])
        await rig.end("b1")
        #expect(rig.takeLog() == ["b1 delivered x1", "c1 begins", "room for more"])
        await rig.stop()
        await rig.waitForRoom(as: "others")
        #expect(rig.takeLog() == ["no room for others"])
    }

    @Test(arguments: [true, false])
    func `nobody waits for room that only another key could make, unless there may be one`(
        keysMayChange: Bool
    ) async throws {
        let rig = try Rig(.unhurried(openMax: 2), keysMayChange: keysMayChange)
        try await rig.start(["a1", "b1", "c1@mail"], isInputOpen: true)
        await rig.waitForRoom(as: "more")
        await rig.end("a1", .locked)
        await rig.end("b1", .locked)
        _ = rig.takeLog()
        // Two are open still: room could come of the third only.
        await rig.end("c1", .refused)
        #expect(rig.takeLog() == ["c1 failed:bad-request x1"] + (keysMayChange ? [] : ["no room for more"]))
        await rig.stop()
    }

    // MARK: - Further attempts

    @Test func `a job that waits for another attempt holds its lane, but none of the places`() async throws {
        let rig = try Rig(.unhurried(concurrency: 1))
        try await rig.start(["a1", "a2", "b1"])
        await rig.end("a1", .busy)
        #expect(rig.takeLog() == ["a1 begins", "b1 begins"])
        await rig.end("b1")
        await rig.advance(by: .milliseconds(999))
        #expect(rig.takeLog() == ["b1 delivered x1"])
        await rig.advance(by: .milliseconds(1))
        #expect(rig.takeLog() == ["a1 begins"])
        await rig.end("a1")
        await rig.end("a2")
        #expect(rig.takeLog() == ["a1 delivered x2", "a2 begins", "a2 delivered x1", "over"])
    }

    @Test func `the pace is kept, and one timer serves all who wait for it`() async throws {
        let rig = try Rig(.unhurried(rate: 2))
        try await rig.start(["a1", "b1", "c1", "d1", "e1", "f1@mail", "g1@"], isInputOpen: true)
        #expect(Set(rig.takeLog()) == ["a1 begins", "b1 begins", "f1 begins", "g1 begins"])
        #expect(rig.sleepers == 1)
        await rig.advance(by: .milliseconds(999))
        #expect(rig.takeLog() == [])
        await rig.advance(by: .milliseconds(1))
        #expect(rig.takeLog() == ["c1 begins", "d1 begins"])
        await rig.advance(by: .seconds(1))
        #expect(rig.takeLog() == ["e1 begins"])
        #expect(rig.sleepers == 0)
        for id in ["a1", "b1", "c1", "d1", "e1", "f1", "g1"] { await rig.end(id) }
        await rig.endInput()
        #expect(rig.takeLog().last == "over")
    }

    @Test func `a clock that wakes too early does no harm`() async throws {
        let rig = try Rig()
        try await rig.start(["a1"], isInputOpen: true)
        await rig.end("a1", .busy)
        await rig.wakeTooEarly()
        await rig.advance(by: .milliseconds(999))
        #expect(rig.takeLog() == ["a1 begins"])
        await rig.advance(by: .milliseconds(1))
        #expect(rig.takeLog() == ["a1 begins"])
    }

    @Test func `who waits for longer than a clock can sleep sleeps several times`() async throws {
        let decade = Duration.seconds(86_400 * 3_650)
        var policy = DeliveryPolicy.unhurried()
        policy.retry.giveUpAfter = decade * 10
        policy.retry.askedMax = decade * 10
        let rig = try Rig(policy)
        try await rig.start(["a1"], isInputOpen: true)
        await rig.end("a1", .busy(for: decade * 2.5))
        #expect(rig.nextWaking == decade)
        await rig.advance(by: decade * 2)
        #expect(rig.nextWaking == decade * 2.5)
        #expect(rig.takeLog() == ["a1 begins"])
        await rig.advance(by: decade)
        #expect(rig.takeLog() == ["a1 begins"])
    }

    // MARK: - A refused key

    @Test func `jobs for a destination that refuses the key stay in the ledger, and the run does not wait for them`()
        async throws
    {
        let rig = try Rig(.unhurried(concurrency: 3))
        try await rig.start(["a1 a2", "a3@mail", "b1", "c1@mail", "d1"])
        await rig.end("c1")
        #expect(rig.takeLog() == ["c1 begins", "a1 begins", "b1 begins", "c1 delivered x1", "d1 begins"])
        await rig.end("a1", .locked)
        #expect(rig.takeLog() == ["doubletick paused: unauthorized"])
        await rig.end("b1")
        await rig.end("d1", .busy)
        #expect(rig.takeLog() == ["b1 delivered x1", "over"])
        #expect(rig.openCount == 4)
        try await rig.start([])
        for id in ["a1", "a2", "a3"] { await rig.end(id) }
        await rig.advance(by: .seconds(1))
        await rig.end("d1")
        #expect(
            rig.takeLog() == [
                "a1 begins", "a1 delivered x1", "a2 begins", "a2 delivered x1", "a3 begins", "a3 delivered x1",
                "d1 begins", "d1 delivered x2", "over",
            ]
        )
    }

    @Test func `however many runs have the wrong key, the one with the right key has all attempts left`() async throws {
        var policy = DeliveryPolicy.unhurried()
        policy.retry.attemptsMax = 2
        let rig = try Rig(policy)
        for run in 0..<13 {
            try await rig.start(run == 0 ? ["a1+x"] : [])
            await rig.end("a1", .locked)
            await rig.advance(by: .seconds(86_400))
        }
        _ = rig.takeLog()
        try await rig.start([])
        await rig.end("a1", .busy)
        await rig.advance(by: .seconds(1))
        await rig.end("a1")
        #expect(rig.takeLog() == ["a1+x begins", "a1+x begins", "a1 delivered x2", "over"])
    }

    @Test func `with another key they come back, each once and in order`() async throws {
        let rig = try Rig(.unhurried(concurrency: 3))
        try await rig.start(["a1 a2", "b1", "b2", "c1@mail", "a3@mail"], isInputOpen: true)
        await rig.end("a1", .locked)
        try await rig.add(["b3", "c2@mail"])
        await rig.end("c1")
        #expect(
            rig.takeLog() == [
                "c1 begins", "a1 begins", "b1 begins", "doubletick paused: unauthorized", "c1 delivered x1",
                "c2 begins",
            ]
        )
        await rig.resume("doubletick")
        await rig.resume("doubletick")
        for id in ["b1", "c2", "a1", "b2", "a2", "b3", "a3"] { await rig.end(id) }
        await rig.endInput()
        #expect(
            rig.takeLog() == [
                "doubletick resumed", "a1 begins", "b1 delivered x1", "b2 begins", "c2 delivered x1", "a1 delivered x1",
                "a2 begins", "b2 delivered x1", "b3 begins", "a2 delivered x1", "a3 begins", "b3 delivered x1",
                "a3 delivered x1", "over",
            ]
        )
        #expect(rig.openCount == 0)
    }

    @Test func `what stood behind the last attempt of a paused destination comes when that is settled`() async throws {
        let rig = try Rig()
        try await rig.start(["a1", "b1"], isInputOpen: true)
        await rig.end("a1", .locked)
        try await rig.add(["b2@mail"])
        #expect(rig.takeLog() == ["a1 begins", "b1 begins", "doubletick paused: unauthorized"])
        await rig.end("b1")
        #expect(rig.takeLog() == ["b1 delivered x1", "b2 begins"])
        await rig.stop()
    }

    @Test func `what stood behind a job of a paused destination comes when a person drops that`() async throws {
        let rig = try Rig()
        try await rig.start(["a1", "a2@mail", "b1"], isInputOpen: true)
        await rig.end("a1", .locked)
        await rig.end("b1")
        #expect(
            rig.takeLog() == [
                "a1 begins", "b1 begins", "doubletick paused: unauthorized", "b1 delivered x1",
            ]
        )
        try await rig.drop(1)
        #expect(rig.takeLog() == ["a2 begins"])
        await rig.stop()
    }

    @Test func `a destination that fails is told of once, and again when it works`() async throws {
        let rig = try Rig(.unhurried(concurrency: 1, failures: 2))
        try await rig.start(["a1", "b1"], isInputOpen: true)
        await rig.end("a1", .busy)
        await rig.end("b1", .lost)
        await rig.advance(by: .seconds(1))
        await rig.end("a1", .busy)
        await rig.advance(by: .seconds(2))
        await rig.end("b1")
        #expect(
            rig.takeLog() == [
                "a1 begins", "b1 begins", "doubletick opened: timeout", "a1 begins", "b1 begins", "doubletick closed",
                "b1 delivered x2", "a1 begins",
            ]
        )
    }

    // MARK: - Guards

    @Test func `what is done for some already is done for the others only`() async throws {
        let rig = try Rig()
        try await rig.start(["a1+x", "a2+x+y", "a3+y+x"])
        await rig.end("a1")
        await rig.end("a2")
        #expect(
            rig.takeLog() == [
                "a1+x begins", "a1 delivered x1", "a2+y begins", "a2 delivered x1", "a3 suppressed:already-done x0",
                "over",
            ]
        )
    }

    @Test func `a conversation with too many jobs is stopped and told of`() async throws {
        let guards = DeliveryGuards(loop: DeliveryGuards.LoopGuard(count: 1))
        let rig = try Rig(guards: guards)
        try await rig.start(["a1", "a2", "a3", "b1"])
        await rig.end("a1")
        await rig.end("b1")
        #expect(
            rig.takeLog() == [
                "a1 begins", "b1 begins", "a1 delivered x1", "loop in a: loop-guard", "a2 suppressed:loop-guard x0",
                "a3 suppressed:loop-guard x0", "b1 delivered x1", "over",
            ]
        )
    }

    // MARK: - The end

    @Test func `a stop begins nothing more and finishes what is under way; the rest is done another time`() async throws
    {
        let rig = try Rig(.unhurried(concurrency: 2))
        try await rig.start(["a1", "a2", "b1 b2", "c1"], isInputOpen: true)
        await rig.end("b1", .busy)
        #expect(rig.takeLog() == ["a1 begins", "b1 begins", "c1 begins"])
        await rig.stop()
        await rig.end("c1")
        await rig.end("a1", .refused)
        #expect(rig.takeLog() == ["c1 delivered x1", "a1 failed:bad-request x1"])
        await rig.endInput()
        #expect(rig.takeLog() == ["over"])
        #expect(rig.openCount == 3)
        try await rig.start([])
        await rig.advance(by: .seconds(1))
        for id in ["a2", "b1", "b2"] { await rig.end(id) }
        #expect(
            rig.takeLog() == [
                "a2 begins", "b1 begins", "a2 delivered x1", "b1 delivered x2", "b2 begins", "b2 delivered x1", "over",
            ]
        )
    }

    @Test func `without time for finishing, only what began is finished`() async throws {
        let rig = try Rig(.unhurried(concurrency: 2))
        try await rig.start(["a1", "b1", "c1"], drain: .zero, isInputOpen: true)
        await rig.endInput()
        await rig.end("b1", .lost)
        await rig.end("a1")
        #expect(rig.takeLog() == ["a1 begins", "b1 begins", "a1 delivered x1", "over"])
        #expect(rig.openCount == 2)
    }

    @Test func `when the time for finishing is over, the rest stays in the ledger`() async throws {
        let rig = try Rig(.unhurried(concurrency: 1))
        try await rig.start(["a1", "b1"], drain: .seconds(5))
        await rig.advance(by: .seconds(5))
        await rig.end("a1")
        #expect(rig.takeLog() == ["a1 begins", "a1 delivered x1", "over"])
        #expect(rig.openCount == 1)
    }

    @Test func `jobs that could only be attempted after the time for finishing are not waited for`() async throws {
        let rig = try Rig()
        try await rig.start(["a1", "b1@mail"], drain: .seconds(30))
        await rig.end("a1", .busy(for: .seconds(60)))
        await rig.end("b1")
        #expect(rig.takeLog() == ["b1 begins", "a1 begins", "b1 delivered x1", "over"])
        #expect(rig.sleepers == 0)
        #expect(rig.openCount == 1)
    }

    @Test(arguments: [Duration.seconds(Int64.max), Duration(attoseconds: .max)])
    func `a time for finishing beyond all clocks is no trouble`(drain: Duration) async throws {
        let rig = try Rig()
        try await rig.start(["a1"], drain: drain)
        await rig.end("a1")
        #expect(rig.takeLog() == ["a1 begins", "a1 delivered x1", "over"])
    }

    @Test func `while a job is reported, attempts whose beginning is written go on, and no other begins`() async throws
    {
        let rig = try Rig(.unhurried(concurrency: 2))
        try await rig.start(["a1", "a2", "b1", "c1"], slowReport: "a1")
        await rig.end("a1")
        await rig.end("b1")
        #expect(rig.takeLog() == ["a1 begins", "b1 begins", "a1 delivered x1", "c1 begins"])
        await rig.endReport()
        #expect(rig.takeLog() == ["b1 delivered x1", "a2 begins"])
        await rig.end("a2")
        await rig.end("c1")
        #expect(rig.takeLog() == ["a2 delivered x1", "c1 delivered x1", "over"])
    }

    @Test func `a cancelled run ends, and writes what became of its attempts`() async throws {
        let rig = try Rig(.unhurried(concurrency: 3, failures: 1))
        try await rig.start(["a1 a2", "b1!", "c1@mail"])
        await rig.cancel()
        #expect(rig.takeLog().sorted() == ["a1 begins", "b1 begins", "b1 unknown:timeout x1", "c1 begins", "over"])
        #expect(rig.sleepers == 0)
        #expect(rig.openCount == 3)
    }

    // MARK: - A ledger that fails

    @Test func `when the ledger fails nothing begins, and what is under way ends`() async throws {
        let rig = try Rig(.unhurried(concurrency: 2), failure: WatchedLedger.Failure(step: 2))
        try await rig.start(["a1", "b1", "c1"], isInputOpen: true)
        await rig.end("a1")
        await rig.waitForRoom(as: "more")
        #expect(
            rig.takeLog() == [
                "a1 begins", "b1 begins", "ledger failed: \(WatchedLedger.problem)", "no room for more",
            ]
        )
        await rig.end("b1")
        await rig.endInput()
        #expect(rig.takeLog() == ["over: \(WatchedLedger.problem)"])
        #expect(rig.openCount == 3)
    }

    // MARK: - Mistakes of the caller

    @Test func `a policy under which nothing could ever begin is refused`() async {
        await #expect(processExitsWith: .failure) {
            _ = Dispatcher(
                ledger: try .inMemory(),
                transport: NoTransport(),
                policy: DeliveryPolicy(concurrency: 0),
                now: { Instant(milliseconds: 0) }
            )
        }
    }
}
