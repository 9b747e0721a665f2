import Directory
import Events
import Foundation
import Testing

/// When schedules are open, by the times at which they open and close.
struct ScheduleTests {
    /// A schedule and a stretch of time, and what happens in it.
    struct Case: CustomTestStringConvertible {
        var zone: String
        var hours: String
        var closed: [String] = []
        var days: String
        var changes: [String]
        var reason: String

        var testDescription: String { "\(zone): \(reason)" }
    }

    @Test(
        arguments: [
            Case(
                zone: "Asia/Kolkata",
                hours: "mon-fri 09:30-18:30",
                days: "2026-11-06 2026-11-09",
                changes: ["+2026-11-06T04:00", "-2026-11-06T13:00", "+2026-11-09T04:00", "-2026-11-09T13:00"],
                reason: "open at 09:30, closed at 18:30, and on the weekend"
            ),
            Case(
                zone: "Asia/Kolkata",
                hours: "fri-mon 09:30-18:30",
                closed: ["2026-11-08", "2026-11-09"],
                days: "2026-11-07 2026-11-10",
                changes: ["+2026-11-07T04:00", "-2026-11-07T13:00"],
                reason: "closed days close what begins on them"
            ),
            Case(
                zone: "Asia/Kolkata",
                hours: "mon-sun 22:00-06:00",
                closed: ["2026-11-08"],
                days: "2026-11-07 2026-11-09",
                changes: ["-2026-11-07T00:30", "+2026-11-07T16:30", "-2026-11-08T00:30", "+2026-11-09T16:30"],
                reason: "the night before a closed day runs to its end, and the closed day's own does not begin"
            ),
            Case(
                zone: "Asia/Kolkata",
                hours: "sun 22:00-06:00",
                days: "2026-11-07 2026-11-10",
                changes: ["+2026-11-08T16:30", "-2026-11-09T00:30"],
                reason: "a night belongs to the day on which it began, over the end of the week too"
            ),
            Case(
                zone: "Asia/Kolkata",
                hours: "sat-sun 00:00-24:00",
                days: "2026-11-06 2026-11-10",
                changes: ["+2026-11-06T18:30", "-2026-11-08T18:30"],
                reason: "whole days join at midnight"
            ),
            Case(
                zone: "Asia/Kolkata",
                hours: "sat 18:00-00:00",
                days: "2026-11-06 2026-11-10",
                changes: ["+2026-11-07T12:30", "-2026-11-07T18:30"],
                reason: "midnight as an end is that of the same day"
            ),
            Case(
                zone: "Asia/Kolkata",
                hours: "mon 09:00-12:00, mon 11:00-14:00",
                days: "2026-11-09 2026-11-09",
                changes: ["+2026-11-09T03:30", "-2026-11-09T08:30"],
                reason: "overlapping hours are one"
            ),
            Case(
                zone: "Europe/Berlin",
                hours: "mon-sun 02:30-04:00",
                days: "2026-03-29 2026-03-29",
                changes: ["+2026-03-29T01:00", "-2026-03-29T02:00"],
                reason: "hours that begin in the skipped hour begin at its end"
            ),
            Case(
                zone: "Europe/Berlin",
                hours: "mon-sun 01:00-02:30",
                days: "2026-03-29 2026-03-29",
                changes: ["+2026-03-29T00:00", "-2026-03-29T01:00"],
                reason: "hours that end in the skipped hour end where it begins"
            ),
            Case(
                zone: "Europe/Berlin",
                hours: "mon-sun 02:10-02:50",
                days: "2026-03-29 2026-03-29",
                changes: [],
                reason: "hours in the skipped hour do not happen"
            ),
            Case(
                zone: "Europe/Berlin",
                hours: "sat 22:00-06:00",
                days: "2026-03-28 2026-03-29",
                changes: ["+2026-03-28T21:00", "-2026-03-29T04:00"],
                reason: "a night of seven hours"
            ),
            Case(
                zone: "Europe/Berlin",
                hours: "mon-sun 02:15-02:45",
                days: "2026-10-25 2026-10-25",
                changes: ["+2026-10-25T00:15", "-2026-10-25T00:45", "+2026-10-25T01:15", "-2026-10-25T01:45"],
                reason: "hours in the repeated hour happen twice"
            ),
            Case(
                zone: "Europe/Berlin",
                hours: "mon-sun 01:00-02:30",
                days: "2026-10-25 2026-10-25",
                changes: ["+2026-10-24T23:00", "-2026-10-25T00:30", "+2026-10-25T01:00", "-2026-10-25T01:30"],
                reason: "hours that end in the repeated hour end in both passes"
            ),
            Case(
                zone: "Europe/Berlin",
                hours: "sat 22:00-06:00",
                days: "2026-10-24 2026-10-25",
                changes: ["+2026-10-24T20:00", "-2026-10-25T05:00"],
                reason: "a night of nine hours"
            ),
            Case(
                zone: "America/New_York",
                hours: "sat-sun 02:00-03:00",
                days: "2026-03-07 2026-03-09",
                changes: ["+2026-03-07T07:00", "-2026-03-07T08:00"],
                reason: "the skipped hour itself does not happen"
            ),
            Case(
                zone: "America/New_York",
                hours: "sat-sun 01:00-02:00",
                days: "2026-10-31 2026-11-02",
                changes: ["+2026-10-31T05:00", "-2026-10-31T06:00", "+2026-11-01T05:00", "-2026-11-01T07:00"],
                reason: "the repeated hour itself is two hours long"
            ),
            Case(
                zone: "Australia/Lord_Howe",
                hours: "sun 02:00-03:00",
                days: "2026-10-04 2026-10-04",
                changes: ["+2026-10-03T15:30", "-2026-10-03T16:00"],
                reason: "half an hour is skipped"
            ),
            Case(
                zone: "Australia/Lord_Howe",
                hours: "sun 01:00-02:00",
                days: "2026-04-05 2026-04-05",
                changes: ["+2026-04-04T14:00", "-2026-04-04T15:30"],
                reason: "half an hour comes twice"
            ),
            Case(
                zone: "Pacific/Apia",
                hours: "mon-sun 09:00-17:00",
                days: "2011-12-29 2011-12-31",
                changes: ["+2011-12-29T19:00", "-2011-12-30T03:00", "+2011-12-30T19:00", "-2011-12-31T03:00"],
                reason: "the skipped day has no hours"
            ),
            Case(
                zone: "Pacific/Apia",
                hours: "thu 22:00-06:00",
                days: "2011-12-29 2011-12-31",
                changes: ["+2011-12-30T08:00", "-2011-12-30T10:00"],
                reason: "a night into the skipped day ends where it begins"
            ),
            Case(
                zone: "Pacific/Apia",
                hours: "fri 22:00-06:00",
                days: "2011-12-29 2011-12-31",
                changes: ["+2011-12-30T10:00", "-2011-12-30T16:00"],
                reason: "a night out of the skipped day begins at its end"
            ),
        ]
    )
    func `a schedule opens and closes by its wall clock`(_ example: Case) throws {
        let schedule = try Self.schedule(example.zone, example.hours, closed: example.closed)
        let dates = example.days.split(separator: " ").compactMap { LocalDate(iso8601: $0) }
        var changes: [String] = []
        var wasOpen: Bool?
        // A day more on each side, since a day of a zone is none of UTC; what lies beyond is left out.
        for minute in (dates[0].daysSince1970 - 1) * 1440..<(dates[1].daysSince1970 + 2) * 1440 {
            let instant = Instant(milliseconds: Int64(minute) * 60_000)
            let isOpen = schedule.isOpen(at: instant)
            let isWithin = (dates[0]...dates[1]).contains(schedule.clock.reading(at: instant).date)
            if let wasOpen, isOpen != wasOpen, isWithin {
                changes.append((isOpen ? "+" : "-") + instant.iso8601.prefix(16))
            }
            wasOpen = isOpen
        }
        #expect(changes == example.changes)
    }

    @Test func `a schedule opens at the first millisecond and is closed at the last`() throws {
        let schedule = try Self.schedule("Asia/Kolkata", "mon-fri 09:30-18:30")
        let times = ["03:59:59.999Z", "04:00:00Z", "12:59:59.999Z", "13:00:00Z"]
        let open = try times.map { schedule.isOpen(at: try #require(Instant(iso8601: "2026-11-09T\($0)"))) }
        #expect(open == [false, true, true, false])
    }

    @Test func `a schedule without hours is never open`() throws {
        #expect(!Schedule(id: "it", clock: .utc, open: []).isOpen(at: Instant(milliseconds: 0)))
    }

    /// Reads `mon-fri 09:30-18:30, sat 10:00-12:00`.
    static func schedule(_ zone: String, _ hours: String, closed: [String] = []) throws -> Schedule {
        let open = try hours.split(separator: ", ").map { text in
            let parts = text.split { " -".contains($0) }
            let days = try #require(Weekday(written: parts[0])).through(
                #require(Weekday(written: parts[parts.count - 3]))
            )
            return Schedule.Hours(
                days: Set(days),
                from: try #require(TimeOfDay(written: parts[parts.count - 2])),
                to: try #require(TimeOfDay(written: parts[parts.count - 1]))
            )
        }
        let dates = closed.compactMap { LocalDate(iso8601: $0) }
        let clock = try #require(LocalClock(timezone: zone))
        return Schedule(id: "it", clock: clock, open: open, closed: DaysOff(dates.map { $0...$0 }))
    }
}
