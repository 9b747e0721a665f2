package import ActionKit
package import Diagnostics
package import Directory
import RuleEngine
package import RuleSyntax

/// Reads the settings of actions by their kind.
package struct SettingReader {
    /// Agents, teams and business numbers, which settings may name.
    package let directory: Directory

    /// The country code of the business, for corrections of phone numbers.
    package let countryCode: String?

    /// Creates a reader.
    package init(directory: Directory, countryCode: String?) {
        self.directory = directory
        self.countryCode = countryCode
    }

    /// The value that the action will receive; `nil` when a problem was reported.
    package func value(
        _ node: YAMLNode,
        for field: SettingField,
        _ diagnostics: inout [Diagnostic]
    ) -> SettingValue? {
        switch field.kind {
        case .agents: agents(node, &diagnostics)
        case .customer: text(node, field, &diagnostics).flatMap { phone($0, at: node.span, &diagnostics) }
        case .business: text(node, field, &diagnostics).flatMap { business($0, at: node.span, &diagnostics) }
        case .text: text(node, field, &diagnostics).map { .string($0) }
        case .duration: duration(node, field, &diagnostics)
        }
    }

    private func text(_ node: YAMLNode, _ field: SettingField, _ diagnostics: inout [Diagnostic]) -> String? {
        guard let text = node.text(for: "'\(field.name)'", reporting: &diagnostics) else { return nil }
        return isTemplate(text, at: node.span, &diagnostics) ? nil : text
    }

    /// Templates are part of the language and not built yet; a number that holds braces would be worse than none.
    private func isTemplate(_ text: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> Bool {
        guard text.contains("{{") else { return false }
        diagnostics.append(.notBuiltYet("a template in a setting", at: span))
        return true
    }

    private func agents(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> SettingValue? {
        var digits: [String] = []
        var isWhole = true
        let texts = node.texts(for: "'agents'", reporting: &diagnostics)
        for (text, node) in texts {
            guard let found = numbers(of: text, at: node.span, &diagnostics) else {
                isWhole = false
                continue
            }
            for phone in found where !digits.contains(phone.digits) { digits.append(phone.digits) }
        }
        return isWhole && !digits.isEmpty ? .list(digits.map { .string($0) }) : nil
    }

    private func numbers(of text: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> [PhoneNumber]? {
        if let agent = directory.agents[text] { return [agent.phone] }
        if let team = directory.teams[text] { return team.members.map(\.phone) }
        guard !isTemplate(text, at: span, &diagnostics) else { return nil }
        if text.looksLikePhoneNumber {
            return PhoneNumber(text, at: span, countryCode: countryCode, reporting: &diagnostics).map { [$0] }
        }
        let known = Array(directory.agents.keys) + Array(directory.teams.keys)
        diagnostics.append(.unknownName(text, at: span, what: "agent or team", known: known))
        return nil
    }

    private func phone(_ text: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> SettingValue? {
        PhoneNumber(text, at: span, countryCode: countryCode, reporting: &diagnostics).map { .string($0.digits) }
    }

    private func business(_ text: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> SettingValue? {
        if let phone = directory.businessNumber(named: text) { return .string(phone.digits) }
        if text.looksLikePhoneNumber { return phone(text, at: span, &diagnostics) }
        let known = directory.businessNumbers.map(\.name)
        diagnostics.append(.unknownName(text, at: span, what: "business number", known: known))
        return nil
    }

    private func duration(
        _ node: YAMLNode,
        _ field: SettingField,
        _ diagnostics: inout [Diagnostic]
    ) -> SettingValue? {
        guard let text = text(node, field, &diagnostics) else { return nil }
        guard let seconds = Quantity.seconds(text), let whole = Int(exactly: seconds) else {
            diagnostics.append(.malformedDuration(text, at: node.span))
            return nil
        }
        return .integer(whole)
    }
}
