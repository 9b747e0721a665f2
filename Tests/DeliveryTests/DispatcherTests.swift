import ActionKit
import Synchronization
import Testing

@testable import Delivery

@Suite(.timeLimit(.minutes(10)))
struct DispatcherTests {
    // MARK: - Order and concurrency

    @Test func `jobs of one lane are performed in order, one at a time`() {
        let rig = Rig()
        rig.start(["a1 a2", "a3"])
        #expect(rig.takeLog() == ["all handed in", "a1 begins"])
        rig.end("a1")
        #expect(rig.takeLog() == ["a1 delivered x1", "a2 begins"])
        rig.end("a2")
        #expect(rig.takeLog() == ["a2 delivered x1", "a3 begins"])
        rig.end("a3")
        #expect(rig.takeLog() == ["a3 delivered x1", "over"])
    }

    @Test func `as many lanes as allowed are at work at once, and the next one follows when one ends`() {
        let rig = Rig(concurrency: 2)
        rig.start(["a1", "b1", "c1", "d1"])
        #expect(rig.takeLog() == ["all handed in", "a1 begins", "b1 begins"])
        rig.end("b1")
        #expect(rig.takeLog() == ["b1 delivered x1", "c1 begins"])
        rig.end("a1")
        rig.end("c1")
        rig.end("d1")
        #expect(rig.takeLog() == ["a1 delivered x1", "d1 begins", "c1 delivered x1", "d1 delivered x1", "over"])
    }

    @Test func `a lane with many jobs takes turns with the others`() {
        let rig = Rig(concurrency: 1)
        rig.start(["a1 a2", "b1"])
        rig.end("a1")
        rig.end("b1")
        rig.end("a2")
        #expect(
            rig.takeLog() == [
                "all handed in", "a1 begins", "a1 delivered x1", "b1 begins", "b1 delivered x1", "a2 begins",
                "a2 delivered x1", "over",
            ]
        )
    }

    @Test func `firings of the same number are told apart all the same`() async {
        let stage = Stage(answer: { _ in .done })
        let ids = Mutex<[String]>([])
        await Dispatcher(transport: NoTransport(), policy: DeliveryPolicy()).run(drain: .seconds(300)) { intake in
            for text in ["a1", "a2", "a3"] { _ = await intake.submit(FiringDelivery(text, number: 7, on: stage)) }
        } report: { firing, index, _ in
            ids.withLock { $0.append(firing.tasks[index].job.id) }
        }
        #expect(ids.withLock { $0 } == ["a1", "a2", "a3"])
    }

    @Test func `a firing without jobs is taken and needs nothing`() {
        let rig = Rig(pendingMax: 1)
        rig.start(["", "", "a1"])
        rig.end("a1")
        #expect(rig.takeLog() == ["all handed in", "a1 begins", "a1 delivered x1", "over"])
    }

    @Test func `no firings, no waiting`() {
        let rig = Rig()
        rig.start([])
        #expect(rig.takeLog() == ["all handed in", "over"])
    }

    // MARK: - Back-pressure

    @Test func `handing in waits while too many firings are unsettled`() {
        let rig = Rig(pendingMax: 2)
        rig.start(["a1 a2", "b1", "c1=failed", "d1"])
        #expect(rig.takeLog() == ["a1 begins", "b1 begins"])
        rig.end("a1")
        #expect(rig.takeLog() == ["a1 delivered x1", "a2 begins"])
        rig.end("b1")
        #expect(rig.takeLog() == ["b1 delivered x1", "c1 failed:planned x0", "all handed in", "d1 begins"])
        rig.end("a2")
        rig.end("d1")
        #expect(rig.takeLog() == ["a2 delivered x1", "d1 delivered x1", "over"])
    }

    // MARK: - Further attempts

    @Test func `a job that waits for another attempt holds its lane, but none of the places`() {
        let rig = Rig(concurrency: 1)
        rig.start(["a1", "a2", "b1"])
        rig.end("a1", .busy)
        #expect(rig.takeLog() == ["all handed in", "a1 begins", "b1 begins"])
        rig.end("b1")
        rig.advance(by: .milliseconds(999))
        #expect(rig.takeLog() == ["b1 delivered x1"])
        rig.advance(by: .milliseconds(1))
        #expect(rig.takeLog() == ["a1 begins"])
        rig.end("a1")
        rig.end("a2")
        #expect(rig.takeLog() == ["a1 delivered x2", "a2 begins", "a2 delivered x1", "over"])
    }

    @Test func `a thousand lanes that wait need one timer`() {
        let rig = Rig(concurrency: 1_000)
        let letters = (0..<1_000).compactMap { Unicode.Scalar(0x4E00 + $0) }.map { String(Character($0)) }
        rig.start(letters, isInputOpen: true)
        for letter in letters { rig.end(letter, .busy) }
        #expect(rig.sleepers == 1)
        rig.advance(by: .seconds(1))
        for letter in letters { rig.end(letter) }
        rig.endInput()
        #expect(rig.takeLog().last == "over")
        #expect(rig.sleepers == 0)
    }

    @Test func `the pace is kept, and one timer serves all who wait for it`() {
        let rig = Rig(rate: 2)
        rig.start(["a1", "b1", "c1", "d1", "e1", "f1@mail", "g1@"], isInputOpen: true)
        #expect(rig.takeLog() == ["all handed in", "a1 begins", "b1 begins", "f1 begins", "g1 begins"])
        #expect(rig.sleepers == 1)
        rig.advance(by: .milliseconds(999))
        #expect(rig.takeLog() == [])
        rig.advance(by: .milliseconds(1))
        #expect(rig.takeLog() == ["c1 begins", "d1 begins"])
        rig.advance(by: .seconds(1))
        #expect(rig.takeLog() == ["e1 begins"])
        #expect(rig.sleepers == 0)
        for id in ["a1", "b1", "c1", "d1", "e1", "f1", "g1"] { rig.end(id) }
        rig.endInput()
        #expect(rig.takeLog().last == "over")
    }

    @Test func `a clock that wakes too early does no harm`() {
        let rig = Rig()
        rig.start(["a1"], isInputOpen: true)
        rig.end("a1", .busy)
        rig.wakeTooEarly()
        rig.advance(by: .milliseconds(999))
        #expect(rig.takeLog() == ["all handed in", "a1 begins"])
        rig.advance(by: .milliseconds(1))
        #expect(rig.takeLog() == ["a1 begins"])
    }

    @Test func `who waits for longer than a clock can sleep sleeps several times`() {
        let decade = Duration.seconds(86_400 * 3_650)
        let rig = Rig(giveUpAfter: decade * 10)
        rig.start(["a1"], isInputOpen: true)
        rig.end("a1", .busy(for: decade * 2.5))
        #expect(rig.nextWaking == decade)
        rig.advance(by: decade * 2)
        #expect(rig.nextWaking == decade * 2.5)
        #expect(rig.takeLog() == ["all handed in", "a1 begins"])
        rig.advance(by: decade)
        #expect(rig.takeLog() == ["a1 begins"])
    }

    // MARK: - Stopping

    @Test func `a stop begins nothing more, finishes what is under way and settles the rest`() {
        let rig = Rig(concurrency: 2, pendingMax: 5)
        rig.start(["a1", "a2", "b1 b2", "c1", "d1", "e1"])
        rig.end("b1", .busy)
        #expect(rig.takeLog() == ["a1 begins", "b1 begins", "c1 begins"])
        rig.stop()
        #expect(!rig.isTaking)
        #expect(
            rig.takeLog() == [
                "e1 is not taken", "all handed in", "d1 failed:not-attempted x0", "b1 failed:http-503 x1",
                "b2 suppressed:earlier-failed x0",
            ]
        )
        rig.end("c1")
        rig.end("a1", .busy)
        #expect(
            rig.takeLog() == [
                "c1 delivered x1", "a1 failed:http-503 x1", "a2 failed:not-attempted x0", "over",
            ]
        )
    }

    @Test func `a refused key stops its destination once and for all, and the intake with it`() {
        let rig = Rig(concurrency: 3, pendingMax: 7)
        rig.start(["a1", "a2", "b1 b2", "c1", "d1", "e1@mail", "e2", "f1@mail"])
        #expect(rig.takeLog() == ["a1 begins", "b1 begins", "c1 begins"])
        rig.end("c1", .busy)
        #expect(rig.takeLog() == ["e1 begins"])
        rig.end("b1", .locked)
        #expect(!rig.isTaking)
        #expect(
            rig.takeLog() == [
                "b1 failed:unauthorized x1", "b2 suppressed:earlier-failed x0", "d1 failed:unauthorized x0",
                "c1 failed:http-503 x1", "f1@mail is not taken", "all handed in",
            ]
        )
        rig.end("a1")
        rig.end("e1")
        #expect(
            rig.takeLog() == [
                "a1 delivered x1", "a2 failed:unauthorized x0", "e1 delivered x1", "e2 failed:unauthorized x0", "over",
            ]
        )
    }

    @Test func `after a refused key another destination is still served`() {
        let rig = Rig(concurrency: 2)
        rig.start(["a1", "b1@mail", "b2@mail", "c1@"])
        rig.end("a1", .locked)
        rig.end("b1", .busy)
        rig.end("c1")
        rig.advance(by: .seconds(1))
        rig.end("b1")
        rig.end("b2")
        #expect(
            rig.takeLog() == [
                "all handed in", "a1 begins", "b1 begins", "a1 failed:unauthorized x1", "c1 begins", "c1 delivered x1",
                "b1 begins", "b1 delivered x2", "b2 begins", "b2 delivered x1", "over",
            ]
        )
    }

    @Test func `whoever hands in after the end learns that nothing is taken`() {
        let rig = Rig()
        rig.start(["a1"])
        rig.submitFromOutside("b1")
        rig.end("a1")
        rig.submitFromOutside("c1")
        #expect(
            rig.takeLog() == [
                "all handed in", "a1 begins", "b1 is not taken", "a1 delivered x1", "over", "c1 is not taken",
            ]
        )
    }

    @Test func `a stop after the end does nothing`() {
        let rig = Rig()
        rig.start(["a1"])
        rig.end("a1")
        rig.stop()
        #expect(rig.takeLog() == ["all handed in", "a1 begins", "a1 delivered x1", "over"])
    }

    // MARK: - The end of the input

    @Test func `without time for finishing, only what began is finished`() {
        let rig = Rig(concurrency: 2)
        rig.start(["a1", "a2", "b1", "c1 c2"], drain: .zero)
        #expect(
            rig.takeLog() == [
                "all handed in", "c1 failed:drain-ended x0", "c2 suppressed:earlier-failed x0", "a1 begins",
                "b1 begins",
            ]
        )
        rig.end("b1", .lost)
        rig.end("a1")
        #expect(
            rig.takeLog() == ["b1 unknown:timeout x1", "a1 delivered x1", "a2 failed:drain-ended x0", "over"]
        )
    }

    @Test func `when the time for finishing is over, the rest is settled as it stands`() {
        let rig = Rig(concurrency: 1)
        rig.start(["a1", "b1"], drain: .seconds(5))
        rig.advance(by: .milliseconds(4_999))
        #expect(rig.takeLog() == ["all handed in", "a1 begins"])
        rig.advance(by: .milliseconds(1))
        #expect(rig.takeLog() == ["b1 failed:drain-ended x0"])
        rig.end("a1")
        #expect(rig.takeLog() == ["a1 delivered x1", "over"])
    }

    @Test func `jobs that could only be attempted after the time for finishing are not waited for`() {
        let rig = Rig()
        rig.start(["a1", "b1"], drain: .seconds(30))
        rig.end("a1", .busy(for: .seconds(60)))
        #expect(rig.takeLog() == ["all handed in", "a1 begins", "b1 begins"])
        rig.end("b1")
        #expect(rig.takeLog() == ["b1 delivered x1", "a1 failed:http-429 x1", "over"])
        #expect(rig.sleepers == 0)
    }

    @Test func `the time for finishing begins when the input ends`() {
        let rig = Rig(rate: 1)
        rig.start(["a1", "b1", "c1"], drain: .milliseconds(1_500), isInputOpen: true)
        rig.end("a1")
        rig.advance(by: .milliseconds(900))
        rig.endInput()
        rig.advance(by: .milliseconds(100))
        rig.end("b1")
        rig.advance(by: .seconds(1))
        rig.end("c1")
        #expect(
            rig.takeLog() == [
                "all handed in", "a1 begins", "a1 delivered x1", "b1 begins", "b1 delivered x1", "c1 begins",
                "c1 delivered x1", "over",
            ]
        )
    }

    @Test(arguments: [Duration.seconds(Int64.max), Duration(attoseconds: .max)])
    func `a time for finishing beyond all clocks is no trouble`(drain: Duration) async {
        let stage = Stage(answer: { _ in .done })
        let count = Mutex(0)
        await Dispatcher(transport: NoTransport(), policy: DeliveryPolicy()).run(drain: drain) { intake in
            _ = await intake.submit(FiringDelivery("a1 a2", on: stage))
        } report: { _, _, _ in
            count.withLock { $0 += 1 }
        }
        #expect(count.withLock { $0 } == 2)
    }

    // MARK: - Reports

    @Test func `while a job is reported nothing begins, and what ends meanwhile is kept`() {
        let rig = Rig(concurrency: 2)
        rig.start(["a1", "a2", "b1", "c1"], slowReport: "a1")
        rig.end("a1")
        rig.end("b1")
        #expect(rig.takeLog() == ["all handed in", "a1 begins", "b1 begins", "a1 delivered x1"])
        rig.endReport()
        #expect(rig.takeLog() == ["b1 delivered x1", "c1 begins", "a2 begins"])
        rig.end("a2")
        rig.end("c1")
        #expect(rig.takeLog() == ["a2 delivered x1", "c1 delivered x1", "over"])
    }

    @Test func `a stop that is asked for while a job is reported lets nothing more begin`() {
        let rig = Rig(concurrency: 2)
        rig.start(["a1", "b1", "c1", "d1"], slowReport: "a1")
        rig.end("a1")
        rig.end("b1")
        rig.stop()
        #expect(rig.takeLog() == ["all handed in", "a1 begins", "b1 begins", "a1 delivered x1"])
        rig.endReport()
        #expect(
            rig.takeLog() == [
                "c1 failed:not-attempted x0", "d1 failed:not-attempted x0", "b1 delivered x1", "over",
            ]
        )
    }

    // MARK: - Cancellation

    @Test func `a cancelled run ends, and still reports every job once`() {
        let rig = Rig(concurrency: 2, pendingMax: 4)
        rig.start(["a1", "a2", "b1", "c1", "d1"])
        rig.end("b1", .busy)
        _ = rig.takeLog()
        rig.cancel()
        #expect(
            rig.takeLog().sorted() == [
                "a1 unknown:timeout x1", "a2 failed:not-attempted x0", "all handed in", "b1 failed:http-503 x1",
                "c1 unknown:timeout x1", "d1 is not taken", "over",
            ]
        )
        #expect(rig.sleepers == 0)
    }

    @Test func `a run that is cancelled before it begins takes nothing`() async {
        let journal = Journal()
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask {
                await Dispatcher(transport: NoTransport(), policy: DeliveryPolicy()).run(drain: .seconds(300)) {
                    intake in
                    journal.write("taken: \(await intake.submit(FiringDelivery("a1")))")
                } report: { _, _, _ in
                    journal.write("reported")
                }
            }
        }
        #expect(journal.take() == ["taken: false"])
    }

    // MARK: - Mistakes of the caller

    @Test func `a policy under which nothing could ever begin is refused`() async {
        await #expect(processExitsWith: .failure) {
            _ = Dispatcher(transport: NoTransport(), policy: DeliveryPolicy(concurrency: 0))
        }
    }

    // MARK: - On all cores

    @Test func `with real threads every job is reported once and in order`() async {
        let stage = Stage(answer: { _ in [.busy, .done, .lost].randomElement() ?? .done })
        var policy = DeliveryPolicy(concurrency: 64, rateCount: 1_000_000, pendingMax: 50)
        policy.retry.delayFirst = .zero
        let reported = Mutex<[String: [Int]]>([:])
        await Dispatcher(transport: NoTransport(), policy: policy).run(drain: .seconds(300)) { intake in
            for number in 0..<2_000 {
                let lane = ["a", "b", "c", "d", "e", "f", "g"][number % 7]
                _ = await intake.submit(FiringDelivery("\(lane)\(number)", number: number, on: stage))
            }
        } report: { firing, _, _ in
            reported.withLock { $0[firing.lane, default: []].append(firing.number) }
        }
        let lanes = reported.withLock { $0 }
        #expect(lanes.values.allSatisfy { $0 == $0.sorted() })
        #expect(lanes.values.joined().sorted() == Array(0..<2_000))
    }
}
