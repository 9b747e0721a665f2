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

    /// The event types that the rule looks at.
    let on: EventTypes

    /// What is sure of an event on which the rule fires.
    let guarantees: Guarantees

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
    private static let plainNames = EventName.allCases.filter { $0 != .fields }.map(\.spelling) + ["rule", "job"]

    private func meaning(of name: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> ValueReference? {
        if name == "rule" { return .rule }
        if name == "job" { return .job }
        if let eventName = EventName(spelling: name), eventName != .fields { return .event(eventName) }
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty else {
            diagnostics.append(.unknownTemplateName(name, at: span, known: Self.plainNames))
            return nil
        }
        switch parts[0] {
        case "match": return group(parts[1], at: span, &diagnostics)
        case "fields": return field(parts[1], at: span, &diagnostics)
        case "tables": return column(parts[1], at: span, &diagnostics)
        case "facts":
            diagnostics.append(.notBuiltYet("'facts' in a template", at: span))
            return nil
        default:
            diagnostics.append(.unknownTemplatePath(parts[0], parts[1], at: span))
            return nil
        }
    }

    private func group(_ name: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> ValueReference? {
        guard guarantees.possibleGroups.contains(name) else {
            diagnostics.append(.unknownGroup(name, at: span, known: guarantees.possibleGroups.sorted()))
            return nil
        }
        return .match(group: name)
    }

    private func field(_ text: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> ValueReference? {
        do throws(FieldPathProblem) {
            let path = try FieldPath(parsing: text)
            guard !path.hasWildcard else {
                diagnostics.append(.starInTemplate(text, at: span))
                return nil
            }
            return .field(path)
        } catch {
            diagnostics.append(.malformedPath(text, error, at: span))
            return nil
        }
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

    // MARK: What the event lacks

    private func checkPresence(
        of meaning: ValueReference,
        _ name: String,
        at span: Span,
        _ diagnostics: inout [Diagnostic]
    ) {
        switch meaning {
        case .event(let eventName): checkPresence(of: eventName, at: span, &diagnostics)
        case .match(let group):
            if !guarantees.groups.contains(group) { diagnostics.append(.uncertainGroup(name, at: span)) }
        case .rule, .job, .field, .table, .fact, .earlier: break
        }
    }

    /// The business number has a check of its own, since settings can supply it.
    private func checkPresence(of name: EventName, at span: Span, _ diagnostics: inout [Diagnostic]) {
        guard name != .business, name != .conversation, !guarantees.names.contains(name) else { return }
        let types =
            switch on {
            case .any: EventType.known
            case .only(let types): types
            }
        let lacking = types.filter { EventType.presence(of: name, in: $0) == .never }
        guard let example = lacking.min() else { return }
        let isCertain = on != .any
        diagnostics.append(.lackingName(name, type: example, isCertain: isCertain, at: span))
    }
}

extension Diagnostic {
    fileprivate static func templateSyntax(_ problem: TemplateProblem, in node: YAMLNode) -> Diagnostic {
        Diagnostic(
            .templateSyntax,
            message: "the template \(problem.reason)",
            primary: Label(
                "only {{name}}, {{#name}}…{{/name}} and {{^name}}…{{/name}} exist",
                at: node.span(ofText: problem.range)
            ),
            help: problem.cure
        )
    }

    fileprivate static func unknownTemplateName(_ name: String, at span: Span, known: [String]) -> Diagnostic {
        Diagnostic(
            .templateName,
            message: "a template names '\(name)', which is nothing",
            primary: Label("nothing has this name", at: span),
            help: Spelling.suggestion(for: name, among: known)
                ?? "known: \(known.joined(separator: ", ")), match.GROUP, fields.PATH, tables.TABLE.COLUMN"
        )
    }

    /// A name with a dot whose first part is none of those that have others below them.
    fileprivate static func unknownTemplatePath(_ root: String, _ rest: String, at span: Span) -> Diagnostic {
        let likely = Spelling.closest(to: root, among: ["fields", "match", "tables", "facts"])
        return Diagnostic(
            .templateName,
            message: "a template names '\(root).\(rest)', which is nothing",
            primary: Label("nothing has this name", at: span),
            help: "did you mean '\(likely.map { "\($0).\(rest)" } ?? "fields.\(root).\(rest)")'?"
        )
    }

    fileprivate static func unknownGroup(_ name: String, at span: Span, known: [String]) -> Diagnostic {
        let hint =
            known.isEmpty
            ? "name a group in 'matches' of this rule: (?<\(name)>…)" : "known: \(known.joined(separator: ", "))"
        return Diagnostic(
            .templateName,
            message: "no pattern of this rule has a group '\(name)'",
            primary: Label("this could never be filled in", at: span),
            help: Spelling.suggestion(for: name, among: known) ?? hint
        )
    }

    fileprivate static func uncertainGroup(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .templateName,
            severity: .warning,
            message: "'\(name)' is not there whenever the rule fires",
            primary: Label("a job without it fails", at: span),
            help: "say what to write instead: {{#\(name)}}{{\(name)}}{{/\(name)}}{{^\(name)}}…{{/\(name)}}"
        )
    }

    fileprivate static func starInTemplate(_ path: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .templateName,
            message: "'fields.\(path)' in a template names several values",
            primary: Label("which of them is meant?", at: span),
            help: "write a number instead of the star: fields.\(path.replacing("*", with: "0"))"
        )
    }

    fileprivate static func lackingName(_ name: EventName, type: String, isCertain: Bool, at span: Span) -> Diagnostic {
        let tag = name.spelling
        return Diagnostic(
            .templateName,
            severity: isCertain ? .error : .warning,
            message: "events of type '\(type)' have no '\(tag)'",
            primary: Label("a job of this rule would fail on them", at: span),
            help: "write {{#\(tag)}}{{\(tag)}}{{/\(tag)}}{{^\(tag)}}…{{/\(tag)}}, or name other types in 'on'"
        )
    }
}
