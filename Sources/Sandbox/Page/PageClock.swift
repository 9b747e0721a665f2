import Events
import Foundation

/// Turns instants into the few forms that the page shows.
struct PageClock: Sendable {
    let timeZone: TimeZone

    /// The times that the page can show, in milliseconds since 1970: until the end of the year 9999.
    static let range: ClosedRange<Int64> = 0...253_402_300_799_999

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// `12:04:05`.
    func time(_ milliseconds: Int64) -> String {
        let parts = parts(of: milliseconds)
        return "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
    }

    /// `12:04` for a time of the same day as `now`, otherwise `21 Jul`, with the year where that differs.
    func short(_ milliseconds: Int64, now: Int64) -> String {
        let then = parts(of: milliseconds)
        let today = parts(of: now)
        if (then.year, then.month, then.day) == (today.year, today.month, today.day) {
            return "\(two(then.hour)):\(two(then.minute))"
        }
        let day = "\(then.day) \(Self.months[then.month - 1].prefix(3))"
        return then.year == today.year ? day : "\(day) \(then.year)"
    }

    /// `21 July 2026`.
    func day(_ milliseconds: Int64) -> String {
        let parts = parts(of: milliseconds)
        return "\(parts.day) \(Self.months[parts.month - 1]) \(parts.year)"
    }

    /// `2026-07-21T06:14:09Z`, for machines.
    func machine(_ milliseconds: Int64) -> String {
        Instant(milliseconds: bounded(milliseconds) / 1_000 * 1_000).iso8601
    }

    private struct Parts {
        var year: Int
        var month: Int
        var day: Int
        var hour: Int
        var minute: Int
        var second: Int
    }

    private func bounded(_ milliseconds: Int64) -> Int64 {
        min(max(milliseconds, Self.range.lowerBound), Self.range.upperBound)
    }

    private func parts(of milliseconds: Int64) -> Parts {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let date = Date(timeIntervalSince1970: Double(bounded(milliseconds)) / 1_000)
        let found = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        return Parts(
            year: found.year ?? 1_970,
            month: min(max(found.month ?? 1, 1), 12),
            day: found.day ?? 1,
            hour: found.hour ?? 0,
            minute: found.minute ?? 0,
            second: found.second ?? 0
        )
    }

    private func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
