import Events
import RuleEngine
import Testing

struct ClockTests {
    private static let waiting = Make.timed("r", "ask", timing: Timing(absence: TimingTests.unless("answer")))
    private static let counting = Make.timed("c", timing: Timing(count: TimingTests.count(2)))

    private static func read(_ tag: String, _ seconds: Double?, at arrival: Double, of customer: String = "1")
        -> Timeline.Item
    {
        Timeline.Item(tag, seconds, of: customer, arrival: .read(Timeline.instant(arrival)))
    }

    @Test func `an event that comes too late is counted where time stands`() {
        let timeline = Timeline([Self.counting], [.init("a", 100), .init("a", 30), .init("a", 90)])
        #expect(timeline.fired == ["c 30"])
        #expect(timeline.state.counts.late == 2)
        #expect(timeline.state.clock == Timeline.instant(100))
    }

    @Test func `with lateness events are decided in the order of their times`() {
        let late = StreamTime(lateness: .seconds(10))
        var timeline = Timeline([Self.waiting], time: late, [.init("ask", 0), .init("x", 65), .init("answer", 60)])
        #expect(timeline.fired == [])
        timeline.take(.init("x", 90))
        timeline.settle(.lastEvent)
        #expect(timeline.fired == [])
        #expect(timeline.decided.compactMap { $0.event.time?.milliseconds } == [0, 60_000, 65_000, 90_000])
        #expect(timeline.state.counts.late == 0)
    }

    @Test func `an idle live stream fires its timers by the clock`() {
        var timeline = Timeline([Self.waiting], [Self.read("ask", 0, at: 2)])
        for seconds in stride(from: 10.0, through: 69, by: 1) { timeline.advance(byClock: seconds) }
        #expect(timeline.fired == [])
        #expect(timeline.engine.wait(byClock: Timeline.instant(69), state: &timeline.state) == .seconds(1))
        timeline.advance(byClock: 70)
        #expect(timeline.fired == ["r 60"])
    }

    @Test func `where no event of a live stream tells a time, lateness waits by the arrivals`() {
        let late = StreamTime(lateness: .seconds(5))
        var timeline = Timeline([Self.waiting], time: late, [Self.read("ask", nil, at: 100)])
        #expect(timeline.decided.isEmpty)
        timeline.advance(byClock: 115)
        #expect(timeline.decided.count == 1)
        timeline.advance(byClock: 169)
        #expect(timeline.fired == [])
        timeline.advance(byClock: 170)
        #expect(timeline.fired == ["r 160"])
    }

    @Test func `idle time stays behind the clock by lateness, where that is longer than grace`() {
        let late = StreamTime(lateness: .seconds(60))
        var timeline = Timeline([Self.counting], time: late, [Self.read("a", 100, at: 100)])
        timeline.advance(byClock: 130)
        timeline.take(Self.read("a", 90, at: 131))
        timeline.advance(byClock: 161)
        #expect(timeline.fired == ["c 100"])
        #expect(timeline.state.counts.late == 0)
    }

    @Test func `a stream in which nothing tells a time goes by the clock after every break`() {
        let waiting = Make.timed("t", timing: Timing(throttle: TimingTests.throttle()))
        let items = [Self.read("a", nil, at: 100), Self.read("a", nil, at: 130), Self.read("a", nil, at: 9000)]
        #expect(Timeline([waiting], items).fired == ["t 100", "t 130?", "t 9000"])
    }

    @Test func `what was opened before a stream turned out to be old is forgotten`() {
        let throttled = Make.timed("t", timing: Timing(throttle: TimingTests.throttle()))
        let items = [Self.read("a", nil, at: 9000), Self.read("a", 100, at: 9001), Self.read("a", 200, at: 9002)]
        #expect(Timeline([throttled], items).fired == ["t 9000", "t 100", "t 200"])
    }

    @Test func `timers that fire before their time leave time where it was`() {
        var timeline = Timeline([Self.waiting, Self.counting], [.init("ask", 0)])
        timeline.settle(.everything)
        timeline.take(.init("b", 10))
        #expect(timeline.fired == ["r 60", "c 10"])
        #expect(timeline.state.clock == Timeline.instant(10))
        #expect(timeline.state.counts.late == 0)
    }

    @Test func `an event from the future does not end a replay`() {
        let items = [
            Self.read("ask", 0, at: 9000), Self.read("x", 1_000_000, at: 9001), Self.read("answer", 10, at: 9002),
            Self.read("x", 500, at: 9003),
        ]
        let timeline = Timeline([Self.waiting], items)
        #expect(timeline.fired == [])
        #expect(timeline.state.counts.late == 0)
    }

    @Test func `a time that nobody could mean is none`() {
        let timeline = Timeline([Self.waiting], [.init("ask", 0), .init("x", 9e15), .init("x", -9e13), .init("x", 61)])
        #expect(timeline.fired == ["r 60"])
    }

    @Test func `with lateness, too, a stream that turns out to be old begins at its first time`() {
        let late = StreamTime(lateness: .seconds(5))
        let items = [Self.read("x", nil, at: 9000), Self.read("ask", 0, at: 9001)]
        var timeline = Timeline([Self.waiting], time: late, items)
        timeline.settle(.events)
        #expect(timeline.fired == [])
        #expect(timeline.state.clock == Timeline.instant(0))
    }

    @Test func `webhooks are no replay, however long nothing came`() {
        var timeline = Timeline([Self.waiting], [Self.read("ask", 0, at: 2)])
        timeline.advance(byClock: 10_000)
        #expect(timeline.fired == [])
        timeline.state.isLiveForSure = true
        timeline.advance(byClock: 10_000)
        #expect(timeline.fired == ["r 60"])
    }

    @Test func `a pause in a replayed file fires nothing`() {
        var timeline = Timeline([Self.waiting], [Self.read("ask", 0, at: 100_000)])
        timeline.advance(byClock: 100_100)
        #expect(timeline.fired == [])
        #expect(timeline.engine.wait(byClock: Timeline.instant(100_100), state: &timeline.state) == nil)
        timeline.take(Self.read("answer", 10, at: 100_101))
        timeline.take(Self.read("x", 1000, at: 100_102))
        #expect(timeline.fired == [])
    }

    @Test func `an event without a time does not run ahead of those that are on their way`() {
        var timeline = Timeline([Self.waiting], [Self.read("ask", 100, at: 102)])
        timeline.take(Self.read("x", nil, at: 165))
        #expect(timeline.state.clock == Timeline.instant(155))
        #expect(timeline.decided.last?.event.time == Timeline.instant(165))
        timeline.take(Self.read("answer", 160, at: 166))
        timeline.take(Self.read("x", 170, at: 171))
        #expect(timeline.fired == [])
        #expect(timeline.state.counts.late == 0)
    }

    @Test func `in a replay an event without a time happens where time stands`() {
        let timeline = Timeline([Self.counting], [Self.read("a", 100, at: 9000), Self.read("a", nil, at: 9001)])
        #expect(timeline.decided.last?.event.time == Timeline.instant(9001))
        #expect(timeline.fired == ["c 9001"])
        #expect(timeline.state.clock == Timeline.instant(100))
    }

    @Test func `a replay that is taken up again goes on as if it had not been left`() {
        let whole: [Timeline.Item] = [
            Self.read("x", 100, at: 9000), Self.read("ask", nil, at: 9001), Self.read("x", 200, at: 9002),
        ]
        #expect(Timeline([Self.waiting], whole).fired == ["r 160"])
        let first = Timeline([Self.waiting], [whole[0]])
        var state = EngineState()
        (state.clock, state.latestTime) = (first.state.clock, first.state.latestTime)
        #expect(Timeline([Self.waiting], state: state, Array(whole[1...])).fired == ["r 160"])
    }

    @Test func `a stream that turns out to be old sets the clock that was guessed`() {
        let timeline = Timeline([Self.counting], [Self.read("a", nil, at: 9000), Self.read("a", 100, at: 9001)])
        #expect(timeline.state.clock == Timeline.instant(100))
        #expect(timeline.state.counts.late == 0)
    }

    @Test func `an event from the future does not drag time along`() {
        let timeline = Timeline([Self.waiting], [Self.read("ask", 0, at: 1), Self.read("x", 1_000_000, at: 2)])
        #expect(timeline.fired == [])
        #expect(timeline.state.clock == Timeline.instant(0))
        #expect(timeline.state.counts.ahead == 1)
    }
}
