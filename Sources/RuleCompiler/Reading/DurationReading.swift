package import Diagnostics
import RuleEngine
import RuleSyntax

extension YAMLNode {
    /// The longest time that rules and settings speak of: what is meant to be longer is meant to be for ever.
    private static let durationMax = Duration.seconds(3650 * 86_400)

    /// A length of time that is no longer than ten years, nor nothing unless that is allowed; anything else is reported.
    func duration(
        for subject: String,
        orNone mayBeNone: Bool = false,
        orZero mayBeZero: Bool = false,
        _ diagnostics: inout [Diagnostic]
    ) -> Duration? {
        guard let text = text(for: subject, reporting: &diagnostics) else { return nil }
        guard let seconds = Quantity.seconds(text) else {
            diagnostics.append(.malformedDuration(text, at: span, mayBeNone: mayBeNone))
            return nil
        }
        guard seconds > 0 || mayBeZero else {
            diagnostics.append(.noTime(text, at: span, for: subject, mayBeNone: mayBeNone))
            return nil
        }
        guard seconds <= Double(Self.durationMax.components.seconds) else {
            diagnostics.append(.tooMuchTime(text, at: span, for: subject))
            return nil
        }
        return .seconds(seconds)
    }

    /// A whole number in a range; anything else is reported.
    func count(in range: ClosedRange<Int>, for subject: String, _ diagnostics: inout [Diagnostic]) -> Int? {
        guard let count = integer(for: subject, reporting: &diagnostics) else { return nil }
        guard range.contains(count) else {
            let example = "\(range.lowerBound) to \(range.upperBound)"
            diagnostics.append(
                .malformed(String(count), at: span, what: "a count that \(subject) takes", example: example)
            )
            return nil
        }
        return count
    }
}

extension Diagnostic {
    /// Text that is not a length of time.
    package static func malformedDuration(_ text: String, at span: Span, mayBeNone: Bool = false) -> Diagnostic {
        let isCount = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return malformed(
            text,
            at: span,
            what: "a length of time",
            example: mayBeNone ? "30s, 15m, 24h, 30d or none" : "30s, 15m, 24h or 30d",
            help: isCount ? "did you mean '\(text)s'?" : nil
        )
    }

    fileprivate static func noTime(
        _ text: String,
        at span: Span,
        for subject: String,
        mayBeNone: Bool
    ) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "\(subject) cannot be '\(text)'",
            primary: Label("no time at all", at: span),
            help: "write a length of time such as \(mayBeNone ? "30s, 15m, 24h, 30d, or none" : "30s, 15m, 24h or 30d")"
        )
    }

    fileprivate static func tooMuchTime(_ text: String, at span: Span, for subject: String) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "\(subject) cannot be '\(text)'",
            primary: Label("longer than ten years", at: span),
            help: "write 3650d or less"
        )
    }
}
