import Diagnostics
import Directory
import RuleSyntax

extension YAMLNode {
    /// Days of the week: `mon`, `mon-fri`, `[mon, wed, fri-sun]`; anything else is reported.
    func weekdays(reporting diagnostics: inout [Diagnostic]) -> Set<Weekday> {
        var days: Set<Weekday> = []
        for (text, node) in texts(for: "'days'", reporting: &diagnostics) {
            if let read = Weekday.days(written: text) {
                days.formUnion(read)
            } else {
                diagnostics.append(.notDays(text, at: node.span))
            }
        }
        return days
    }
}

extension Weekday {
    /// The days that `mon` or `mon-fri` names.
    fileprivate static func days(written text: String) -> [Weekday]? {
        guard text.isShort else { return nil }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Weekday(written: $0.trimmed) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else { return nil }
        return first.through(last)
    }

    /// How the days that were probably meant are written.
    fileprivate static func likely(_ text: String) -> String? {
        guard text.isShort else { return nil }
        switch text.lowercased() {
        case "weekdays", "weekday", "workdays", "working days": return "mon-fri"
        case "weekend", "weekends": return "sat-sun"
        default: break
        }
        let parts = text.split { ",;&/+".contains($0) }.map(\.trimmed)
        let readable = parts.compactMap { part -> String? in
            let ends = part.lowercased().replacing(/\s*(?:-|–|—|\.\.+|\bto\b|\bthrough\b)\s*/, with: "-")
                .split(separator: "-").map { day(likely: String($0)) }
            guard (1...2).contains(ends.count) else { return nil }
            let names = ends.compactMap { $0?.shortName }
            return names.count == ends.count ? names.joined(separator: "-") : nil
        }
        guard !parts.isEmpty, readable.count == parts.count else { return nil }
        return parts.count == 1 ? readable[0] : "[\(readable.joined(separator: ", "))]"
    }

    private static func day(likely word: String) -> Weekday? {
        if let day = Weekday(written: word) { return day }
        let names = allCases.map(\.name) + allCases.map(\.shortName)
        if let name = Spelling.closest(to: word, among: names) { return Weekday(written: name) }
        // 'tues', 'thurs' and 'weds'
        return word.count > 3 ? Weekday(written: word.prefix(3)) : nil
    }
}

extension String {
    /// Whether the text is one that somebody may have meant as a day, a date or a time.
    ///
    /// Reading one and the search for what was meant may take their time, and a text can be as long as a file.
    var isShort: Bool { utf8.count <= 64 }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}

extension Diagnostic {
    fileprivate static func notDays(_ text: String, at span: Span) -> Diagnostic {
        let isEveryDay = ["all", "any", "always", "daily", "everyday", "every day", "*"].contains(text.lowercased())
        let help =
            isEveryDay
            ? "leave 'days' out for every day"
            : Weekday.likely(text).map { "did you mean '\($0)'?" } ?? "write it like 'mon-fri' or '[mon, wed]'"
        return Diagnostic(
            .unknownValue,
            message: "'\(text)' is not a day of the week",
            primary: Label("not one of mon, tue, wed, thu, fri, sat, sun, nor a range of them", at: span),
            help: help
        )
    }
}
