import Diagnostics
import Directory
import RuleSyntax

extension YAMLNode {
    /// Dates and ranges of dates, one or a list; anything else is reported.
    func daysOff(for subject: String, reporting diagnostics: inout [Diagnostic]) -> DaysOff {
        DaysOff(
            texts(for: subject, reporting: &diagnostics).compactMap { text, node in
                range(text, at: node.span, &diagnostics)
            }
        )
    }

    /// `2026-11-08` or `2026-11-08 .. 2026-11-12`.
    private func range(
        _ text: String,
        at span: Span,
        _ diagnostics: inout [Diagnostic]
    ) -> ClosedRange<LocalDate>? {
        let written =
            !text.isShort ? [] : text.split(separator: /\.\./, omittingEmptySubsequences: false).map(\.trimmed)
        let dates = written.compactMap { LocalDate(iso8601: $0) }
        guard dates.count == written.count, (1...2).contains(dates.count) else {
            diagnostics.append(.notADate(text, parts: written, at: span))
            return nil
        }
        guard dates[0] <= dates[dates.count - 1] else {
            diagnostics.append(.runsBackwards(text, from: dates[1], to: dates[0], at: span))
            return nil
        }
        return dates[0]...dates[dates.count - 1]
    }
}

extension LocalDate {
    /// The date that was probably meant: `2026/11/8`, `2026.11.08`, or `25.12.2026`, where no month can be the 25th.
    fileprivate init?(likely text: String) {
        if let match = text.wholeMatch(of: /(\d{4})[-\/.](\d{1,2})[-\/.](\d{1,2})/),
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3)
        {
            self.init(year: year, month: month, day: day)
        } else if let match = text.wholeMatch(of: /(\d{1,2})[-\/.](\d{1,2})[-\/.](\d{4})/),
            let first = Int(match.1), let second = Int(match.2), let year = Int(match.3), max(first, second) > 12
        {
            self.init(year: year, month: min(first, second), day: max(first, second))
        } else {
            return nil
        }
    }

    /// How the dates that were probably meant are written.
    fileprivate static func likely(_ text: String) -> String? {
        guard text.isShort else { return nil }
        if let date = LocalDate(likely: text) { return date.description }
        let ends = text.split(separator: /\s*(?:\.{2,}|…|–|—|\s-\s|\bto\b|\/)\s*/).map { LocalDate(likely: $0.trimmed) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last else { return nil }
        return "\(first) .. \(last)"
    }
}

extension Diagnostic {
    fileprivate static func notADate(_ text: String, parts: [String], at span: Span) -> Diagnostic {
        let form = /\d{4}-\d\d-\d\d/
        if let part = parts.first(where: { $0.wholeMatch(of: form) != nil && LocalDate(iso8601: $0) == nil }) {
            return Diagnostic(
                .unknownValue,
                message: "there is no day '\(part)'",
                primary: Label("not in the calendar", at: span)
            )
        }
        let recurs = text.isShort && text.wholeMatch(of: /(?:--)?\d\d?[-\/.]\d\d?\.?/) != nil
        let help = recurs ? "name the year as well: days off do not recur" : "write it like '2026-11-08'"
        return Diagnostic(
            .unknownValue,
            message: "'\(text)' is not a date",
            primary: Label("a date like 2026-11-08, or a range like 2026-11-08 .. 2026-11-12", at: span),
            help: LocalDate.likely(text).map { "did you mean '\($0)'?" } ?? help
        )
    }

    fileprivate static func runsBackwards(
        _ text: String,
        from first: LocalDate,
        to last: LocalDate,
        at span: Span
    ) -> Diagnostic {
        Diagnostic(
            .unusableSchedule,
            message: "'\(text)' runs backwards",
            primary: Label("the first day is after the last", at: span),
            help: "did you mean '\(first) .. \(last)'?"
        )
    }
}
