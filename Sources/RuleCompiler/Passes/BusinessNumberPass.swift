import Diagnostics
import Events
import RuleEngine

/// Warns of actions that need a conversation where the events are known to have none.
struct BusinessNumberPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        let hasDefault = draft.defaultBusiness != nil
        draft.forEachRule(reporting: &diagnostics) { draft, found in
            guard case .only(let types) = draft.rule?.firesOn else { return }
            let grouped = types.intersection(EventType.inGroups).min()
            let lacking = hasDefault ? nil : types.intersection(EventType.withoutBusinessNumber).min()
            guard grouped != nil || lacking != nil else { return }
            for call in draft.rule?.then ?? [] where call.settings.contains(where: { $0.source == .event(.business) }) {
                if let grouped {
                    found.append(.inGroup(call, type: grouped))
                } else if let lacking {
                    found.append(.noBusinessNumber(call, type: lacking))
                }
            }
        }
    }
}

extension Diagnostic {
    fileprivate static func inGroup(_ call: ActionCall, type: String) -> Diagnostic {
        Diagnostic(
            .noBusinessNumber,
            severity: .warning,
            message: "events of type '\(type)' happen in groups",
            primary: Label("this action needs a conversation with one customer and will fail", at: call.span),
            help: "name another 'on', or write 'business' in the action if the customer's own chat is meant"
        )
    }

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
