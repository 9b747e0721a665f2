package import ActionKit
package import Diagnostics
package import Directory
package import RuleEngine
package import RuleSyntax

/// Reads the settings of actions by their kind.
package struct SettingReader {
    /// Agents, teams and business numbers, which settings may name.
    let directory: Directory

    /// The country code of the business, for corrections of phone numbers.
    private let countryCode: String?

    /// What templates may name; `nil` where there is no event that could fill them in.
    var templates: TemplateReader?

    /// Creates a reader of settings that hold no templates, as those of expectations and of the command line.
    package init(directory: Directory, countryCode: String?) {
        self.directory = directory
        self.countryCode = countryCode
    }

    /// The value of a setting without templates; a team comes to all of its members.
    package func value(
        _ node: YAMLNode,
        for field: SettingField,
        _ diagnostics: inout [Diagnostic]
    ) -> SettingValue? {
        switch source(node, for: field, &diagnostics) {
        case .constant(let value): value
        case .agents(let sources):
            .list(sources.flatMap { $0.possibleDigits(in: directory) }.deduplicated().map { .string($0) })
        case .event, .template, nil: nil
        }
    }

    /// Where the action's value comes from; `nil` when a problem was reported.
    package func source(
        _ node: YAMLNode,
        for field: SettingField,
        _ diagnostics: inout [Diagnostic]
    ) -> BoundSetting.Source? {
        if field.kind == .agents { return agents(node, &diagnostics) }
        guard let text = node.text(for: "'\(field.name)'", reporting: &diagnostics) else { return nil }
        if text.holdsTag {
            let template = template(text, in: node, &diagnostics)
            return template.map { .template($0, as: field.kind) }
        }
        return constant(text, field.kind, at: node.span, &diagnostics).map { .constant($0) }
    }

    private func constant(
        _ text: String,
        _ kind: SettingKind,
        at span: Span,
        _ diagnostics: inout [Diagnostic]
    ) -> SettingValue? {
        switch kind {
        case .text: return .string(text)
        case .customer: return phone(text, at: span, &diagnostics).map { .string($0.digits) }
        case .business: return business(text, at: span, &diagnostics).map { .string($0.digits) }
        case .agents: return nil
        case .duration:
            if let seconds = Quantity.seconds(text).flatMap({ Int(exactly: $0) }) { return .integer(seconds) }
            diagnostics.append(.malformedDuration(text, at: span))
            return nil
        }
    }

    /// What a text with tags in it means; nothing is ever taken for a name or number that holds braces.
    private func template(_ text: String, in node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> BoundTemplate? {
        guard let templates else {
            diagnostics.append(.templateWithoutEvent(at: node.span))
            return nil
        }
        return templates.template(text, in: node, &diagnostics)
    }

    private func agents(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> BoundSetting.Source? {
        var sources: [AgentSource] = []
        var isWhole = true
        for (text, node) in node.texts(for: "'agents'", reporting: &diagnostics) {
            guard let source = agent(text, in: node, &diagnostics) else {
                isWhole = false
                continue
            }
            if !sources.contains(source) { sources.append(source) }
        }
        guard isWhole, !sources.isEmpty else { return nil }
        let phones = sources.compactMap(\.phone).map(\.digits)
        // What is known from the rules alone is rendered once.
        guard phones.count == sources.count else { return .agents(sources) }
        return .constant(.list(phones.map { .string($0) }))
    }

    private func agent(_ text: String, in node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> AgentSource? {
        if let agent = directory.agents[text] { return .agent(agent.phone) }
        if directory.teams[text] != nil { return .team(text) }
        if text.holdsTag { return template(text, in: node, &diagnostics).map { .template($0) } }
        if text.looksLikePhoneNumber { return phone(text, at: node.span, &diagnostics).map { .agent($0) } }
        guard !directory.brokenNames.contains(text) else { return nil }
        let known = Array(directory.agents.keys) + Array(directory.teams.keys)
        var unknown = Diagnostic.unknownName(text, at: node.span, what: "agent or team", known: known)
        if text.contains(",") { unknown.help = "write several as a list: [\(text)]" }
        diagnostics.append(unknown)
        return nil
    }

    private func phone(_ text: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> PhoneNumber? {
        PhoneNumber(text, at: span, countryCode: countryCode, reporting: &diagnostics)
    }

    private func business(_ text: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> PhoneNumber? {
        if let phone = directory.businessNumber(named: text) { return phone }
        if text.looksLikePhoneNumber { return phone(text, at: span, &diagnostics) }
        guard !directory.brokenNames.contains(text) else { return nil }
        let known = directory.businessNumbers.map(\.name)
        diagnostics.append(.unknownName(text, at: span, what: "business number", known: known))
        return nil
    }
}

extension AgentSource {
    /// The numbers that it may come to, as far as the rules tell: of a team, those of all members.
    func possibleDigits(in directory: Directory) -> [String] {
        switch self {
        case .agent(let phone): [phone.digits]
        case .team(let name): directory.teams[name]?.members.map(\.phone.digits) ?? []
        case .template: []
        }
    }

    fileprivate var phone: PhoneNumber? {
        guard case .agent(let phone) = self else { return nil }
        return phone
    }
}

extension String {
    /// Whether the text is meant as a template.
    ///
    /// Most settings hold no brace, which is known sooner than where two stand together.
    fileprivate var holdsTag: Bool { utf8.contains(UInt8(ascii: "{")) && contains("{{") }
}

extension [String] {
    /// The texts in order, each once.
    fileprivate func deduplicated() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}

extension Diagnostic {
    fileprivate static func templateWithoutEvent(at span: Span) -> Diagnostic {
        Diagnostic(
            .templateSyntax,
            message: "a template where no event could fill it in",
            primary: Label("write the value itself", at: span)
        )
    }
}
