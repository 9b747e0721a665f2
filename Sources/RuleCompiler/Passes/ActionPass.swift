import ActionKit
import Diagnostics
import Directory
import Events
import RuleEngine
import RuleSyntax

/// Reads what rules do, and holds every setting against the spec of its action.
struct ActionPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        let (directory, countryCode) = (draft.directory, draft.countryCode)
        let (tables, unusableTables) = (draft.tables, draft.unusableTables)
        let (actions, facts) = (draft.actions, Set(draft.factEntries.map(\.key)))
        var reader = SettingReader(directory: directory, countryCode: countryCode)
        draft.forEachRule(reporting: &diagnostics) { rule, found in
            reader.templates = TemplateReader(
                tables: tables,
                unusableTables: unusableTables,
                facts: facts,
                events: TemplateEvents(rule.rule, rule.fields)
            )
            let help = "then: [{ add-collaborator: { agents: billing } }]"
            guard let node = rule.fields.required("then", help: help, reporting: &found) else { return }
            let list = node.elements(for: "'then'", help: "begin the action with '- '", reporting: &found)
            rule.rule?.then = list.compactMap {
                call($0, actions, reader, &found)
            }
        }
    }

    private func call(
        _ node: YAMLNode,
        _ actions: ActionCatalogue,
        _ reader: SettingReader,
        _ diagnostics: inout [Diagnostic]
    ) -> ActionCall? {
        guard let (id, idSpan, value) = idAndSettings(node, &diagnostics) else { return nil }
        guard let entry = actions.entries[id] else {
            if actions.notBuiltYet.contains(id) {
                diagnostics.append(.notBuiltYet("action '\(id)'", at: idSpan))
            } else {
                diagnostics.append(.unknownAction(id, at: idSpan, known: actions.entries.keys.sorted()))
            }
            return nil
        }
        guard let value, value.scalar?.value != .null else {
            diagnostics.append(.withoutSettings(entry.spec, at: idSpan))
            return nil
        }
        return settings(of: entry, idSpan: idSpan, value, reader, &diagnostics)
    }

    /// The one key of an item and its value; an item that is only a name has no value.
    private func idAndSettings(
        _ node: YAMLNode,
        _ diagnostics: inout [Diagnostic]
    ) -> (id: String, span: Span, value: YAMLNode?)? {
        if let scalar = node.scalar { return (scalar.text, node.span, nil) }
        guard let entries = node.mapping, let first = entries.first else {
            diagnostics.refuse(node, wanted: "an action with its settings", of: "an item of 'then'")
            return nil
        }
        guard entries.count == 1 else {
            diagnostics.append(.severalActions(entries[1].keySpan, first: first))
            return nil
        }
        return (first.key, first.keySpan, first.value)
    }

    private func settings(
        of entry: ActionCatalogue.Entry,
        idSpan: Span,
        _ node: YAMLNode,
        _ reader: SettingReader,
        _ diagnostics: inout [Diagnostic]
    ) -> ActionCall? {
        let spec = entry.spec
        guard let mapping = node.mapping else {
            diagnostics.refuse(node, wanted: "a mapping of settings", of: "'\(spec.id)'", help: spec.sample)
            return nil
        }
        var written: [String: YAMLEntry] = [:]
        var misspelt: Set<String> = []
        for setting in mapping {
            if spec.field(setting.key) != nil {
                written[setting.key] = setting
            } else if spec.notBuiltYet.contains(setting.key) {
                diagnostics.append(.notBuiltYet("setting '\(setting.key)'", at: setting.keySpan))
            } else {
                let likely = Spelling.closest(to: setting.key, among: spec.fields.map(\.name) + spec.notBuiltYet)
                diagnostics.append(.unknownSetting(setting, of: spec, likely: likely))
                if let likely { misspelt.insert(likely) }
            }
        }
        var bound: [BoundSetting] = []
        var isWhole = true
        for field in spec.fields {
            if let setting = written[field.name] {
                if let source = reader.source(setting.value, for: field, &diagnostics) {
                    bound.append(BoundSetting(name: field.name, source: source))
                } else {
                    isWhole = false
                }
                continue
            }
            switch field.fallback {
            case .absent, .value: continue
            case .required:
                // A setting whose name was misspelt, or that was no YAML, has been told of.
                if !misspelt.contains(field.name), !node.isIncomplete {
                    diagnostics.append(.missingSetting(field, of: spec, at: idSpan))
                }
                isWhole = false
            case .event(let name):
                precondition(EventName(spelling: name) != nil, "the spec of \(spec.id) falls back to '\(name)'")
                if let name = EventName(spelling: name) {
                    bound.append(BoundSetting(name: field.name, source: .event(name)))
                }
            }
        }
        if isWhole, let problem = entry.problem(probe(bound, of: spec, reader.directory)) {
            diagnostics.append(.refusedSetting(problem, at: written[problem.field]?.value.firstLine ?? idSpan))
        }
        return ActionCall(action: spec.id, settings: bound, span: idSpan, problem: entry.problem)
    }

    /// The settings as a job would carry them, with stand-ins for what only an event can tell.
    private func probe(_ bound: [BoundSetting], of spec: ActionSpec, _ directory: Directory) -> Settings {
        var settings = Settings()
        for setting in bound {
            switch setting.source {
            case .constant(let value): settings[setting.name] = value
            case .event, .template:
                settings[setting.name] = spec.field(setting.name)?.kind.standIn ?? .string("-")
            case .agents(let sources):
                let digits = sources.flatMap { $0.possibleDigits(in: directory) }
                settings[setting.name] =
                    digits.isEmpty ? SettingKind.agents.standIn : .list(digits.map { .string($0) })
            }
        }
        return settings
    }
}

extension SettingKind {
    /// A value that no rule writes: country code 999 is reserved, and nobody has these numbers.
    fileprivate var standIn: SettingValue {
        switch self {
        case .customer: .string("999000000000001")
        case .business: .string("999000000000002")
        case .agents: .list([.string("999000000000003")])
        case .text: .string("-")
        case .duration: .integer(1)
        }
    }
}

extension SettingKind {
    /// A value as a rule might hold it.
    var sample: String {
        switch self {
        case .agents: "billing"
        case .customer: "+91 99999 00001"
        case .business: "main"
        case .text: "…"
        case .duration: "24h"
        }
    }

    /// What may stand in a setting of this kind.
    fileprivate var wanted: String {
        switch self {
        case .agents: "an agent, a team or a phone number"
        case .customer: "a phone number"
        case .business: "a business number or its name"
        case .text: "text"
        case .duration: "a length of time"
        }
    }
}

extension SettingKind {
    /// A value as the action receives it, written as in a rule.
    func written(_ value: SettingValue) -> String {
        switch value {
        case .string(let text): text
        case .integer(let seconds) where self == .duration: Quantity.written(seconds: seconds)
        case .integer(let number): String(number)
        case .boolean(let flag): String(flag)
        case .list(let values): "[\(values.map { written($0) }.joined(separator: ", "))]"
        }
    }
}

extension ActionSpec {
    /// How the action is written with its required settings.
    var sample: String {
        let required = fields.filter { $0.fallback == .required }
        return "- \(id): { \(required.map { "\($0.name): …" }.joined(separator: ", ")) }"
    }
}

extension Diagnostic {
    fileprivate static func unknownAction(_ id: String, at span: Span, known: [String]) -> Diagnostic {
        Diagnostic(
            .unknownAction,
            message: "unknown action '\(id)'",
            primary: Label("no action module has this id", at: span),
            help: Spelling.suggestion(for: id, among: known) ?? "known: \(known.joined(separator: ", "))"
        )
    }

    fileprivate static func withoutSettings(_ spec: ActionSpec, at span: Span) -> Diagnostic {
        Diagnostic(
            .missingSetting,
            message: "action '\(spec.id)' without its settings",
            primary: Label("its settings are missing here", at: span),
            help: "write '\(spec.sample)'"
        )
    }

    fileprivate static func severalActions(_ second: Span, first: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .wrongKind,
            message: "one item of 'then' holds several keys",
            primary: Label("a second key of the same item", at: second),
            context: [Label("the first", at: first.keySpan)],
            help: "begin every action with '- ', and indent its settings below it"
        )
    }

    fileprivate static func unknownSetting(_ entry: YAMLEntry, of spec: ActionSpec, likely: String?) -> Diagnostic {
        Diagnostic(
            .unknownSetting,
            message: "unknown setting '\(entry.key)'",
            primary: Label("not a setting of '\(spec.id)'", at: entry.keySpan),
            help: likely.map { "did you mean '\($0)'?" }
                ?? "known: \(spec.fields.map(\.name).joined(separator: ", "))"
        )
    }

    fileprivate static func missingSetting(_ field: SettingField, of spec: ActionSpec, at span: Span) -> Diagnostic {
        Diagnostic(
            .missingSetting,
            message: "action '\(spec.id)' without '\(field.name)'",
            primary: Label("'\(field.name)' is missing here", at: span),
            help: "write '\(field.name): \(field.kind.sample)' (\(field.kind.wanted))"
        )
    }

    fileprivate static func refusedSetting(_ problem: SettingsProblem, at span: Span) -> Diagnostic {
        Diagnostic(
            .refusedSetting,
            message: problem.description,
            primary: Label("the action refuses this", at: span)
        )
    }
}
