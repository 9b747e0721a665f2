import Events

/// A day of the calendar, in no time zone.
public struct LocalDate: Hashable, Comparable, Sendable {
    /// The number of days since 1970-01-01.
    public let daysSince1970: Int

    /// Creates a date from the number of days since 1970-01-01.
    package init(daysSince1970: Int) {
        self.daysSince1970 = daysSince1970
    }

    /// Creates a date; `nil` when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...CivilDate.daysIn(month: Int64(month), year: Int64(year))).contains(Int64(day))
        else { return nil }
        daysSince1970 = Int(CivilDate.daysSince1970(year: Int64(year), month: Int64(month), day: Int64(day)))
    }

    /// Reads a date written like `2026-11-08`.
    public init?(iso8601 text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy(\.isOfASCIIDigits),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day of the week.
    public var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        let place = (daysSince1970 % 7 + 7 + Weekday.thursday.rawValue) % 7
        return Weekday(rawValue: place) ?? .monday
    }

    /// The day before.
    public var dayBefore: LocalDate { LocalDate(daysSince1970: daysSince1970 - 1) }

    /// Whether the first date is before the second.
    public static func < (first: LocalDate, second: LocalDate) -> Bool {
        first.daysSince1970 < second.daysSince1970
    }
}

extension LocalDate: CustomStringConvertible {
    /// The date as it is written: `2026-11-08`.
    public var description: String {
        let (year, month, day) = CivilDate.from(daysSince1970: Int64(daysSince1970))
        return [(year, 4), (month, 2), (day, 2)].map { number, width in
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }.joined(separator: "-")
    }
}

extension StringProtocol {
    /// Whether nothing but the digits 0 to 9 is in it.
    var isOfASCIIDigits: Bool { utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
}
