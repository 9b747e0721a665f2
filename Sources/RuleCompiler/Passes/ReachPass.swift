import Diagnostics
import Events
import RuleEngine
import RuleSyntax

/// Warns of events that cannot be: a condition needs what the events that it is asked of never have.
struct ReachPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        draft.forEachRule(reporting: &diagnostics) { draft, found in
            for meeting in draft.rule?.meetings(draft.fields) ?? [] { meeting.check(&found) }
        }
        for fact in draft.facts {
            let fields = fact.entry.value
            Meeting(fact.fact.set, fields["set"]).check(&diagnostics)
            if let clear = fact.fact.clear { Meeting(clear, fields["clear"]).check(&diagnostics) }
        }
    }
}

/// Events, and the conditions that must hold for them together.
private struct Meeting {
    var on: EventTypes
    /// Each with the place that tells of it.
    var conditions: [(condition: Condition?, key: Span?)]

    init(on: EventTypes, _ conditions: [(condition: Condition?, key: Span?)]) {
        (self.on, self.conditions) = (on, conditions)
    }

    init(_ selector: EventSelector, _ node: YAMLNode?) {
        self.init(on: selector.on, [(selector.when, node?.keySpan(of: "when"))])
    }

    func check(_ diagnostics: inout [Diagnostic]) {
        guard case .only(let types) = on, !types.isEmpty else { return }
        for (condition, key) in conditions {
            guard let condition, let key else { continue }
            let needed = Guarantees(condition).names.sorted { $0.spelling < $1.spelling }
            // The business number may come from settings, and has a check of its own.
            for name in needed where name != .business {
                guard types.allSatisfy({ EventType.presence(of: name, in: $0) == .never }) else { continue }
                diagnostics.append(.neverThere(name, types: types.sorted(), at: key))
            }
        }
    }
}

extension Rule {
    /// What the rule asks of events: of its own, of each step of a sequence together with its own `when`, of the answer.
    fileprivate func meetings(_ fields: MappingReader) -> [Meeting] {
        let own = (condition: when, key: fields["when"]?.keySpan)
        var meetings: [Meeting] = []
        if let sequence = timing.sequence {
            for (step, node) in zip(sequence.steps, fields.value("sequence")?.sequence ?? []) {
                meetings.append(Meeting(on: step.on, [own, (step.when, node.keySpan(of: "when"))]))
            }
        } else {
            meetings.append(Meeting(on: on, [own]))
        }
        if let answer = timing.absence?.answer { meetings.append(Meeting(answer, fields.value("unless"))) }
        return meetings
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
