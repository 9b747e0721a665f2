import Diagnostics
import Events
import RuleSyntax
import Templates

extension Diagnostic {
    static func templateSyntax(_ problem: TemplateProblem, in node: YAMLNode) -> Diagnostic {
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

    static func unknownTemplateName(_ name: String, at span: Span, known: [String]) -> Diagnostic {
        Diagnostic(
            .templateName,
            message: "a template names '\(name)', which is nothing",
            primary: Label("nothing has this name", at: span),
            help: Spelling.suggestion(for: name, among: known)
                ?? "known: \(known.joined(separator: ", ")), match.GROUP, fields.PATH, tables.TABLE.COLUMN, facts.NAME, "
                + "first.NAME, steps.N.NAME"
        )
    }

    /// A name with a dot whose first part is none of those that have others below them.
    static func unknownTemplatePath(_ root: String, _ rest: String, at span: Span) -> Diagnostic {
        let likely = Spelling.closest(to: root, among: ["fields", "match", "tables", "facts", "first", "steps"])
        return Diagnostic(
            .templateName,
            message: "a template names '\(root).\(rest)', which is nothing",
            primary: Label("nothing has this name", at: span),
            help: "did you mean '\(likely.map { "\($0).\(rest)" } ?? "fields.\(root).\(rest)")'?"
        )
    }

    static func unknownGroup(_ name: String, of event: String, at span: Span, known: [String]) -> Diagnostic {
        let hint =
            known.isEmpty
            ? "name a group in 'matches' of \(event): (?<\(name)>…)" : "known: \(known.joined(separator: ", "))"
        return Diagnostic(
            .templateName,
            message: "no pattern of \(event) has a group '\(name)'",
            primary: Label("this could never be filled in", at: span),
            help: Spelling.suggestion(for: name, among: known) ?? hint
        )
    }

    static func uncertain(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .templateName,
            severity: .warning,
            message: "'\(name)' is not there whenever the rule fires",
            primary: Label("a job without it fails", at: span),
            help: "say what to write instead: {{#\(name)}}{{\(name)}}{{/\(name)}}{{^\(name)}}…{{/\(name)}}"
        )
    }

    static func starInTemplate(_ path: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .templateName,
            message: "'fields.\(path)' in a template names several values",
            primary: Label("which of them is meant?", at: span),
            help: "write a number instead of the star: fields.\(path.replacing("*", with: "0"))"
        )
    }

    static func lackingName(
        _ eventName: EventName,
        as tag: String,
        type: String,
        isCertain: Bool,
        isOfRule: Bool,
        at span: Span
    ) -> Diagnostic {
        Diagnostic(
            .templateName,
            severity: isCertain ? .error : .warning,
            message: "events of type '\(type)' have no '\(eventName.spelling)'",
            primary: Label(
                isOfRule ? "a job of this rule would fail on them" : "nothing would be remembered of them",
                at: span
            ),
            help: "write {{#\(tag)}}{{\(tag)}}{{/\(tag)}}{{^\(tag)}}…{{/\(tag)}}, or name other types in 'on'"
        )
    }

    /// A name that only a rule can fill in, where there is none.
    static func ofRule(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .templateName,
            message: "a fact cannot hold '\(name)'",
            primary: Label("a fact has values of the event that sets it, and no rule", at: span),
            help: name.hasPrefix("match.") ? "name the value whole: {{text}}, {{tag}}, {{fields.PATH}}" : nil
        )
    }

    /// A name behind `first.` or `steps.N.` that stands for nothing there.
    static func unknownEarlierName(
        _ name: String,
        behind prefix: String,
        at span: Span,
        known: [String]
    ) -> Diagnostic {
        let likely = Spelling.closest(to: name, among: known)
        return Diagnostic(
            .templateName,
            message: "a template names '\(prefix)\(name)', which is nothing",
            primary: Label("nothing has this name there", at: span),
            help: likely.map { "did you mean '\(prefix)\($0)'?" }
                ?? "known there: \(known.joined(separator: ", ")), match.GROUP, fields.PATH"
        )
    }

    static func noEarlierEvent(_ name: String, _ problem: TemplateEvents.Missing, at span: Span) -> Diagnostic {
        let (why, label, help) = problem.words
        return Diagnostic(
            .templateName,
            message: "a template names '\(name)', \(why)",
            primary: Label(label, at: span),
            help: help
        )
    }
}
