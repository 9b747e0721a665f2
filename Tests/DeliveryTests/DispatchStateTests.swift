import ActionKit
import Events
import Ledger
import Testing

@testable import Delivery

struct DispatchStateTests {
    // MARK: - One firing

    @Test(
        arguments: [
            ("a1 a2 a3", .done, ["a1 begins", "a1 delivered x1", "a2 begins"]),
            ("a1 a2 a3", .half, ["a1 begins", "a1 partial:partial x1", "a2 begins"]),
            (
                "a1 a2 a3", .refused,
                [
                    "a1 begins", "a1 failed:bad-request x1", "a2 suppressed:earlier-failed x0",
                    "a3 suppressed:earlier-failed x0",
                ]
            ),
            ("a1! a2", .lost, ["a1 begins", "a1 unknown:timeout x1", "a2 suppressed:earlier-failed x0"]),
            ("a1 a2", .lost, ["a1 begins", "1 again at 1", "alarm at 1"]),
            ("a1 a2=suppressed a3", .done, ["a1 begins", "a1 delivered x1", "a2 suppressed:planned x0", "a3 begins"]),
            (
                "a1 a2=failed a3", .done,
                ["a1 begins", "a1 delivered x1", "a2 failed:planned x0", "a3 suppressed:earlier-failed x0"]
            ),
            ("a1 a2=failed", .refused, ["a1 begins", "a1 failed:bad-request x1", "a2 suppressed:earlier-failed x0"]),
        ] as [(String, DeliveryOutcome, [String])]
    )
    func `a job is performed only if none before it in its firing failed`(
        firing: String,
        outcome: DeliveryOutcome,
        log: [String]
    ) {
        let world = World()
        world.load(firing)
        world.end("a1", outcome)
        #expect(world.takeLog() == log)
    }

    @Test func `a failed firing holds no other back`() {
        let world = World()
        world.load("a1 a2", "a3")
        world.end("a1", .refused)
        #expect(
            world.takeLog() == [
                "a1 begins", "a1 failed:bad-request x1", "a2 suppressed:earlier-failed x0", "a3 begins",
            ]
        )
    }

    @Test func `what is settled already is reported in its place, without an attempt`() {
        let world = World()
        world.load("a1=failed a2", "a3", "a4=suppressed", "b1=suppressed")
        world.end("a3")
        #expect(
            world.takeLog() == [
                "a1 failed:planned x0", "a2 suppressed:earlier-failed x0", "a3 begins", "b1 suppressed:planned x0",
                "a3 delivered x1", "a4 suppressed:planned x0",
            ]
        )
        #expect(world.jobCount == 0)
    }

    @Test func `a job that is in memory already is not taken in again`() {
        let world = World()
        let jobs = WrittenJob.firing("a1 a2").enumerated().map { index, job in
            job.queued(Int64(index + 1), firing: 1, lane: "a")
        }
        world.load(jobs)
        world.load(jobs)
        world.end("a1")
        world.load([jobs[1]])
        world.end("a2")
        #expect(world.takeLog() == ["a1 begins", "a1 delivered x1", "a2 begins", "a2 delivered x1"])
        #expect(world.jobCount == 0)
    }

    // MARK: - Further attempts

    @Test func `the waits grow, and each has its alarm`() {
        let world = World(attempts: 4)
        world.load("a1 a2")
        world.end("a1", .busy)
        world.wake(at: .seconds(1))
        world.end("a1", .busy)
        world.wake(at: .seconds(3))
        world.end("a1", .busy)
        world.wake(at: .seconds(7))
        world.end("a1", .busy)
        #expect(
            world.takeLog() == [
                "a1 begins", "1 again at 1", "alarm at 1", "a1 begins x2", "1 again at 3", "alarm at 3",
                "a1 begins x3", "1 again at 7", "alarm at 7", "a1 begins x4", "a1 failed:http-503 x4",
                "a2 suppressed:earlier-failed x0",
            ]
        )
    }

    @Test func `an alarm is asked for only if none before it is`() {
        let world = World()
        world.load("a1", "b1@mail", "c1@")
        world.end("a1", .busy(for: .seconds(50)))
        world.end("b1", .busy(for: .seconds(60)))
        world.end("c1", .busy(for: .seconds(40)))
        #expect(world.takeLog().filter { $0.hasPrefix("alarm") } == ["alarm at 50", "alarm at 40"])
        world.wake(at: .seconds(40))
        #expect(world.takeLog() == ["c1 begins x2"])
        world.wake(at: .seconds(50))
        #expect(world.takeLog() == ["a1 begins x2", "alarm at 60"])
    }

    @Test func `who is due while all places are taken needs no alarm, and comes when one is free`() {
        let world = World(concurrency: 1)
        world.load("a1", "b1", "c1")
        world.end("a1", .busy)
        world.wake(at: .seconds(5))
        world.end("b1")
        world.end("c1")
        #expect(
            world.takeLog() == [
                "a1 begins", "1 again at 1", "b1 begins", "b1 delivered x1", "c1 begins", "c1 delivered x1",
                "a1 begins x2",
            ]
        )
    }

    // MARK: - What earlier processes knew

    private static func history(attempts: Int = 2, began: Int64 = -100, due: Int64? = nil) -> AttemptHistory {
        AttemptHistory(
            attempts: attempts,
            began: Instant(milliseconds: began * 1000),
            due: due.map { Instant(milliseconds: $0 * 1000) },
            lastReason: Reason("http-503", "The service is busy.")
        )
    }

    @Test func `attempts and waits are counted on`() {
        let world = World(attempts: 4)
        world.load("a1", history: Self.history(due: 5))
        world.wake(at: .seconds(5))
        world.end("a1", .busy)
        world.wake(at: .seconds(9))
        world.end("a1", .busy)
        #expect(
            world.takeLog() == [
                "alarm at 5", "a1 begins x3", "1 again at 9", "alarm at 9", "a1 begins x4", "a1 failed:http-503 x4",
            ]
        )
    }

    @Test(arguments: [(-1_000_000, 0), (-1, 0), (0, 0), (3_599, 3_599), (3_600, 3_600), (3_601, 0), (1_000_000_000, 0)])
    func `a wait is kept, unless only a clock that was wrong can have written it`(due: Int64, wait: Int) {
        let world = World()
        world.load("a1", history: Self.history(due: due))
        #expect(world.takeLog() == [wait == 0 ? "a1 begins x3" : "alarm at \(wait)"])
    }

    @Test(arguments: [(2, -1_000_000_000), (2, 1_000_000_000), (12, -100), (500, -100)])
    func `however old a job looks it gets one more attempt`(attempts: Int, began: Int64) {
        let world = World()
        world.load("a1", history: Self.history(attempts: attempts, began: began))
        world.end("a1")
        #expect(world.takeLog() == ["a1 begins x\(attempts + 1)", "a1 delivered x\(attempts + 1)"])
    }

    @Test func `a job that seems to have begun in the future is not older than new`() {
        let world = World()
        world.load("a1", history: Self.history(began: 1_000_000_000))
        world.end("a1", .busy)
        #expect(world.takeLog() == ["a1 begins x3", "1 again at 4", "alarm at 4"])
    }

    // MARK: - Permissions

    @Test func `an attempt that may not be made settles its job, and the lane goes on`() {
        let world = World(concurrency: 1, rate: 1, period: .seconds(60))
        world.answer("a1", .settled(Settlement(.suppressed, reason: "already-done", attempts: 0)))
        world.answer("a2", .gone)
        world.answer("b1", .settled(Settlement(.unknown, reason: "odd", attempts: 3)))
        world.load("a1 a2 a3", "b1 b2")
        #expect(world.takeLog() == ["a1 suppressed:already-done x0", "a3 begins"])
        world.end("a3")
        // What was not made has not used up the pace.
        #expect(world.takeLog() == ["a3 delivered x1", "alarm at 60"])
        world.wake(at: .seconds(60))
        #expect(world.takeLog() == ["b1 unknown:odd x3", "b2 suppressed:earlier-failed x0"])
        #expect(world.jobCount == 0)
    }

    @Test func `a conversation that is taken for a loop is told of once`() {
        let world = World()
        for id in ["a1", "a2", "b1"] {
            world.answer(id, .settled(Settlement(.suppressed, reason: "loop-guard", attempts: 0)))
        }
        world.load("a1", "a2", "b1")
        #expect(
            world.takeLog() == [
                "a1 suppressed:loop-guard x0", "loop in a: loop-guard", "a2 suppressed:loop-guard x0",
                "b1 suppressed:loop-guard x0", "loop in b: loop-guard",
            ]
        )
    }

    // MARK: - Pace

    @Test func `one an hour is one an hour`() {
        let world = World(rate: 1, period: .seconds(3_600))
        world.load("a1", "b1", "c1")
        world.end("a1")
        world.wake(at: .seconds(3_600))
        world.end("b1")
        world.wake(at: .seconds(7_200))
        #expect(
            world.takeLog() == [
                "a1 begins", "alarm at 3600", "a1 delivered x1", "b1 begins", "alarm at 7200", "b1 delivered x1",
                "c1 begins",
            ]
        )
    }

    @Test func `destinations take turns, and a slow one holds no other up`() {
        let world = World(concurrency: 2, rate: 2, period: .seconds(100))
        world.load("a1", "b1", "c1", "d1", "e1@mail", "f1@mail", "g1@mail", "h1@", "i1@", "j1@")
        for id in ["a1", "b1", "e1", "h1", "f1", "i1", "j1"] { world.end(id) }
        #expect(
            world.takeLog().filter { $0.hasSuffix("begins") } == [
                "a1 begins", "b1 begins", "e1 begins", "h1 begins", "f1 begins", "i1 begins", "j1 begins",
            ]
        )
        world.wake(at: .seconds(100))
        #expect(world.takeLog() == ["c1 begins", "g1 begins"])
    }

    @Test func `what a destination asked for holds for all of its jobs`() {
        let world = World()
        world.load("a1", "c1@mail")
        world.end("a1", .busy(for: .seconds(100)))
        world.load("b1", "d1@mail")
        #expect(
            world.takeLog() == ["a1 begins", "c1 begins", "1 again at 100", "alarm at 100", "d1 begins"]
        )
        world.wake(at: .seconds(100))
        #expect(world.takeLog() == ["b1 begins", "a1 begins x2"])
    }

    @Test func `nobody is left alone for longer than an hour`() {
        let world = World()
        world.load("a1")
        world.end("a1", .busy(for: .seconds(1_000_000)))
        #expect(world.takeLog() == ["a1 begins", "1 again at 3600", "alarm at 3600"])
    }

    // MARK: - A refused key

    @Test func `a refused key pauses its destination, and what is under way ends`() {
        let world = World(concurrency: 3)
        world.load("a1", "b1", "c1", "b2 b3", "d1", "d2@mail", "e1@mail")
        world.end("c1", .busy)
        world.end("e1")
        #expect(
            world.takeLog() == [
                "a1 begins", "b1 begins", "c1 begins", "3 again at 1", "e1 begins", "e1 delivered x1", "d1 begins",
            ]
        )
        world.end("b1", .locked)
        #expect(world.takeLog() == ["2 taken back", "doubletick paused: unauthorized"])
        // Left are the attempts at a1 and d1; d2 stands behind a job for the destination, until that is settled.
        #expect(world.jobCount == 2)
        world.end("a1", .lost)
        world.end("d1", .done)
        #expect(world.takeLog() == ["1 again at 1", "d1 delivered x1", "rescan"])
        #expect(world.jobCount == 0)
    }

    @Test func `a firing that has something else to do first stays, so that it decides about the rest`() {
        for (outcome, log) in [
            (DeliveryOutcome.refused, ["b1 failed:bad-request x1", "b2 suppressed:earlier-failed x0", "rescan"]),
            (.done, ["b1 delivered x1"]),
        ] {
            let world = World()
            world.load("a1", "b1@mail b2", "b3@mail")
            world.end("a1", .locked)
            #expect(world.jobCount == 2)
            _ = world.takeLog()
            world.end("b1", outcome)
            #expect(world.takeLog() == log)
            #expect(world.jobCount == 0)
        }
    }

    @Test func `with another key the jobs go on, and a late answer to the old one changes nothing`() {
        let world = World()
        world.load("a1", "b1", "c1")
        world.end("a1", .locked)
        world.end("b1", .locked)
        world.resume("doubletick")
        world.end("c1", .locked)
        #expect(
            world.takeLog() == [
                "a1 begins", "b1 begins", "c1 begins", "1 taken back", "doubletick paused: unauthorized",
                "2 taken back",
                "doubletick resumed", "3 taken back", "c1 begins",
            ]
        )
        world.end("c1", .locked)
        #expect(world.takeLog() == ["3 taken back", "doubletick paused: unauthorized"])
    }

    @Test func `what the key was refused for uses up neither attempts nor time`() {
        let world = World(attempts: 2)
        world.load("a1")
        for hours in 1...30 {
            world.end("a1", .locked)
            world.resume("doubletick")
            world.wake(at: .seconds(3_600 * hours))
            world.load([WrittenJob("a1").queued(1, firing: 1, lane: "a")])
        }
        _ = world.takeLog()
        world.end("a1", .busy)
        world.wake(at: .seconds(108_001))
        world.end("a1", .busy)
        #expect(
            world.takeLog() == [
                "1 again at 108001", "alarm at 108001", "a1 begins x2", "a1 failed:http-503 x2",
            ]
        )
    }

    @Test func `a refusal without a destination concerns its job alone`() {
        let world = World()
        world.load("a1@", "a2@", "b1@")
        world.end("a1", .locked)
        #expect(world.takeLog() == ["a1 begins", "b1 begins", "a1 failed:unauthorized x1", "a2 begins"])
    }

    // MARK: - The circuit

    @Test func `after so many failures in a row one attempt at a time shows how the destination is`() {
        let world = World(failures: 3)
        world.load("a1", "b1", "c1", "d1", "e1")
        for id in ["a1", "b1"] { world.end(id, .busy) }
        _ = world.takeLog()
        world.end("c1", .lost)
        #expect(world.takeLog() == ["3 again at 1", "doubletick opened: timeout"])
        // They were under way when it opened, and say nothing new.
        for id in ["d1", "e1"] { world.end(id, .busy) }
        #expect(world.takeLog() == ["4 again at 1", "5 again at 1"])
        world.wake(at: .seconds(1))
        #expect(world.takeLog() == ["a1 begins x2"])
        world.end("a1", .busy)
        #expect(world.takeLog() == ["1 again at 3", "alarm at 3"])
        world.wake(at: .seconds(3))
        #expect(world.takeLog() == ["b1 begins x2"])
        world.end("b1", .done)
        #expect(
            world.takeLog() == [
                "b1 delivered x2", "doubletick closed", "c1 begins x2", "d1 begins x2", "e1 begins x2", "a1 begins x3",
            ]
        )
    }

    @Test func `an attempt that is not permitted says nothing of the destination, and the next one does`() {
        let world = World(failures: 1)
        world.load("a1", "b1", "c1")
        world.end("a1", .busy)
        world.end("b1", .busy)
        world.end("c1", .busy)
        _ = world.takeLog()
        world.answer("a1", .gone)
        world.wake(at: .seconds(1))
        #expect(world.takeLog() == ["b1 begins x2"])
    }

    // MARK: - The end

    @Test func `a stop leaves what is not under way, and reports nothing of it`() {
        let world = World(concurrency: 2)
        world.load("a1 a2", "a3", "b1", "c1 c2", "d1@mail", "e1")
        world.end("b1", .busy)
        #expect(world.takeLog() == ["a1 begins", "b1 begins", "4 again at 1", "d1 begins"])
        world.stop()
        world.load("f1", "a4")
        #expect(world.jobCount == 3)
        world.end("a1", .refused)
        world.end("d1", .lost)
        #expect(
            world.takeLog() == ["a1 failed:bad-request x1", "a2 suppressed:earlier-failed x0", "7 again at 1"]
        )
        #expect(world.jobCount == 0)
    }

    @Test func `an end before which nothing can begin is moved to now`() {
        let world = World(rate: 1, period: .seconds(60))
        world.load("a1", "b1")
        world.close(drain: .seconds(60))
        world.end("a1")
        #expect(world.takeLog() == ["a1 begins", "alarm at 60", "a1 delivered x1", "alarm at 0"])
        world.wake(at: .zero)
        #expect(world.takeLog() == [])
        #expect(world.jobCount == 0)
    }

    @Test func `an end after which something is due only waits until that is done`() {
        let world = World(rate: 1, period: .seconds(60))
        world.load("a1", "b1")
        world.close(drain: .seconds(61))
        world.end("a1")
        world.wake(at: .seconds(60))
        #expect(world.takeLog() == ["a1 begins", "alarm at 60", "a1 delivered x1", "b1 begins", "alarm at 61"])
    }

    // MARK: - Everything at once

    @Test(arguments: 1...400 as ClosedRange<UInt64>)
    func `in a random world every promise is kept`(seed: UInt64) {
        var simulation = Simulation(seed: seed)
        let violations = simulation.violations()
        #expect(violations == [], "seed \(seed)")
    }
}
