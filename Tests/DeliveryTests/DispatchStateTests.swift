import ActionKit
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
            ("a1 a2", .lost, ["a1 begins", "alarm at 1"]),
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
        world.submit(firing)
        world.end("a1", outcome)
        #expect(world.takeLog() == log)
    }

    @Test func `a failed firing holds no other back`() {
        let world = World()
        world.submit("a1 a2", "a3")
        world.end("a1", .refused)
        #expect(
            world.takeLog() == [
                "a1 begins", "a1 failed:bad-request x1", "a2 suppressed:earlier-failed x0", "a3 begins",
            ]
        )
    }

    @Test func `what is settled already is reported in its place, without an attempt`() {
        let world = World()
        world.submit("a1=failed a2", "a3", "a4=suppressed", "b1=suppressed")
        world.end("a3")
        #expect(
            world.takeLog() == [
                "a1 failed:planned x0", "a2 suppressed:earlier-failed x0", "a3 begins", "b1 suppressed:planned x0",
                "a3 delivered x1", "a4 suppressed:planned x0",
            ]
        )
    }

    @Test func `firings without jobs leave no trace`() {
        let world = World()
        world.submit("", "a1", "", "", "b1")
        world.end("a1")
        #expect(world.takeLog() == ["a1 begins", "b1 begins", "a1 delivered x1"])
    }

    // MARK: - Further attempts

    @Test func `the waits grow, and each has its alarm`() {
        let world = World(attempts: 4)
        world.submit("a1 a2")
        world.end("a1", .busy)
        world.wake(at: .seconds(1))
        world.end("a1", .busy)
        world.wake(at: .seconds(2))
        world.wake(at: .seconds(3))
        world.end("a1", .busy(for: .seconds(100)))
        world.wake(at: .seconds(103))
        world.end("a1", .busy)
        #expect(
            world.takeLog() == [
                "a1 begins", "alarm at 1", "a1 begins", "alarm at 3", "a1 begins", "alarm at 103", "a1 begins",
                "a1 failed:http-503 x4", "a2 suppressed:earlier-failed x0",
            ]
        )
    }

    @Test func `an alarm is asked for only if none before it is`() {
        let world = World()
        world.submit("a1", "b1", "c1", "d1")
        world.end("a1", .busy(for: .seconds(50)))
        world.end("b1", .busy(for: .seconds(60)))
        world.end("c1", .busy(for: .seconds(40)))
        world.end("d1", .busy(for: .seconds(40)))
        #expect(
            world.takeLog() == [
                "a1 begins", "b1 begins", "c1 begins", "d1 begins", "alarm at 50", "alarm at 40",
            ]
        )
        world.wake(at: .seconds(40))
        #expect(world.takeLog() == ["c1 begins", "d1 begins"])
        world.wake(at: .seconds(50))
        #expect(world.takeLog() == ["a1 begins", "alarm at 60"])
    }

    @Test func `who is due while all places are taken needs no alarm, and comes when one is free`() {
        let world = World(concurrency: 1)
        world.submit("a1", "b1", "c1")
        world.end("a1", .busy)
        world.wake(at: .seconds(5))
        world.end("b1")
        world.end("c1")
        #expect(
            world.takeLog() == [
                "a1 begins", "b1 begins", "b1 delivered x1", "c1 begins", "c1 delivered x1", "a1 begins",
            ]
        )
    }

    // MARK: - Pace

    @Test func `one an hour is one an hour`() {
        let world = World(rate: 1, period: .seconds(3_600))
        world.submit("a1", "b1", "c1")
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
        world.submit("a1", "b1", "c1", "d1", "e1@mail", "f1@mail", "g1@mail", "h1@", "i1@", "j1@")
        for id in ["a1", "b1", "e1", "h1", "f1", "i1", "j1"] { world.end(id) }
        #expect(
            world.takeLog().filter { $0.hasSuffix("begins") } == [
                "a1 begins", "b1 begins", "e1 begins", "h1 begins", "f1 begins", "i1 begins", "j1 begins",
            ]
        )
        world.wake(at: .seconds(100))
        #expect(world.takeLog() == ["c1 begins", "g1 begins"])
    }

    // MARK: - A refused key

    @Test func `one refusal settles what was not attempted, and what is under way ends`() {
        let world = World(concurrency: 3)
        world.submit("a1", "b1", "c1", "b2 b3", "d1", "d2@mail", "e1@mail")
        world.end("c1", .busy)
        world.end("e1")
        #expect(
            world.takeLog() == [
                "a1 begins", "b1 begins", "c1 begins", "e1 begins", "e1 delivered x1", "d1 begins",
            ]
        )
        world.end("b1", .locked)
        #expect(
            world.takeLog() == [
                "b1 failed:unauthorized x1", "b2 failed:unauthorized x0", "b3 suppressed:earlier-failed x0",
                "c1 failed:http-503 x1",
            ]
        )
        world.end("a1", .lost)
        world.end("d1", .locked)
        world.submit("a2", "f1!", "f2@mail")
        #expect(
            world.takeLog() == [
                "a1 unknown:timeout x1", "d1 failed:unauthorized x1", "d2 begins", "a2 failed:unauthorized x0",
                "f1 failed:unauthorized x0", "f2 begins",
            ]
        )
    }

    @Test func `a refusal without a destination concerns its job alone`() {
        let world = World()
        world.submit("a1@", "a2@", "b1@")
        world.end("a1", .locked)
        #expect(world.takeLog() == ["a1 begins", "b1 begins", "a1 failed:unauthorized x1", "a2 begins"])
    }

    // MARK: - The end

    @Test func `a stop settles what is not under way, in the order in which it stood`() {
        let world = World(concurrency: 2)
        world.submit("a1 a2", "a3", "b1", "c1 c2", "d1@mail", "e1")
        world.end("b1", .busy)
        world.stop()
        #expect(
            world.takeLog() == [
                "a1 begins", "b1 begins", "d1 begins", "c1 failed:stopped x0", "c2 suppressed:earlier-failed x0",
                "e1 failed:stopped x0", "b1 failed:http-503 x1",
            ]
        )
        world.submit("f1", "a4")
        world.end("a1")
        world.end("d1", .lost)
        world.stop()
        #expect(
            world.takeLog() == [
                "f1 failed:stopped x0", "a1 delivered x1", "a2 failed:stopped x0", "a3 failed:stopped x0",
                "a4 failed:stopped x0", "d1 unknown:timeout x1",
            ]
        )
    }

    @Test func `a stop settles those who wait for another attempt in the order in which they were due`() {
        let world = World()
        world.submit("a1", "b1", "c1")
        world.end("a1", .busy(for: .seconds(50)))
        world.end("b1", .busy(for: .seconds(30)))
        world.end("c1", .busy(for: .seconds(30)))
        _ = world.takeLog()
        world.stop()
        #expect(world.takeLog() == ["b1 failed:http-429 x1", "c1 failed:http-429 x1", "a1 failed:http-429 x1"])
    }

    @Test func `the first reason to end is the one that is told`() {
        let world = World(concurrency: 1)
        world.submit("a1", "a2", "b1")
        world.close(drain: .seconds(10))
        world.wake(at: .seconds(10))
        world.stop()
        world.end("a1")
        #expect(
            world.takeLog() == [
                "a1 begins", "alarm at 10", "b1 failed:drain-ended x0", "a1 delivered x1", "a2 failed:drain-ended x0",
            ]
        )
    }

    @Test func `an end before which nothing can begin is moved to now`() {
        let world = World(rate: 1, period: .seconds(60))
        world.submit("a1", "b1")
        world.close(drain: .seconds(60))
        world.end("a1")
        #expect(world.takeLog() == ["a1 begins", "alarm at 60", "a1 delivered x1", "alarm at 0"])
        world.wake(at: .zero)
        #expect(world.takeLog() == ["b1 failed:drain-ended x0"])
    }

    @Test func `an end after which something is due only waits until that is done`() {
        let world = World(rate: 1, period: .seconds(60))
        world.submit("a1", "b1")
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
