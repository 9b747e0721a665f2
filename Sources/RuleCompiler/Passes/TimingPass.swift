import Diagnostics
import Directory
import RuleEngine
import RuleSyntax

/// Reads what rules ask of several events, and holds its keys against each other.
struct TimingPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        guard let conditions = draft.conditions else { return }
        var reader = TimingReader(
            events: EventSelectorReader(conditions, format: draft.settings.format),
            schedules: draft.directory.schedules,
            unusableSchedules: draft.unusableSchedules
        )
        draft.forEachRule(reporting: &diagnostics) { draft, found in
            // Most rules look at one event.
            guard Self.keys.contains(where: { draft.fields[$0] != nil }), var rule = draft.rule else { return }
            rule.timing = reader.timing(of: rule, draft.fields, &found)
            if reader.events.hasUsedBrokenCondition { draft.hasErrors = true }
            check(rule, draft.fields, &found)
            if !draft.hasErrors, !found.hasErrors, !rule.timing.isEmpty {
                reader.events.withMeanings { rule.giveMeaning(draft.fields, &$0) }
            }
            draft.rule = rule
        }
        draft.conditions = reader.events.conditions
    }

    /// The keys that this pass reads; it holds others against them.
    private static let keys = ["sequence", "within", "count", "unless", "throttle", "per"]

    private func check(_ rule: Rule, _ fields: MappingReader, _ diagnostics: inout [Diagnostic]) {
        if rule.stops, let stop = fields["stop"], let unless = fields["unless"] {
            diagnostics.append(.stopWithUnless(stop, unless))
        }
        if let per = fields["per"] {
            let parts = ["count", "sequence", "unless", "throttle"].filter { fields.isMeant($0) }
            if parts.isEmpty {
                diagnostics.append(.perAlone(per))
            } else if parts.allSatisfy({ $0 != "sequence" && fields.value($0).hasOwn("per") }) {
                diagnostics.append(.perOfNothing(per, parts))
            }
        }
        let hasOwnTypes =
            fields.value("sequence")?.sequence?.allSatisfy { $0.hasOwn("on") } == true
            && (fields.value("unless").map { $0.hasOwn("on") } ?? true)
        if hasOwnTypes, let on = fields["on"] { diagnostics.append(.onOfNothing(on)) }
    }
}

extension YAMLNode {
    fileprivate func hasOwn(_ key: String) -> Bool { entry(key) != nil }
}

extension YAMLNode? {
    fileprivate func hasOwn(_ key: String) -> Bool { self?.hasOwn(key) == true }
}

extension Diagnostic {
    fileprivate static func stopWithUnless(_ stop: YAMLEntry, _ unless: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .contradiction,
            message: "'stop' together with 'unless'",
            primary: Label("keeps later rules from the event now", at: stop.keySpan),
            context: [Label("only later it is known whether this rule fires", at: unless.keySpan)],
            help: "leave 'stop' out, or give both rules a 'group'"
        )
    }

    fileprivate static func perAlone(_ entry: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .missingField,
            message: "'per' without 'count', 'sequence', 'unless' or 'throttle'",
            primary: Label("a rule that looks at one event needs no 'per'", at: entry.keySpan),
            help: "write what is meant beside it, such as 'throttle: { once_per: 24h }', or leave 'per' out"
        )
    }

    fileprivate static func perOfNothing(_ entry: YAMLEntry, _ parts: [String]) -> Diagnostic {
        Diagnostic(
            .withoutEffect,
            severity: .warning,
            message: "'per' changes nothing here",
            primary: Label(
                "\(parts.map { "'\($0)'" }.joined(separator: " and ")) \(parts.count == 1 ? "has its" : "have their") own",
                at: entry.keySpan
            ),
            help: "remove one of them"
        )
    }

    fileprivate static func onOfNothing(_ entry: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .withoutEffect,
            severity: .warning,
            message: "'on' changes nothing here",
            primary: Label("every step names its own types of events", at: entry.keySpan),
            help: "remove it, or leave 'on' out of the steps that look at these types"
        )
    }
}
