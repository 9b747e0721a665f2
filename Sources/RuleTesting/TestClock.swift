import Diagnostics
import Directory
import Events
import Foundation
import RuleCompiler
import RuleEngine
import RuleSyntax

/// The clock of a test.
///
/// It begins on Wednesday 2026-01-07 at noon in the settings' time zone and moves only forward, when the test says so.
struct TestClock {
    /// When the test begins.
    let start: Instant

    /// What the clock shows.
    private(set) var now: Instant

    /// What people read there.
    let local: LocalClock

    private let calendar: Calendar

    /// Starts a clock.
    ///
    /// - Parameter timezone: The IANA name of the time zone in which times of day are meant.
    init(timezone: String) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: timezone) ?? .gmt
        local = LocalClock(timezone: calendar.timeZone)
        self.calendar = calendar
        let noon = calendar.date(from: DateComponents(year: 2026, month: 1, day: 7, hour: 12))
        start = noon.map { Instant($0) } ?? Instant(milliseconds: 1_767_787_200_000)
        now = start
    }

    /// Moves on by a length of time such as `15m`.
    mutating func wait(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) {
        guard let text = node.text(for: "'wait'", reporting: &diagnostics) else { return }
        guard let seconds = Quantity.seconds(text), seconds <= Self.waitSecondsMax else {
            diagnostics.append(.malformedDuration(text, at: node.span))
            return
        }
        now = now.advanced(by: .seconds(seconds))
    }

    /// Moves to a time: `+15m` after the start, an ISO time, or the next `sat 22:00`.
    mutating func move(to node: YAMLNode, _ diagnostics: inout [Diagnostic]) {
        guard let time = time(node, &diagnostics) else { return }
        guard time >= now else {
            diagnostics.append(.backwards(from: now, at: node.span))
            return
        }
        now = time
    }

    /// Moves on to when an event happened, if that is later: none comes before it has happened.
    mutating func reach(_ time: Instant) {
        now = max(now, time)
    }

    /// The time that is written; the clock stays where it is.
    func time(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> Instant? {
        guard let text = node.text(for: "a time", reporting: &diagnostics) else { return nil }
        if let instant = Instant(iso8601: text) { return instant }
        if text.hasPrefix("+"), let seconds = Quantity.seconds(String(text.dropFirst())),
            seconds <= Self.waitSecondsMax
        {
            return start.advanced(by: .seconds(seconds))
        }
        if let next = next(text) { return next }
        diagnostics.append(.notATime(text, at: node.span))
        return nil
    }

    /// A hundred years: nothing that a test could wait for.
    private static let waitSecondsMax = 100 * 365.25 * 86_400

    /// The next time at which a local clock shows `sat 22:00` or `22:00`; the present counts.
    private func next(_ text: String) -> Instant? {
        let words = text.split(separator: " ")
        guard let last = words.last, words.count <= 2, let time = TimeOfDay(written: last), time < .endOfDay else {
            return nil
        }
        var wanted = DateComponents(hour: time.minutes / 60, minute: time.minutes % 60, second: 0)
        if words.count == 2 {
            guard let day = Weekday(written: words[0]) else { return nil }
            // The calendar counts from Sunday, which is 1.
            wanted.weekday = (day.rawValue + 1) % 7 + 1
        }
        // The search begins behind its start, and the present is to count.
        let before = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000 - 1)
        return calendar.nextDate(after: before, matching: wanted, matchingPolicy: .nextTime).map { Instant($0) }
    }
}

extension Instant {
    fileprivate init(_ date: Date) {
        self.init(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }
}

extension Diagnostic {
    fileprivate static func notATime(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "'\(text)' is not a time",
            primary: Label("write '+15m', 'sat 22:00' or '2026-01-07T12:00:00+05:30'", at: span)
        )
    }

    fileprivate static func backwards(from now: Instant, at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "the clock of a test does not go back",
            primary: Label("it shows \(now) already", at: span),
            help: "write 'time' for an event that comes later than it happened"
        )
    }
}
