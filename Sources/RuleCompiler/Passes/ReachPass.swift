import Diagnostics
import Events
import RuleEngine
import RuleSyntax

/// Warns of rules that no event can meet: their condition needs what the events that they look at never have.
struct ReachPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        draft.forEachRule(reporting: &diagnostics) { draft, found in
            guard let rule = draft.rule, let when = rule.when, case .only(let types) = rule.on, !types.isEmpty,
                let entry = draft.fields["when"]
            else { return }
            let needed = Guarantees(when).names.sorted { $0.spelling < $1.spelling }
            // The business number may come from settings, and has a check of its own.
            for name in needed where name != .business {
                guard types.allSatisfy({ EventType.presence(of: name, in: $0) == .never }) else { continue }
                found.append(.neverThere(name, types: types.sorted(), at: entry.keySpan))
            }
        }
    }
}

extension Diagnostic {
    fileprivate static func neverThere(_ name: EventName, types: [String], at span: Span) -> Diagnostic {
        let quoted = types.map { "'\($0)'" }.joined(separator: ", ")
        return Diagnostic(
            .withoutEffect,
            severity: .warning,
            message: "events of type \(quoted) have no '\(name.spelling)'",
            primary: Label("this condition can never hold", at: span),
            help: "name another type in 'on', or ask for a value under 'fields'"
        )
    }
}
