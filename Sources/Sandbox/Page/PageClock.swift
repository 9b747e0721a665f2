import Foundation

/// Turns instants into the few forms that the page shows.
struct PageClock: Sendable {
    let timeZone: TimeZone

    private static let lastMilliseconds: Int64 = 253_402_300_799_999  // the end of the year 9999

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// A number of milliseconds that stands for a time from 1970 to 9999; `nil` for any other number.
    static func clamped(_ milliseconds: Double) -> Int64? {
        guard milliseconds >= 0, milliseconds <= Double(lastMilliseconds) else { return nil }
        return Int64(milliseconds)
    }

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
        date(milliseconds).formatted(Date.ISO8601FormatStyle())
    }

    private struct Parts {
        var year: Int
        var month: Int
        var day: Int
        var hour: Int
        var minute: Int
        var second: Int
    }

    private func date(_ milliseconds: Int64) -> Date {
        let bounded = min(max(milliseconds, 0), Self.lastMilliseconds)
        return Date(timeIntervalSince1970: Double(bounded) / 1_000)
    }

    private func parts(of milliseconds: Int64) -> Parts {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let found = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date(milliseconds))
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
