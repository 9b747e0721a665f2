public import Diagnostics
import Patterns
import RuleEngine

extension Compilation {
    /// Names the rules that have to be tried on many events, with the reason and what would help.
    ///
    /// Advice: such a rule decides what it says, and it may be what is meant. Rules that are off are left out.
    public var costAdvice: [Diagnostic] {
        program.rules.filter { $0.mode != .off }.compactMap { .triedOften($0) }.inReadingOrder()
    }
}

extension Diagnostic {
    /// So many reasons are shown at their places; further ones are counted.
    private static let reasonsMax = 4

    fileprivate static func triedOften(_ rule: Rule) -> Diagnostic? {
        let open = rule.openConditions
        guard let first = open.first else { return nil }
        let extent = rule.triedEvents == .every ? "every event of its types" : "many events"
        let rest = open.count - reasonsMax
        return Diagnostic(
            .triedOften,
            severity: .warning,
            message: "rule '\(rule.id)' is tried on \(extent)" + (rest > 0 ? ", for \(open.count) reasons" : ""),
            primary: Label(first.reason.explanation, at: first.span),
            context: open.dropFirst().prefix(reasonsMax - 1).map { Label($0.reason.explanation, at: $0.span) }
                + (first.isWritten(in: rule) ? [] : [Label("the rule", at: rule.span)]),
            help: first.reason.cure
        )
    }
}

extension OpenCondition {
    /// Whether it stands in the rule itself, and not in a condition that the rule uses.
    fileprivate func isWritten(in rule: Rule) -> Bool {
        span.file == rule.source.file && rule.source.bytes.contains(span.bytes.lowerBound)
    }
}

extension OpenCondition.Reason {
    /// What the place is.
    fileprivate var explanation: String {
        switch self {
        case .noCondition: "nothing is asked of the event"
        case .absence: "what is not there cannot be looked for"
        case .time: "every event has a time"
        case .fact: "what is remembered is not in the event"
        case .pattern: "no literal stands in every match"
        case .characters(let characters):
            "tried on every text with one of \(characters); no literal stands in every match"
        case .looseKeywords: "with typos or stretched letters, no letters are sure to be there"
        case .shortLiterals: "so short that most texts hold it"
        case .commonValue: "many events have this value"
        case .anyValue: "tried wherever there is a value"
        }
    }

    /// What would help.
    fileprivate var cure: String {
        switch self {
        case .noCondition: "say in 'when' what the event must hold, unless every event is meant"
        case .absence, .time, .fact, .commonValue, .anyValue:
            "put beside it in 'all' what few events hold: 'keywords', 'contains', a value of a field"
        case .pattern, .characters:
            "put 'keywords' or 'contains' beside it in 'all', or a word into the regex that every match must hold"
        case .looseKeywords:
            "put 'keywords' without 'typos' and 'stretched' beside it in 'all', or list the spellings instead"
        case .shortLiterals: "look for something longer, or put it beside this in 'all'"
        }
    }
}
