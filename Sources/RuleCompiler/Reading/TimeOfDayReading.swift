import Diagnostics
import Directory
import RuleSyntax

extension YAMLNode {
    /// A time of day such as `09:30`; anything else is reported.
    func timeOfDay(for subject: String, reporting diagnostics: inout [Diagnostic]) -> TimeOfDay? {
        guard let text = text(for: subject, reporting: &diagnostics) else { return nil }
        if let time = TimeOfDay(written: text) { return time }
        diagnostics.append(.notATimeOfDay(text, at: span))
        return nil
    }
}

extension TimeOfDay {
    /// The time that was probably meant by something else: `18.30`, `0930`, `9am`, `9:30 pm`, `9`.
    fileprivate init?(likely text: String) {
        let written = /(\d{1,2})(?:[:.,h](\d{1,2})|(\d\d))?(?::\d\d)?\s*([ap])?\.?(?:m\.?)?/.ignoresCase()
        guard text.isShort, let match = text.wholeMatch(of: written), var hour = Int(match.1) else { return nil }
        let minute = (match.2 ?? match.3).flatMap { Int($0) } ?? 0
        if let half = match.4?.lowercased() {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (half == "p" ? 12 : 0)
        }
        self.init(hour: hour, minute: minute)
    }
}

extension Diagnostic {
    fileprivate static func notATimeOfDay(_ text: String, at span: Span) -> Diagnostic {
        let isBeyond = text.isShort && text.wholeMatch(of: /\d\d?:\d\d/) != nil
        return Diagnostic(
            .unknownValue,
            message: "'\(text)' is not a time of day",
            primary: Label(isBeyond ? "a day goes from 00:00 to 24:00" : "a time is written like 09:30", at: span),
            help: TimeOfDay(likely: text).map { "did you mean '\($0)'?" }
        )
    }
}
