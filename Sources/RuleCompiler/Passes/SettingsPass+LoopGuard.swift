import Diagnostics
import RuleEngine
import RuleSyntax

/// The loop guard: a mapping in rule files, of which variables set each part by itself.
extension SettingsPass {
    /// Reads `none`, or a mapping of which either part may be left out.
    func readLoopGuard(_ value: YAMLNode, into loopGuard: inout Rate?, _ diagnostics: inout [Diagnostic]) {
        if value.isNone {
            loopGuard = nil
        } else if value.scalar != nil {
            guard let text = value.text(for: "'loop_guard'", reporting: &diagnostics) else { return }
            diagnostics.append(.noLoopGuard(text, at: value.span))
        } else if let parts = MappingReader(value, as: Language.loopGuard, reporting: &diagnostics) {
            if let count = parts.value("at_most") { readLoopCount(count, into: &loopGuard, &diagnostics) }
            if let window = parts.value("within") { readLoopWindow(window, into: &loopGuard, &diagnostics) }
        }
    }

    /// Reads how many jobs are let through; a guard that was switched off is on again with it.
    func readLoopCount(_ value: YAMLNode, into loopGuard: inout Rate?, _ diagnostics: inout [Diagnostic]) {
        guard let count = value.count(in: Language.loopCounts, for: "'at_most'", &diagnostics) else { return }
        loopGuard = Rate(count: count, per: (loopGuard ?? DeliverySettings.loopGuardDefault).per)
    }

    /// Reads the time in which jobs are counted; a guard that was switched off is on again with it.
    func readLoopWindow(_ value: YAMLNode, into loopGuard: inout Rate?, _ diagnostics: inout [Diagnostic]) {
        guard let window = value.duration(for: "'within'", &diagnostics) else { return }
        guard window <= Language.loopWindowMax else {
            diagnostics.append(.loopWindowTooLong(value))
            return
        }
        loopGuard = Rate(count: (loopGuard ?? DeliverySettings.loopGuardDefault).count, per: window)
    }
}

extension Diagnostic {
    fileprivate static func noLoopGuard(_ text: String, at span: Span) -> Diagnostic {
        malformed(text, at: span, what: "a loop guard", example: "{ at_most: 50, within: 10m } or none")
    }

    fileprivate static func loopWindowTooLong(_ value: YAMLNode) -> Diagnostic {
        malformed(
            value.scalar?.text ?? "",
            at: value.span,
            what: "a length of time that 'within' takes",
            example: "1s to 7d"
        )
    }
}
