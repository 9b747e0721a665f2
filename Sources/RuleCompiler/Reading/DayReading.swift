import Diagnostics
import Events
import Foundation
import RuleEngine
import RuleSyntax

/// Reads the days on which rules end.
struct DayReading {
    /// How long before a rule ends `check` begins to warn.
    private static let warningDays = 14

    private let calendar: Calendar
    private let now: Instant?

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - timezone: The IANA name of the time zone in which days are meant.
    ///   - now: The time to warn by; `nil` for no warnings.
    init(timezone: String, now: Instant?) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: timezone) ?? .gmt
        self.calendar = calendar
        self.now = now
    }

    /// The end of the day that is written; warns of one that is near or over.
    func expiry(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> Expiry? {
        guard let text = node.text(for: "'expires'", reporting: &diagnostics) else { return nil }
        guard let end = end(ofDay: text) else {
            diagnostics.append(
                .malformed(
                    text,
                    at: node.span,
                    what: "a day",
                    example: "the last day on which the rule fires: 2026-12-31"
                )
            )
            return nil
        }
        if let now {
            let left = now.duration(to: end)
            if left <= .zero {
                diagnostics.append(.hasExpired(text, at: node.span))
            } else if left <= .seconds(Self.warningDays * 86_400) {
                diagnostics.append(.expiresSoon(text, days: Int(left.components.seconds / 86_400), at: node.span))
            }
        }
        return Expiry(lastDay: text, end: end)
    }

    /// The first instant after a day such as `2026-12-31`; a time of day is none.
    private func end(ofDay text: String) -> Instant? {
        guard text.utf8.count == 10, let midnight = Instant(iso8601: text) else { return nil }
        // The text was read as a day in UTC; the same day begins at another instant in the rules' time zone.
        var greenwich = Calendar(identifier: .gregorian)
        greenwich.timeZone = .gmt
        let date = Date(timeIntervalSince1970: Double(midnight.milliseconds) / 1000)
        let parts = greenwich.dateComponents([.year, .month, .day], from: date)
        guard let start = calendar.date(from: parts),
            let next = calendar.dateInterval(of: .day, for: start)?.end
        else { return nil }
        return Instant(milliseconds: Int64((next.timeIntervalSince1970 * 1000).rounded()))
    }
}

extension Diagnostic {
    fileprivate static func hasExpired(_ day: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .expires,
            severity: .warning,
            message: "this rule ended on \(day) and no longer fires",
            primary: Label("its last day is over", at: span),
            help: "remove the rule, or give it a later day"
        )
    }

    fileprivate static func expiresSoon(_ day: String, days: Int, at span: Span) -> Diagnostic {
        let time =
            switch days {
            case 0: "after today"
            case 1: "after tomorrow"
            default: "in \(days) days"
            }
        return Diagnostic(
            .expires,
            severity: .warning,
            message: "this rule ends \(time)",
            primary: Label("the last day on which it fires", at: span),
            help: "give it a later day, or leave 'expires' out, if it is to go on"
        )
    }
}
