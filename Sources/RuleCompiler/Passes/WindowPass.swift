import Diagnostics
import Events
import RuleEngine
import RuleSyntax

/// Warns of events that belong to no window: they never have what `per` asks them to have in common.
struct WindowPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        let hasDefault = draft.defaultBusiness != nil
        draft.forEachRule(reporting: &diagnostics) { draft, found in
            // One says what is meant; the other parts mostly have the same in common.
            let windows = draft.rule?.windows(draft.fields) ?? []
            if let problem = windows.lazy.compactMap({ $0.problem(hasDefaultBusiness: hasDefault) }).first {
                found.append(problem)
            }
        }
        for fact in draft.facts {
            let windows = fact.fact.windows(fact.entry)
            if let problem = windows.lazy.compactMap({ $0.problem(hasDefaultBusiness: hasDefault) }).first {
                diagnostics.append(problem)
            }
        }
    }
}

/// Events that must have something in common with others.
private struct Window {
    var on: EventTypes
    var per: Grouping
    var place: Span?

    /// Whether they may begin one; those that only meet one can be told by their customer alone.
    var begins = true

    func problem(hasDefaultBusiness: Bool) -> Diagnostic? {
        guard case .only(let types) = on, let place else { return nil }
        for name in per.names where name != .business || (begins && !hasDefaultBusiness) {
            let lacking = types.filter { EventType.presence(of: name, in: $0) == .never }
            if let type = lacking.min() { return .belongsToNone(name, type: type, at: place) }
        }
        // In groups there is no conversation with one customer, whatever the settings say.
        if per.parts.contains(.conversation), let type = types.intersection(EventType.inGroups).min() {
            return .belongsToNone(.conversation, type: type, at: place)
        }
        return nil
    }
}

extension Rule {
    fileprivate func windows(_ fields: MappingReader) -> [Window] {
        func place(_ part: String) -> Span? {
            fields.value(part)?.perSpan ?? fields["per"]?.keySpan ?? fields[part]?.keySpan
        }
        var windows: [Window] = []
        if let sequence = timing.sequence {
            windows += sequence.steps.enumerated().map { index, step in
                Window(on: step.on, per: sequence.per, place: place("sequence"), begins: index == 0)
            }
        }
        if let count = timing.count { windows.append(Window(on: firesOn, per: count.per, place: place("count"))) }
        if let absence = timing.absence {
            windows.append(Window(on: firesOn, per: absence.per, place: place("unless")))
            windows.append(Window(on: absence.answer.on, per: absence.per, place: place("unless"), begins: false))
        }
        if let throttle = timing.throttle {
            windows.append(Window(on: firesOn, per: throttle.per, place: place("throttle")))
        }
        return windows
    }
}

extension Fact {
    fileprivate func windows(_ entry: YAMLEntry) -> [Window] {
        let place = entry.value.perSpan ?? entry.keySpan
        let set = Window(on: set.on, per: per, place: place)
        return [set] + (clear.map { [Window(on: $0.on, per: per, place: place, begins: false)] } ?? [])
    }
}

extension YAMLNode {
    /// Where its own `per` stands.
    fileprivate var perSpan: Span? { keySpan(of: "per") }
}

extension Grouping {
    /// The names of the events table that an event must have.
    fileprivate var names: [EventName] {
        parts.flatMap { part -> [EventName] in
            switch part {
            case .conversation: [.customer, .business]
            case .customer: [.customer]
            case .business: [.business]
            case .field: []
            }
        }
    }
}

extension Diagnostic {
    fileprivate static func belongsToNone(_ name: EventName, type: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .withoutEffect,
            severity: .warning,
            message: "events of type '\(type)' have no '\(name.spelling)'",
            primary: Label("it takes one to tell which events belong together", at: span),
            help: name == .business
                ? "name one: 'settings: { business: main }', or write 'per: customer'"
                : "write 'per: business' or 'per: everyone', or name other types in 'on'"
        )
    }
}
