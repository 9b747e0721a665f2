import ActionKit
import Diagnostics
import Directory
import Events
import RuleCompiler
import RuleEngine
import RuleSyntax

/// Reads the settings of an action from options: `--customer '+91 99999 00001' --agents asha,ravi`.
struct CommandLineSettings {
    private let spec: ActionSpec
    private let now: Instant

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - spec: The action.
    ///   - now: When the call is made, for whom a team picks depends on who is on shift.
    init(_ spec: ActionSpec, now: Instant) {
        self.spec = spec
        self.now = now
    }

    /// The settings as the action receives them, names resolved by the rules' directory.
    ///
    /// - Throws: ``CannotStart`` with the first thing that is wrong.
    func read(_ arguments: [String], _ compilation: Compilation) throws -> Settings {
        let written = try pairs(arguments)
        var settings = Settings()
        for field in spec.fields {
            if let text = written[field.name] {
                settings[field.name] = try value(text, field, compilation)
            } else if let value = fallback(field, compilation) {
                settings[field.name] = value
            } else if field.fallback.asksForAValue {
                let known = field.kind == .business ? compilation.program.directory.businessNumbers.map(\.name) : []
                let hint = known.isEmpty ? field.summary : "one of \(known.joined(separator: ", "))"
                throw CannotStart("'\(spec.id)' needs --\(option(field.name)): \(hint)")
            }
        }
        return settings
    }

    private func pairs(_ arguments: [String]) throws -> [String: String] {
        var pairs: [String: String] = [:]
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                throw CannotStart("'\(argument)' stands without an option before it")
            }
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0]).replacing("-", with: "_")
            guard spec.field(name) != nil else {
                let known = spec.fields.map { "--\(option($0.name))" }
                let hint = Spelling.suggestion(for: String(parts[0]), among: spec.fields.map { option($0.name) })
                let cure = hint ?? "known: \(known.joined(separator: ", "))"
                throw CannotStart("'\(spec.id)' has no setting '\(parts[0])'; \(cure)")
            }
            guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
                throw CannotStart("--\(option(name)) needs a value")
            }
            guard pairs.updateValue(value, forKey: name) == nil else {
                throw CannotStart("--\(option(name)) is given twice; write a list with commas")
            }
        }
        return pairs
    }

    private func option(_ name: String) -> String {
        name.replacing("_", with: "-")
    }

    /// Reads a value with the compiler's own reader, so that the same things are said of the same mistakes.
    private func value(_ text: String, _ field: SettingField, _ compilation: Compilation) throws -> SettingValue {
        let directory = compilation.program.directory
        let reader = SettingReader(directory: directory, countryCode: directory.countryCode)
        let isList = field.kind == .agents
        let source =
            isList ? "[\(text.split(separator: ",").map { quoted($0) }.joined(separator: ", "))]" : quoted(text[...])
        let (node, problems) = YAMLReader.read(SourceFile(path: "--\(option(field.name))", text: source))
        var diagnostics = problems
        guard let node, let source = reader.source(node, for: field, &diagnostics), diagnostics.isEmpty else {
            let first = diagnostics.first
            let help = first?.help.map { "; \($0)" } ?? ""
            throw CannotStart("--\(option(field.name)): \(first?.message ?? "nothing to use")\(help)")
        }
        switch source {
        case .constant(let value): return value
        case .agents(let sources):
            return .list(try sources.flatMap { try digits(of: $0, in: directory) }.map { .string($0) })
        case .event, .template:
            throw CannotStart("--\(option(field.name)): a template has no event to be filled in from")
        }
    }

    /// Whom a name comes to now, for a first conversation: a team of twelve is not added whole because somebody tries it.
    private func digits(of source: AgentSource, in directory: Directory) throws -> [String] {
        switch source {
        case .agent(let phone): return [phone.digits]
        case .template: return []
        case .team(let team):
            switch directory.decide(team: team, conversation: nil, at: now, picks: Picks()).choice {
            case .agents(let phones): return phones.map(\.digits)
            case .offShift: throw CannotStart("nobody of team '\(team)' is on shift; name an agent")
            }
        }
    }

    private func quoted(_ text: Substring) -> String {
        "'\(text.trimmingSpaces.replacing("'", with: "''"))'"
    }

    private func fallback(_ field: SettingField, _ compilation: Compilation) -> SettingValue? {
        guard field.fallback == .event("business") else { return nil }
        return compilation.program.defaultBusiness.map { .string($0.digits) }
    }
}

extension SettingFallback {
    /// Whether the action cannot do without a value here, where no event gives one.
    fileprivate var asksForAValue: Bool {
        switch self {
        case .required, .event: true
        case .absent, .value: false
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
