import Directory
import Events
import Foundation
import SeededRandom
import Testing

/// Schedules against a plain reference, minute by minute around the days on which clocks change.
struct SchedulePropertyTests {
    /// Zones with the instants around which something happens.
    static let changes = [
        ("Asia/Kolkata", "2026-11-08T00:00:00Z"), ("Europe/Berlin", "2026-03-29T01:00:00Z"),
        ("Europe/Berlin", "2026-10-25T01:00:00Z"), ("America/New_York", "2026-03-08T07:00:00Z"),
        ("America/New_York", "2026-11-01T06:00:00Z"), ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"), ("Pacific/Apia", "2011-12-30T10:00:00Z"),
        // These change at midnight, so that a date begins late or comes twice.
        ("America/Havana", "2026-03-08T05:00:00Z"), ("America/Sao_Paulo", "2017-10-15T03:00:00Z"),
        ("America/Sao_Paulo", "2018-02-18T02:00:00Z"), ("Africa/Casablanca", "2026-02-15T02:00:00Z"),
    ]

    @Test(arguments: changes)
    func `a schedule is open when the reference says so`(zone: String, change: String) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let clock = try #require(LocalClock(timezone: zone))
        let middle = try #require(Instant(iso8601: change)).milliseconds
        let reference = ReferenceClock(timezone: clock.timezone)
        let instants = (-1500...1500).map { Instant(milliseconds: middle + Int64($0) * 60_000 + 30_000) }
        let shown = instants.map(reference.reading)
        let dates = reference.dates(around: instants[0], count: 8)
        for _ in 0..<40 {
            let open = (0..<Int.random(in: 1...3, using: &generator)).map { _ in Self.hours(&generator) }
            let closed = dates.filter { _ in Int.random(in: 0..<5, using: &generator) == 0 }
            let away = dates.filter { _ in Int.random(in: 0..<8, using: &generator) == 0 }
            let schedule = Schedule(
                id: "it",
                clock: clock,
                open: open,
                closed: DaysOff(closed.map { $0.date...$0.date })
            )
            let shift = Shift(schedule: schedule, away: DaysOff(away.map { $0.date...$0.date }), clock: .utc)
            let intervals = reference.intervals(of: open, on: dates, except: closed.map(\.date))
            let worked = reference.intervals(of: open, on: dates, except: (closed + away).map(\.date))
            for (instant, shown) in zip(instants, shown) {
                let isOpen = intervals.contains { $0.contains(shown) }
                let isOn = worked.contains { $0.contains(shown) }
                guard schedule.isOpen(at: instant) != isOpen || shift.isOn(at: instant) != isOn else { continue }
                Issue.record("\(zone) \(instant) shows \(shown): \(open) closed \(closed) away \(away); seed \(seed)")
                return
            }
        }
    }

    /// Hours that often begin or end near the changes.
    static func hours(_ generator: inout SeededGenerator) -> Schedule.Hours {
        func time(_ range: ClosedRange<Int>) -> TimeOfDay {
            let hour =
                Bool.random(using: &generator)
                ? Int.random(in: 0...3, using: &generator) : Int.random(in: range, using: &generator)
            let minute = [0, 0, 15, 30, 45, 59].randomElement(using: &generator) ?? 0
            return TimeOfDay(hour: hour, minute: hour == 24 ? 0 : minute) ?? .midnight
        }
        let days = Weekday.allCases.filter { _ in Int.random(in: 0..<3, using: &generator) > 0 }
        var (from, to) = (time(0...23), time(0...24))
        while from == to { (from, to) = (time(0...23), time(0...24)) }
        return Schedule.Hours(days: Set(days), from: from, to: to)
    }
}

/// What a wall clock shows, by Foundation's calendar: year, month, day, hour and minute as the digits of one number.
private struct ReferenceClock {
    private var local = Calendar(identifier: .gregorian)
    private var plain = Calendar(identifier: .gregorian)

    init(timezone: TimeZone) {
        local.timeZone = timezone
        plain.timeZone = .gmt
    }

    func reading(at instant: Instant) -> Int {
        number(local.dateComponents(Self.parts, from: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)))
    }

    /// Dates one after the other as the calendar has them, those that the clock skips among them.
    func dates(around instant: Instant, count: Int) -> [(date: LocalDate, start: Date)] {
        let first = instant.iso8601.prefix(10)
        let start = (LocalDate(iso8601: first)?.daysSince1970 ?? 0) - 2
        return (0..<count).map {
            (LocalDate(iso8601: name(start + $0)) ?? LocalDate(daysSince1970: 0), day(start + $0))
        }
    }

    /// From which number to which hours are open.
    func intervals(
        of open: [Schedule.Hours],
        on dates: [(date: LocalDate, start: Date)],
        except closed: [LocalDate]
    ) -> [Range<Int>] {
        dates.filter { !closed.contains($0.date) }.flatMap { date in
            // Foundation counts days of the week from Sunday, which is 1.
            let weekday = Weekday(rawValue: (plain.component(.weekday, from: date.start) + 5) % 7)
            return open.filter { hours in weekday.map(hours.days.contains) ?? false }.map { hours in
                let next = hours.to < hours.from ? 1440 : 0
                return at(date.start, hours.from.minutes)..<at(date.start, hours.to.minutes + next)
            }
        }
    }

    private static let parts: Set<Calendar.Component> = [.year, .month, .day, .hour, .minute]

    private func day(_ daysSince1970: Int) -> Date { Date(timeIntervalSince1970: Double(daysSince1970) * 86_400) }

    private func name(_ daysSince1970: Int) -> String {
        let digits = String(number(plain.dateComponents(Self.parts, from: day(daysSince1970))) / 10_000)
        return "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))"
    }

    private func at(_ start: Date, _ minutes: Int) -> Int {
        number(plain.dateComponents(Self.parts, from: start.addingTimeInterval(Double(minutes) * 60)))
    }

    private func number(_ parts: DateComponents) -> Int {
        [parts.month, parts.day, parts.hour, parts.minute].reduce(parts.year ?? 0) { $0 * 100 + ($1 ?? 0) }
    }
}
