/// A point in time, to the millisecond.
public struct Instant: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    public let milliseconds: Int64

    /// Creates a time from milliseconds since 1970.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Creates a time from seconds since 1970; `nil` when that is too far away to be counted.
    public init?(unixSeconds: Int64) {
        let (milliseconds, overflow) = unixSeconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return nil }
        self.milliseconds = milliseconds
    }

    /// Reads an ISO 8601 date-time such as `2026-07-21T06:14:09.412Z` or `2026-07-21T11:44:09+05:30`, or a bare date,
    /// which is its midnight in UTC.
    ///
    /// Seconds may be left out and have a fraction, of which three digits count. A date-time needs `Z` or an offset.
    /// Every part is checked: there is no 30th of February and no 24:00.
    public init?(iso8601 text: some StringProtocol) {
        var text = String(text)
        guard let instant = text.withUTF8({ unsafe Self(iso8601: UnsafeRawBufferPointer($0)) }) else { return nil }
        self = instant
    }

    /// Reads an ISO 8601 date-time in UTF-8 bytes.
    init?(iso8601 bytes: UnsafeRawBufferPointer) {
        var reader = unsafe ISO8601Reader(bytes)
        guard let milliseconds = reader.read() else { return nil }
        self.milliseconds = milliseconds
    }

    /// The time as ISO 8601 text in UTC; milliseconds are written only when they are not zero.
    public var iso8601: String {
        let (days, ofDay) = milliseconds.flooredQuotientAndRemainder(dividingBy: 86_400_000)
        let (year, month, day) = CivilDate.from(daysSince1970: days)
        var text = (year < 0 ? "-" : "") + Self.padded(year.magnitude, 4)
        text += "-\(Self.padded(month.magnitude, 2))-\(Self.padded(day.magnitude, 2))"
        text += "T\(Self.padded((ofDay / 3_600_000).magnitude, 2)):\(Self.padded((ofDay / 60_000 % 60).magnitude, 2))"
        text += ":\(Self.padded((ofDay / 1000 % 60).magnitude, 2))"
        if ofDay % 1000 != 0 { text += ".\(Self.padded((ofDay % 1000).magnitude, 3))" }
        return text + "Z"
    }

    private static func padded(_ number: UInt64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// The time that is so much later; at the end of what can be counted it stops.
    public func advanced(by duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        let limit = duration < .zero ? Int64.min : Int64.max
        guard !overflow else { return Instant(milliseconds: limit) }
        let (step, stepOverflow) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        guard !stepOverflow else { return Instant(milliseconds: limit) }
        let (sum, sumOverflow) = milliseconds.addingReportingOverflow(step)
        return Instant(milliseconds: sumOverflow ? limit : sum)
    }

    /// How much later the other time is.
    public func duration(to other: Instant) -> Duration {
        .milliseconds(other.milliseconds) - .milliseconds(milliseconds)
    }

    /// Whether the first time is before the second.
    public static func < (first: Instant, second: Instant) -> Bool {
        first.milliseconds < second.milliseconds
    }
}

extension Instant: CustomStringConvertible {
    /// The time as ISO 8601 text.
    public var description: String { iso8601 }
}

extension Int64 {
    /// Divides towards the past, so that times before 1970 fall into the right day.
    fileprivate func flooredQuotientAndRemainder(dividingBy divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

/// The Gregorian calendar, reckoned in eras of 400 years that begin on the 1st of March.
package enum CivilDate {
    private static let daysInEra: Int64 = 146_097
    // From 0000-03-01 to 1970-01-01.
    private static let daysBefore1970: Int64 = 719_468

    /// The number of days from 1970-01-01 to a date.
    package static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shifted.flooredQuotientAndRemainder(dividingBy: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * daysInEra + dayOfEra - daysBefore1970
    }

    /// The date that is so many days after 1970-01-01.
    package static func from(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + daysBefore1970).flooredQuotientAndRemainder(dividingBy: daysInEra)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// How many days a month has.
    package static func daysIn(month: Int64, year: Int64) -> Int64 {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}
