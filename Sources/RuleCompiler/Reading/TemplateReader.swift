import Diagnostics
import Events
import RuleEngine
import RuleSyntax
import Templates

/// Reads the templates in settings, and says what their names mean.
struct TemplateReader {
    /// The tables that there are.
    let tables: [String: LookupTable]

    /// The names of tables that cannot be used, which has been reported.
    let unusableTables: Set<String>

    /// The facts that there are.
    let facts: Set<String>

    /// What is known of the events whose values templates may name.
    let events: TemplateEvents

    /// A template with its names looked up; `nil` for a text without tags and for one with a problem, which is reported.
    func template(_ text: String, in node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> BoundTemplate? {
        let template: Template
        do throws(TemplateProblem) {
            template = try Template(parsing: text)
        } catch {
            diagnostics.append(.templateSyntax(error, in: node))
            return nil
        }
        guard template.constantText == nil else { return nil }
        var references: [String: ValueReference] = [:]
        var isWhole = true
        for reference in template.references {
            let place = node.span(ofText: reference.range)
            if references[reference.name] == nil {
                references[reference.name] = meaning(of: reference.name, at: place, &diagnostics)
            }
            guard let meaning = references[reference.name] else {
                isWhole = false
                continue
            }
            if !reference.toleratesAbsence { checkPresence(of: meaning, reference.name, at: place, &diagnostics) }
        }
        return isWhole ? BoundTemplate(template, references: references) : nil
    }

    /// The names that stand for themselves, without a dot.
    private static let plainNames = EventName.inTemplates + ["rule", "job"]

    private func meaning(of name: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> ValueReference? {
        if name == "rule" || name == "job" {
            guard events.areOfRule else {
                diagnostics.append(.ofRule(name, at: span))
                return nil
            }
            return name == "rule" ? .rule : .job
        }
        if let eventName = EventName(spelling: name), eventName != .fields { return .event(eventName) }
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty else {
            diagnostics.append(.unknownTemplateName(name, at: span, known: Self.plainNames))
            return nil
        }
        switch parts[0] {
        case "match": return group(parts[1], of: events.last, at: span, &diagnostics).map { .match(group: $0) }
        case "fields": return field(parts[1], at: span, &diagnostics).map { .field($0) }
        case "tables": return column(parts[1], at: span, &diagnostics)
        case "facts": return fact(parts[1], at: span, &diagnostics)
        case "first", "steps": return earlier(name, at: span, &diagnostics)
        default:
            diagnostics.append(.unknownTemplatePath(parts[0], parts[1], at: span))
            return nil
        }
    }

    /// A group of the patterns that an event has met; which they are, nobody knows of a rule that could not be read.
    private func group(
        _ name: String,
        of event: TemplateEvent,
        at span: Span,
        _ diagnostics: inout [Diagnostic]
    ) -> String? {
        guard events.areOfRule else {
            diagnostics.append(.ofRule("match.\(name)", at: span))
            return nil
        }
        guard event.guarantees.possibleGroups.contains(name) || !events.areKnown else {
            let known = event.guarantees.possibleGroups.sorted()
            diagnostics.append(.unknownGroup(name, of: event.title, at: span, known: known))
            return nil
        }
        return name
    }

    private func field(_ text: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> FieldPath? {
        do throws(FieldPathProblem) {
            let path = try FieldPath(parsing: text)
            guard !path.hasWildcard else {
                diagnostics.append(.starInTemplate(text, at: span))
                return nil
            }
            return path
        } catch {
            diagnostics.append(.malformedPath(text, error, at: span))
            return nil
        }
    }

    private func fact(_ name: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> ValueReference? {
        guard facts.contains(name) else {
            diagnostics.append(.unknownFact(name, at: span, known: facts))
            return nil
        }
        return .fact(name)
    }

    private func column(_ text: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> ValueReference? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let table = tables[parts[0]] else {
            guard !unusableTables.contains(parts[0]) else { return nil }
            diagnostics.append(.unknownName(parts[0], at: span, what: "table", known: tables.keys))
            return nil
        }
        let column = parts.count == 2 ? parts[1] : ""
        guard table.columns.contains(column) else {
            diagnostics.append(.unknownName(column, at: span, what: "column", known: table.columns))
            return nil
        }
        return .table(parts[0], column: column)
    }

    // MARK: Earlier events

    /// A value of an event that the rule has waited from: `first.NAME`, `steps.N.NAME`.
    private func earlier(_ name: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> ValueReference? {
        do throws(TemplateEvents.Missing) {
            let (which, event, rest) = try events.earlier(name)
            return value(rest, of: event, in: name, at: span, &diagnostics).map { .earlier(which, $0) }
        } catch {
            if events.areKnown { diagnostics.append(.noEarlierEvent(name, error, at: span)) }
            return nil
        }
    }

    private func value(
        _ name: String,
        of event: TemplateEvent,
        in whole: String,
        at span: Span,
        _ diagnostics: inout [Diagnostic]
    ) -> KeptValue? {
        if let eventName = EventName(spelling: name), eventName != .fields { return .event(eventName) }
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, !parts[1].isEmpty {
            if parts[0] == "match" {
                return group(parts[1], of: event, at: span, &diagnostics).map { .match(group: $0) }
            }
            if parts[0] == "fields" { return field(parts[1], at: span, &diagnostics).map { .field($0) } }
        }
        let prefix = String(whole.dropLast(name.count))
        diagnostics.append(.unknownEarlierName(name, behind: prefix, at: span, known: EventName.inTemplates))
        return nil
    }

    // MARK: What the event lacks

    private func checkPresence(
        of meaning: ValueReference,
        _ name: String,
        at span: Span,
        _ diagnostics: inout [Diagnostic]
    ) {
        guard events.areKnown else { return }
        switch meaning {
        case .event(let eventName): checkPresence(of: eventName, name, in: events.last, at: span, &diagnostics)
        case .match(let group): checkGroup(group, name, of: events.last, at: span, &diagnostics)
        case .fact(let fact):
            guard !events.last.guarantees.facts.contains(fact), events.areOfRule else { return }
            diagnostics.append(.uncertain(name, at: span))
        case .earlier(let which, let value):
            guard let event = events[which] else { return }
            switch value {
            case .event(let eventName): checkPresence(of: eventName, name, in: event, at: span, &diagnostics)
            case .match(let group): checkGroup(group, name, of: event, at: span, &diagnostics)
            case .field: break
            }
        case .rule, .job, .field, .table: break
        }
    }

    private func checkGroup(
        _ group: String,
        _ name: String,
        of event: TemplateEvent,
        at span: Span,
        _ diagnostics: inout [Diagnostic]
    ) {
        if !event.guarantees.groups.contains(group) { diagnostics.append(.uncertain(name, at: span)) }
    }

    /// The business number has a check of its own, since settings can supply it.
    private func checkPresence(
        of eventName: EventName,
        _ name: String,
        in event: TemplateEvent,
        at span: Span,
        _ diagnostics: inout [Diagnostic]
    ) {
        guard eventName != .business, eventName != .conversation, !event.guarantees.names.contains(eventName) else {
            return
        }
        let types =
            switch event.on {
            case .any: EventType.known
            case .only(let types): types
            }
        let lacking = types.filter { EventType.presence(of: eventName, in: $0) == .never }
        guard let example = lacking.min() else { return }
        let isCertain = event.on != .any
        diagnostics.append(
            .lackingName(eventName, as: name, type: example, isCertain: isCertain, isOfRule: events.areOfRule, at: span)
        )
    }
}

extension EventName {
    /// The names that stand for themselves in templates.
    fileprivate static let inTemplates = EventName.allCases.filter { $0 != .fields }.map(\.spelling)
}
