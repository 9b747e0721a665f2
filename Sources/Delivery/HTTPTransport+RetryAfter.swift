internal import Foundation

/// The value of a `Retry-After` header: seconds, or the date until which to wait (RFC 9110, 10.2.3).
enum RetryAfter: Hashable {
    case seconds(Int)
    /// Seconds since 1970.
    case date(Int)

    /// Reads a header; `nil` when there is none or it is neither form.
    init?(_ header: String?) {
        guard let header else { return nil }
        let value = header.filter { $0 != "\t" }.trimmingPrefix(while: { $0 == " " })
        if !value.isEmpty, value.utf8.allSatisfy({ (48...57).contains($0) }) {
            // A number too large to read is a very long wait all the same.
            self = .seconds(Int(value) ?? .max)
        } else if let date = Self.date(value) {
            self = .date(date)
        } else {
            return nil
        }
    }

    /// How long to wait, never less than nothing and never more than the transport passes on.
    func duration(from now: Date) -> Duration {
        let seconds =
            switch self {
            case .seconds(let seconds): Double(seconds)
            case .date(let date): Double(date) - now.timeIntervalSince1970
            }
        let most = Double(HTTPTransport.retryAfterMax.components.seconds)
        return .seconds(max(0, min(seconds.rounded(.up), most)))
    }

    /// Reads the one date format that may be sent, such as `Sun, 06 Nov 1994 08:49:37 GMT`, and the two older ones that
    /// must be understood.
    private static func date(_ text: Substring) -> Int? {
        let parts = text.split { " ,-".contains($0) }
        switch parts.count {
        case 6 where parts[5] == "GMT": return date(day: parts[1], month: parts[2], year: parts[3], time: parts[4])
        case 5 where parts[3].contains(":"): return date(day: parts[2], month: parts[1], year: parts[4], time: parts[3])
        default: return nil
        }
    }

    private static func date(day: Substring, month: Substring, year: Substring, time: Substring) -> Int? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = time.split(separator: ":").compactMap { UInt8($0) }.map(Int.init)
        guard let month = months.firstIndex(where: { $0 == month }), let day = UInt8(day), (1...31).contains(day),
            var year = UInt16(year).map(Int.init), year < 10_000, clock.count == 3, clock[0] < 24, clock[1] < 60,
            clock[2] <= 60
        else { return nil }
        // Two digits are of this century or the last one, whichever is nearer; dates to wait for lie ahead.
        if year < 100 { year += year < 70 ? 2000 : 1900 }
        let days = daysSince1970(year: year, month: month + 1, day: Int(day))
        return ((days * 24 + clock[0]) * 60 + clock[1]) * 60 + clock[2]
    }

    /// Counts days in the Gregorian calendar, with years that begin in March so that leap days come last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = (month + 9) % 12
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
    }
}
