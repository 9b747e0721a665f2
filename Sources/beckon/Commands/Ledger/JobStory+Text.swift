import ActionKit
import Events
import Ledger

extension JobStory {
    /// How much of an event's original is shown to people.
    private static let originalCharactersMax = 1_000

    /// The story for people.
    func lines(isRunAtWork: Bool) -> [String] {
        var sheet = FactSheet()
        addJob(to: &sheet, isRunAtWork: isRunAtWork)
        addEvent(to: &sheet)
        addRule(to: &sheet)
        addAttempts(to: &sheet)
        addRelations(to: &sheet)
        return sheet.lines
    }

    private func addJob(to sheet: inout FactSheet, isRunAtWork: Bool) {
        let standing = summary.standing(isRunAtWork: isRunAtWork)
        sheet.add("job", "\(summary.number)  \(summary.id)")
        sheet.add("status", summary.status.rawValue.followed(by: standing))
        sheet.add("", summary.detail)
        sheet.add("fired", summary.firedAt.map { "\($0.iso8601), by a timer" })
        sheet.add("asked", summary.asked.iso8601)
        sheet.add("settled", summary.settled?.iso8601)
        sheet.add("action", "\(summary.action) (\(effect))" + (destination.map { ", to \($0)" } ?? ""))
        sheet.add("conversation", summary.conversation)
        var name = "settings"
        for pair in settings.pairs {
            sheet.add(name, "\(pair.name): \(pair.value.shown)")
            name = ""
        }
    }

    private func addEvent(to sheet: inout FactSheet) {
        guard let event else { return }
        sheet.gap()
        sheet.add("event", ([event.type, event.id].compactMap(\.self)).joined(separator: "  "))
        sheet.add("from", event.origin.shown)
        sheet.add("time", event.time?.iso8601)
        sheet.add("decided", event.decided.iso8601)
        let excerpt = event.original.prefix(Self.originalCharactersMax)
        let isWhole = excerpt.endIndex == event.original.endIndex
        // One line: what customers write may look like a line of this report.
        sheet.add("original", excerpt.replacing("\n", with: "\u{240A}") + (isWhole ? "" : " …"))
        if !isWhole { sheet.add("", "(\(event.original.utf8.count) bytes are kept; --json shows them)") }
    }

    private func addRule(to sheet: inout FactSheet) {
        sheet.gap()
        guard let rule else { return sheet.add("rule", "\(summary.rule) (a call by hand has none)") }
        sheet.add("rule", "\(rule.id)  \(rule.file):\(rule.line), version \(rule.version), which was")
        sheet.add("", rule.text)
    }

    private func addAttempts(to sheet: inout FactSheet) {
        sheet.gap()
        if attempts.isEmpty { sheet.add("attempts", "none") }
        for attempt in attempts {
            sheet.add("attempt \(attempt.number)", attempt.shown)
            sheet.add("", attempt.detail)
            guard let exchange = attempt.exchange else { continue }
            sheet.add("", "\(exchange.request.method) \(exchange.request.path)")
            sheet.add("", exchange.request.json)
            sheet.add("", exchange.status.map { "answer \($0)" + (exchange.answer.map { ": \($0.inOneLine)" } ?? "") })
        }
        sheet.add("next attempt", summary.due.map { "not before \($0.iso8601)" })
    }

    private func addRelations(to sheet: inout FactSheet) {
        guard !others.isEmpty || !members.isEmpty else { return }
        sheet.gap()
        var name = "same firing"
        for other in others {
            let standing = other.status.rawValue.followed(by: other.reason ?? "")
            sheet.add(name, "job \(other.number)  \(other.action)  \(standing)")
            name = ""
        }
        name = "for"
        for member in members {
            sheet.add(name, "\(member.member)  \(member.standing)")
            name = ""
        }
    }
}

extension AttemptRecord {
    /// When it was and what became of it, in one line.
    fileprivate var shown: String {
        guard let ended else { return "\(began.iso8601), no end" }
        let word = (outcome ?? "").followed(by: reason ?? "")
        return "\(began.iso8601), took \(began.duration(to: ended).shown): \(word)"
    }
}

extension EventOrigin {
    /// The place in the input, in words.
    fileprivate var shown: String? {
        let line = line.map { "line \($0)" }
        guard let input else { return line }
        return line.map { "\($0) of \(input)" } ?? input
    }
}

extension Collaboration {
    /// What is known of this person, in words.
    var standing: String {
        guard let delivered else { return status?.rawValue ?? "asked for" }
        return "delivered \(delivered.time.iso8601) by job \(delivered.job)"
    }
}

extension SettingValue {
    /// The value in one line.
    var shown: String {
        switch self {
        case .string(let text): text.inOneLine
        case .integer(let number): String(number)
        case .boolean(let flag): String(flag)
        case .list(let values): values.map(\.shown).joined(separator: ", ")
        }
    }
}

extension String {
    /// The text with pictures of line feeds in place of these.
    var inOneLine: String { replacing("\n", with: "\u{240A}") }

    /// The word with a reason in brackets behind it, if that says more.
    fileprivate func followed(by reason: String) -> String {
        reason.isEmpty || reason == self ? self : "\(self) (\(reason))"
    }
}

extension Duration {
    /// The length in seconds, to the millisecond: `0.250 s`.
    var shown: String {
        let (seconds, attoseconds) = components
        let milliseconds = String(abs(attoseconds) / 1_000_000_000_000_000)
        let sign = seconds < 0 || attoseconds < 0 ? "-" : ""
        return "\(sign)\(abs(seconds)).\(String(repeating: "0", count: 3 - milliseconds.count))\(milliseconds) s"
    }
}
