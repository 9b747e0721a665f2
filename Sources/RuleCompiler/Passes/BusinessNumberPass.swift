import Diagnostics
import Events
import RuleEngine

/// Warns of actions that need a business number where the events are known to carry none.
struct BusinessNumberPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        guard draft.defaultBusiness == nil else { return }
        draft.forEachRule(reporting: &diagnostics) { draft, found in
            guard let rule = draft.rule, case .only(let types) = rule.on else { return }
            let lacking = types.intersection(EventType.withoutBusinessNumber).sorted()
            guard let type = lacking.first else { return }
            for call in rule.then where call.settings.contains(where: { $0.source == .event(.business) }) {
                found.append(.noBusinessNumber(call, type: type))
            }
        }
    }
}

extension Diagnostic {
    fileprivate static func noBusinessNumber(_ call: ActionCall, type: String) -> Diagnostic {
        Diagnostic(
            .noBusinessNumber,
            severity: .warning,
            message: "events of type '\(type)' carry no business number",
            primary: Label("this action needs one and will fail", at: call.span),
            help: "name one: 'settings: { business: main }', or 'business: main' in the action"
        )
    }
}
