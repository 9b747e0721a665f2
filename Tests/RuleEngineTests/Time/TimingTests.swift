import ActionKit
import Directory
import Events
import RuleEngine
import Testing

struct TimingTests {
    static let minute = Duration.seconds(60)

    static func count(_ atLeast: Int, _ within: Duration = minute, distinct: EventCount.Distinct? = nil) -> EventCount {
        EventCount(atLeast: atLeast, within: within, per: .conversation, distinct: distinct, meaning: "c")
    }

    static func unless(_ tag: String, _ within: Duration = minute, counting: Schedule? = nil) -> Absence {
        Absence(answer: Make.tagged(tag), within: within, counting: counting, per: .conversation, meaning: "u")
    }

    static func sequence(_ tags: String..., within: Duration = minute) -> EventSequence {
        EventSequence(steps: tags.map { Make.tagged($0) }, within: within, per: .conversation, meaning: "s")
    }

    static func throttle(_ atMost: Int = 1, _ within: Duration = minute) -> Throttle {
        Throttle(atMost: atMost, within: within, per: .conversation, meaning: "t")
    }

    // MARK: count

    @Test func `the third within a minute fires, and then it counts anew`() {
        let rule = Make.timed(timing: Timing(count: Self.count(3)))
        #expect(Timeline([rule], [.init("a", 0), .init("a", 30), .init("a", 60)]).fired == ["r 60"])
        #expect(Timeline([rule], [.init("a", 0), .init("a", 30), .init("a", 60.001)]).fired == [])
        let five = [0.0, 1, 2, 3, 4].map { Timeline.Item("a", $0) }
        #expect(Timeline([rule], five + [.init("a", 5)]).fired == ["r 2", "r 5"])
    }

    @Test func `conversations are counted apart`() {
        let rule = Make.timed(timing: Timing(count: Self.count(2)))
        #expect(Timeline([rule], [.init("a", 0), .init("a", 1, of: "2"), .init("a", 2)]).fired == ["r 2"])
    }

    @Test func `different values are counted once each, the latest time of each`() {
        let rule = Make.timed(timing: Timing(count: Self.count(2, distinct: .name(.tag))))
        #expect(Timeline([rule], [.init("a", 0), .init("a", 30), .init("b", 90)]).fired == ["r 90"])
        #expect(Timeline([rule], [.init("a", 0), .init("a", 29), .init("b", 90)]).fired == [])
    }

    @Test func `events before any time is known happen together`() {
        let rule = Make.timed(timing: Timing(count: Self.count(2)))
        #expect(Timeline([rule], [.init("a", nil), .init("a", nil)]).fired == ["r -"])
        #expect(Timeline([rule], [.init("a", nil), .init("a", 0)]).fired == [])
    }

    // MARK: sequence

    @Test func `a sequence spans its first event to its last`() {
        let rule = Make.timed(timing: Timing(sequence: Self.sequence("a", "b")))
        #expect(Timeline([rule], [.init("a", 0), .init("x", 1), .init("b", 60)]).fired == ["r 60"])
        #expect(Timeline([rule], [.init("a", 0), .init("b", 60.001)]).fired == [])
        #expect(Timeline([rule], [.init("b", 0), .init("a", 1)]).fired == [])
        #expect(Timeline([rule], [.init("a", 0), .init("a", 50), .init("b", 100)]).fired == ["r 100"])
        #expect(Timeline([rule], [.init("a", 0), .init("b", 1), .init("b", 2)]).fired == ["r 1"])
    }

    @Test func `one event is one step`() {
        let rule = Make.timed(timing: Timing(sequence: Self.sequence("a", "a", "a")))
        #expect(Timeline([rule], (0..<7).map { .init("a", Double($0)) }).fired == ["r 2", "r 5"])
    }

    @Test func `a sequence counts as an event for what stands behind it`() {
        let rule = Make.timed(timing: Timing(sequence: Self.sequence("a", "b"), count: Self.count(2)))
        let items: [Timeline.Item] = [.init("a", 0), .init("b", 1), .init("b", 2), .init("a", 3), .init("b", 4)]
        #expect(Timeline([rule], items).fired == ["r 4"])
    }

    // MARK: unless

    @Test func `nobody answers`() {
        let rule = Make.timed("r", "ask", timing: Timing(absence: Self.unless("answer")))
        #expect(Timeline([rule], [.init("ask", 0), .init("x", 60), .init("x", 60.001)]).fired == ["r 60"])
        #expect(Timeline([rule], [.init("ask", 0), .init("answer", 60), .init("x", 61)]).fired == [])
        #expect(Timeline([rule], [.init("ask", 0), .init("answer", 60.001)]).fired == ["r 60"])
        #expect(Timeline([rule], [.init("ask", 0), .init("ask", 30), .init("x", 500)]).fired == ["r 60"])
        #expect(Timeline([rule], [.init("ask", 0), .init("answer", 1, of: "2"), .init("x", 99)]).fired == ["r 60"])
    }

    @Test func `an event that answers and asks starts anew`() {
        let rule = Make.timed("r", "a", timing: Timing(absence: Self.unless("a")))
        #expect(Timeline([rule], [.init("a", 0), .init("a", 30), .init("x", 500)]).fired == ["r 90"])
    }

    @Test func `timers fire in the order of their times, then of their starting`() {
        let slow = Make.timed("slow", "a", timing: Timing(absence: Self.unless("no", .seconds(60))))
        let quick = Make.timed("quick", "a", timing: Timing(absence: Self.unless("no", .seconds(30))))
        let items: [Timeline.Item] = [.init("a", 0), .init("a", 30, of: "2"), .init("x", 200)]
        #expect(Timeline([slow, quick], items).fired == ["quick 30", "slow 60", "quick 60", "slow 90"])
    }

    @Test func `only the time in which the desk is open counts`() throws {
        let desk = try Make.nineToSix()
        let rule = Make.timed("r", "ask", timing: Timing(absence: Self.unless("answer", .seconds(900), counting: desk)))
        let evening = 17.0 * 3600 + 55 * 60
        var timeline = Timeline([rule], [.init("ask", evening)])
        timeline.settle(.everything)
        #expect(timeline.fired == ["r \(86_400 + 9 * 3600 + 600)"])
    }

    @Test func `what is due at the end of a stream waits, or is settled`() {
        let rule = Make.timed("r", "ask", timing: Timing(absence: Self.unless("answer")))
        let stream: [Timeline.Item] = [.init("ask", 0), .init("ask", 1, of: "2"), .init("x", 60, of: "3")]
        for (extent, fired) in [
            (.events, []), (.lastEvent, ["r 60"]), (.until(Timeline.instant(60.999)), ["r 60"]),
            (.everything, ["r 60", "r 61"]),
        ] as [(RuleEngine.Extent, [String])] {
            var timeline = Timeline([rule], stream)
            timeline.settle(extent)
            #expect(timeline.fired == fired)
        }
    }

    // MARK: throttle

    @Test func `a throttle holds back, and says until when`() throws {
        let rule = Make.timed(timing: Timing(throttle: Self.throttle()))
        let timeline = Timeline([rule], [.init("a", 0), .init("a", 60), .init("a", 60.001), .init("a", 61)])
        #expect(timeline.fired == ["r 0", "r 60?", "r 60.001", "r 61?"])
        let held = try #require(timeline.decided[1].firings.first?.jobs.first)
        guard case .suppressed(let reason) = held.plan else {
            Issue.record("\(held.plan)")
            return
        }
        #expect(reason.code == "throttle")
        #expect(
            reason.detail
                == "Held back until 1970-01-01T00:01:00Z: the rule fires at most once within 1m for each conversation."
        )
    }

    @Test func `five in a minute are let through`() {
        let rule = Make.timed(timing: Timing(throttle: Self.throttle(2)))
        let timeline = Timeline([rule], [0, 10, 20, 60, 60.001, 70, 70.001].map { .init("a", $0) })
        #expect(timeline.fired == ["r 0", "r 10", "r 20?", "r 60?", "r 60.001", "r 70?", "r 70.001"])
    }

    @Test func `a rule in the shadow counts its firings for itself`() {
        var rule = Make.timed(timing: Timing(throttle: Self.throttle()))
        rule.mode = .shadow
        let timeline = Timeline([rule], [.init("a", 0), .init("a", 60)])
        let details = timeline.decided.flatMap(\.firings).flatMap(\.jobs).map { job in
            guard case .suppressed(let reason) = job.plan else { return "" }
            return "\(reason.code): \(reason.detail)"
        }
        #expect(
            details == [
                "shadow: The rule is in the shadow: it decides and never acts.",
                "shadow: The rule is in the shadow; this would be held back: Held back until 1970-01-01T00:01:00Z: "
                    + "the rule fires at most once within 1m for each conversation.",
            ]
        )
    }

    @Test func `where nothing is known to count by, nothing is held back, counted or begun`() {
        let throttled = Make.timed("t", timing: Timing(throttle: Self.throttle()))
        let counting = Make.timed("c", timing: Timing(count: Self.count(2)))
        let waiting = Make.timed("u", timing: Timing(absence: Self.unless("answer")))
        let items: [Timeline.Item] = [.init("a", 0, to: nil), .init("a", 1, to: nil), .init("a", 2, to: nil)]
        #expect(Timeline([throttled, counting, waiting], items).fired == ["t 0", "t 1", "t 2"])
    }

    @Test func `an event without a business number meets every open window of its customer`() {
        let waiting = Make.timed("u", "ask", timing: Timing(absence: Self.unless("answer")))
        let asked: [Timeline.Item] = [.init("ask", 0), .init("ask", 1, to: "8"), .init("ask", 2, of: "2")]
        let answered = asked + [.init("answer", 3, to: nil), .init("x", 500)]
        #expect(Timeline([waiting], answered).fired == ["u 62"])
        let sequence = Make.timed("s", timing: Timing(sequence: Self.sequence("a", "b", "c")))
        let begun: [Timeline.Item] = [.init("a", 0), .init("a", 1, to: "8"), .init("b", 2, to: nil)]
        #expect(Timeline([sequence], begun + [.init("c", 3), .init("c", 4, to: "8")]).fired == ["s 3", "s 4"])
        #expect(Timeline([sequence], begun + [.init("c", 3, to: nil), .init("c", 4)]).fired == ["s 3"])
        #expect(Timeline([sequence], [.init("a", 0, to: nil), .init("b", 1), .init("c", 2)]).fired == [])
    }

    // MARK: precedence

    @Test func `a rule behind one that stops begins nothing, and windows that are open see the event`() {
        let stop = Make.rule("stop", when: Make.tag(["s"])) { $0.stops = true }
        let count = Make.timed("count", timing: Timing(count: Self.count(3)))
        #expect(Timeline([stop, count], [.init("s", 0), .init("a", 1), .init("a", 2)]).fired == ["stop 0"])
        let items: [Timeline.Item] = [.init("a", 0), .init("s", 1), .init("s", 2), .init("a", 3)]
        #expect(Timeline([stop, count], items).fired == ["stop 1", "stop 2", "count 3"])
        let sequence = Make.timed("seq", timing: Timing(sequence: Self.sequence("a", "s", "b")))
        #expect(
            Timeline([stop, sequence], [.init("a", 0), .init("s", 1), .init("b", 2)]).fired == ["stop 1", "seq 2"]
        )
        let last = Make.timed("seq", timing: Timing(sequence: Self.sequence("a", "s")))
        #expect(Timeline([stop, last], [.init("a", 0), .init("s", 1)]).fired == ["stop 1"])
        let waits = Make.timed("wait", "a", timing: Timing(absence: Self.unless("s")))
        #expect(Timeline([stop, waits], [.init("a", 0), .init("s", 1), .init("x", 99)]).fired == ["stop 1"])
    }

    @Test func `a rule takes what it is still collecting`() {
        let count = Make.timed("count", "a", timing: Timing(count: Self.count(2)))
        let rest = Make.rule("rest") { $0.otherwise = .anyRule }
        #expect(
            Timeline([count, rest], [.init("a", 0), .init("b", 1), .init("a", 2)]).fired == ["rest 1", "count 2"]
        )
        let sequence = Make.timed("seq", timing: Timing(sequence: Self.sequence("a", "b")))
        #expect(
            Timeline([sequence, rest], [.init("b", 0), .init("a", 1), .init("b", 2)]).fired == ["rest 0", "seq 2"]
        )
    }
}
