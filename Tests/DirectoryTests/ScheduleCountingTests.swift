import Directory
import Events
import SeededRandom
import Testing

/// When a schedule has been open for a while.
struct ScheduleCountingTests {
    /// A schedule, where counting begins, how long it is to be open, and when it has been.
    struct Case: CustomTestStringConvertible {
        var hours: String
        var zone = "Europe/Berlin"
        var closed: [String] = []
        var start: String
        var length: Duration
        var end: String?
        var reason: String

        var testDescription: String { "\(zone): \(reason)" }
    }

    @Test(
        arguments: [
            Case(
                hours: "mon-fri 09:00-18:00",
                start: "2026-01-07T10:00:00.250Z",
                length: .milliseconds(900_001),
                end: "2026-01-07T10:15:00.251Z",
                reason: "an hour that is open throughout"
            ),
            Case(
                hours: "mon-fri 09:00-18:00",
                start: "2026-01-09T16:50:00Z",
                length: .seconds(15 * 60),
                end: "2026-01-12T08:05:00Z",
                reason: "ten minutes on Friday, five on Monday"
            ),
            Case(
                hours: "mon-fri 09:00-18:00",
                start: "2026-01-09T16:50:00Z",
                length: .seconds(10 * 60),
                end: "2026-01-09T17:00:00Z",
                reason: "over when the hours end, not when the next begin"
            ),
            Case(
                hours: "mon-fri 09:00-18:00",
                start: "2026-01-10T12:00:00Z",
                length: .zero,
                end: "2026-01-10T12:00:00Z",
                reason: "no time is over at once, closed as it is"
            ),
            Case(
                hours: "mon-fri 09:00-18:00",
                closed: ["2026-01-12"],
                start: "2026-01-10T12:00:00Z",
                length: .milliseconds(1),
                end: "2026-01-13T08:00:00.001Z",
                reason: "a closed day does not count"
            ),
            Case(
                hours: "mon-fri 09:00-12:00, mon-fri 11:00-14:00, mon-fri 13:30-13:40",
                start: "2026-01-07T07:00:00Z",
                length: .seconds(5 * 3600),
                end: "2026-01-07T13:00:00Z",
                reason: "overlapping hours count once"
            ),
            Case(
                hours: "sat 22:00-06:00",
                closed: ["2026-03-29"],
                start: "2026-03-28T12:00:00Z",
                length: .seconds(7 * 3600),
                end: "2026-03-29T04:00:00Z",
                reason: "a night of seven hours, into a closed day"
            ),
            Case(
                hours: "sat 22:00-06:00",
                start: "2026-10-24T12:00:00Z",
                length: .seconds(9 * 3600),
                end: "2026-10-25T05:00:00Z",
                reason: "a night of nine hours"
            ),
            Case(
                hours: "mon-sun 02:10-02:50",
                start: "2026-03-28T23:00:00Z",
                length: .seconds(40 * 60),
                end: "2026-03-30T00:50:00Z",
                reason: "hours that the clock skips do not count"
            ),
            Case(
                hours: "mon-sun 02:15-02:45",
                start: "2026-10-24T23:00:00Z",
                length: .seconds(60 * 60),
                end: "2026-10-25T01:45:00Z",
                reason: "hours that the clock shows twice count twice"
            ),
            Case(
                hours: "mon 09:00-09:00",
                start: "2026-01-07T10:00:00Z",
                length: .milliseconds(1),
                end: nil,
                reason: "hours without length are never open"
            ),
            Case(
                hours: "mon-sun 00:00-24:00",
                zone: "UTC",
                start: "2026-01-01T00:00:00Z",
                length: Schedule.countingMax,
                end: "2036-01-02T00:00:00Z",
                reason: "ten years are waited for"
            ),
            Case(
                hours: "mon-sun 00:00-24:00",
                zone: "UTC",
                start: "2026-01-01T00:00:00Z",
                length: Schedule.countingMax + .milliseconds(1),
                end: nil,
                reason: "and no millisecond more"
            ),
        ]
    )
    func `open time is counted by the wall clock`(_ example: Case) throws {
        let schedule = try ScheduleTests.schedule(example.zone, example.hours, closed: example.closed)
        let start = try #require(Instant(iso8601: example.start))
        #expect(schedule.instant(after: start, openFor: example.length)?.iso8601 == example.end)
    }

    @Test(arguments: [.min, .min + 1, -6_300_000_000_000_000, 6_300_000_000_000_000, .max - 1, .max] as [Int64])
    func `beyond all clocks nothing traps`(milliseconds: Int64) throws {
        let schedule = try ScheduleTests.schedule("Africa/Casablanca", "mon 09:00-10:00")
        let start = Instant(milliseconds: milliseconds)
        for length in [.milliseconds(1), .seconds(86_400), .seconds(Int64.max)] as [Duration] {
            let end = schedule.instant(after: start, openFor: length)
            #expect(end.map { $0 > start } ?? true)
        }
    }

    /// Zones with instants before something happens; without any change for a while there is Kolkata.
    static let changes =
        SchedulePropertyTests.changes + [
            ("America/St_Johns", "2026-03-08T05:30:00Z"), ("Asia/Kathmandu", "2026-05-01T00:00:00Z"),
            ("Pacific/Chatham", "2026-04-04T14:00:00Z"), ("Africa/Cairo", "2026-04-23T22:00:00Z"),
            ("Antarctica/Troll", "2026-03-29T01:00:00Z"), ("America/Caracas", "2016-05-01T07:00:00Z"),
            ("Asia/Pyongyang", "2018-05-04T15:00:00Z"), ("Europe/Dublin", "2026-10-25T01:00:00Z"),
        ]

    @Test(arguments: changes)
    func `open time is what a count of minutes comes to`(zone: String, change: String) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let clock = try #require(LocalClock(timezone: zone))
        let first = try #require(Instant(iso8601: change)).milliseconds - 2 * 86_400_000
        let dates = (-1...6).compactMap { clock.reading(at: Instant(milliseconds: first + $0 * 86_400_000)).date }
        for _ in 0..<4 {
            let schedule = Schedule(
                id: "it",
                clock: clock,
                open: (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                    SchedulePropertyTests.hours(&generator)
                },
                closed: DaysOff(dates.filter { _ in Int.random(in: 0..<5, using: &generator) == 0 }.map { $0...$0 })
            )
            let minutes = (0..<5 * 1440).map {
                schedule.isOpen(at: Instant(milliseconds: first + Int64($0) * 60_000))
            }
            for _ in 0..<30 {
                let start = Int64.random(in: 0..<5 * 86_400_000, using: &generator)
                let counted = Self.length(from: start, in: minutes)
                guard counted > 0 else { continue }
                // To the end of some minute just as often as to anywhere: there the ends of hours are.
                var length = Int64.random(in: 1...counted, using: &generator)
                if Bool.random(using: &generator) { length = (counted - length) / 60_000 * 60_000 + counted % 60_000 }
                guard length > 0 else { continue }
                let expected = Self.instant(after: start, openFor: length, in: minutes).map { first + $0 }
                let found = schedule.instant(
                    after: Instant(milliseconds: first + start),
                    openFor: .milliseconds(length)
                )
                guard found?.milliseconds != expected else { continue }
                let place = "\(zone) from \(Instant(milliseconds: first + start)) for \(length) ms"
                Issue.record("\(place): \(String(describing: found)) \(schedule.open) \(schedule.closed); seed \(seed)")
                return
            }
        }
    }

    /// How many milliseconds of the minutes are open from one on.
    private static func length(from start: Int64, in minutes: [Bool]) -> Int64 {
        minutes.indices.reduce(0) { sum, index in
            let range = (Int64(index) * 60_000..<Int64(index + 1) * 60_000).clamped(to: start ..< .max)
            return sum + (minutes[index] ? Int64(range.count) : 0)
        }
    }

    /// The millisecond at which the minutes have been open for so long, one minute after the other.
    private static func instant(after start: Int64, openFor length: Int64, in minutes: [Bool]) -> Int64? {
        var (now, left) = (start, length)
        while minutes.indices.contains(Int(now / 60_000)) {
            let end = (now / 60_000 + 1) * 60_000
            if minutes[Int(now / 60_000)] {
                if end - now >= left { return now + left }
                left -= end - now
            }
            now = end
        }
        return nil
    }
}
