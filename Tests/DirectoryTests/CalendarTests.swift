import Directory
import Events
import Testing

/// Days, dates and times of day, as they are read and reckoned with.
struct CalendarTests {
    @Test(
        arguments: [
            ("mon", .monday), ("sun", .sunday), ("Wed", .wednesday), ("thursday", .thursday), ("SATURDAY", .saturday),
            ("tues", nil), ("mo", nil), ("", nil), ("mon ", nil), ("1", nil),
        ] as [(String, Weekday?)]
    )
    func `a day of the week is read by its short or full name`(text: String, day: Weekday?) {
        #expect(Weekday(written: text) == day)
    }

    @Test(
        arguments: [
            (.monday, .friday, "mon tue wed thu fri"), (.friday, .monday, "fri sat sun mon"),
            (.saturday, .sunday, "sat sun"), (.sunday, .saturday, "sun mon tue wed thu fri sat"),
            (.tuesday, .tuesday, "tue"),
        ] as [(Weekday, Weekday, String)]
    )
    func `a range of days runs past the end of the week`(first: Weekday, last: Weekday, days: String) {
        #expect(first.through(last).map(\.shortName).joined(separator: " ") == days)
    }

    @Test(
        arguments: [
            ("2026-11-08", .sunday), ("1970-01-01", .thursday), ("1969-12-31", .wednesday), ("2024-02-29", .thursday),
            ("0001-01-01", .monday), ("9999-12-31", .friday),
        ] as [(String, Weekday)]
    )
    func `a date has its day of the week`(text: String, day: Weekday) {
        #expect(LocalDate(iso8601: text)?.weekday == day)
        #expect(LocalDate(iso8601: text)?.description == text)
    }

    @Test(
        arguments: [
            "", "2026", "2026-11", "2026-11-8", "26-11-08", "2026-13-01", "2026-00-01", "2026-02-29", "0000-01-01",
            "2026-11-08 ", "2026-11-08-01", "-026-11-08", "+026-11-08", "२०२६-११-०८", "2026/11/08",
            "2026-11-08T00:00:00Z",
        ]
    )
    func `what is no date is none`(text: String) {
        #expect(LocalDate(iso8601: text) == nil)
    }

    @Test(
        arguments: [
            ("09:30", 570), ("9:30", 570), ("00:00", 0), ("0:00", 0), ("23:59", 1439), ("24:00", 1440), ("24:01", nil),
            ("25:00", nil), ("12:60", nil), ("9:5", nil), ("9", nil), ("", nil), (":", nil), ("09:30:00", nil),
            ("18.30", nil), ("-1:00", nil), ("+9:30", nil), ("009:30", nil), ("९:३०", nil), ("9:30am", nil),
            (" 9:30", nil),
        ] as [(String, Int?)]
    )
    func `a time of day is read to the minute`(text: String, minutes: Int?) {
        #expect(TimeOfDay(written: text)?.minutes == minutes)
    }

    @Test func `days off are in order and neither touch nor overlap`() throws {
        let days = try DaysOff([
            range("2026-11-08", "2026-11-12"), range("2026-11-01", "2026-11-01"), range("2026-11-10", "2026-11-20"),
            range("2026-11-02", "2026-11-03"), range("2026-11-09", "2026-11-09"), range("2026-12-25", "2026-12-25"),
        ])
        #expect(
            days.ranges.map { "\($0.lowerBound) \($0.upperBound)" } == [
                "2026-11-01 2026-11-03", "2026-11-08 2026-11-20", "2026-12-25 2026-12-25",
            ]
        )
        let november = try (1...30).map { try #require(LocalDate(year: 2026, month: 11, day: $0)) }
        #expect(
            november.filter(days.contains)
                == november.filter { [1, 2, 3].contains($0.dayOfMonth) || (8...20).contains($0.dayOfMonth) }
        )
        #expect(!DaysOff().contains(november[0]))
    }

    private func range(_ first: String, _ last: String) throws -> ClosedRange<LocalDate> {
        try #require(LocalDate(iso8601: first))...#require(LocalDate(iso8601: last))
    }

    @Test(
        arguments: [
            ("Asia/Kolkata", "2026-01-06T18:29:59Z", "2026-01-06 23:59"),
            ("Asia/Kolkata", "2026-01-06T18:30:00Z", "2026-01-07 00:00"),
            ("America/New_York", "1969-12-31T23:59:59.999Z", "1969-12-31 18:59"),
            ("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29 23:59"),
            ("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31 00:00"),
            ("Australia/Lord_Howe", "2026-10-03T15:30:00Z", "2026-10-04 02:30"),
            ("Europe/Berlin", "2026-03-29T00:59:59.999Z", "2026-03-29 01:59"),
            ("Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29 03:00"),
            ("America/New_York", "1969-10-26T05:59:59.999Z", "1969-10-26 01:59"),
            ("America/New_York", "1969-10-26T06:00:00Z", "1969-10-26 01:00"),
        ]
    )
    func `a clock shows the time of its zone`(zone: String, time: String, shown: String) throws {
        let reading = try #require(LocalClock(timezone: zone)).reading(at: #require(Instant(iso8601: time)))
        let minute = TimeOfDay(hour: reading.minute / 60, minute: reading.minute % 60)
        #expect("\(reading.date) \(minute?.description ?? "")" == shown)
    }

    @Test(arguments: [Int64.min, -1, 0, .max, .max / 1000, .min / 1000])
    func `a clock shows something at the ends of time`(milliseconds: Int64) throws {
        let clock = try #require(LocalClock(timezone: "Europe/Berlin"))
        #expect((0..<1440).contains(clock.reading(at: Instant(milliseconds: milliseconds)).minute))
    }
}

extension LocalDate {
    fileprivate var dayOfMonth: Int { Int(description.suffix(2)) ?? 0 }
}
