import Diagnostics
import RuleEngine
import RuleSyntax

/// Checks what rules say of each other: `group`, `otherwise` and `stop`.
struct PrecedencePass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        var tags: Set<String> = []
        var groups: [String: Int] = [:]
        draft.forEachRule(reporting: &diagnostics) { draft, _ in
            if draft.rule?.otherwise == nil { tags.formUnion(draft.rule?.tags ?? []) }
            if let group = draft.rule?.group { groups[group, default: 0] += 1 }
        }
        draft.forEachRule(reporting: &diagnostics) { draft, found in
            if let otherwise = draft.rule?.otherwise { checkOtherwise(draft, otherwise, tags, &found) }
            if let group = draft.rule?.group, groups[group] == 1, let entry = draft.fields["group"] {
                let likely = Spelling.closest(to: group, among: groups.keys.filter { $0 != group }.sorted())
                found.append(.groupOfOne(group, at: entry.value.span, likely: likely))
            }
        }
    }

    private func checkOtherwise(
        _ draft: RuleDraft,
        _ otherwise: Otherwise,
        _ known: Set<String>,
        _ diagnostics: inout [Diagnostic]
    ) {
        if draft.rule?.stops == true, let entry = draft.fields["stop"] {
            diagnostics.append(.stopOnOtherwise(at: entry.keySpan))
        }
        guard case .tags(let tags) = otherwise, let entry = draft.fields["otherwise"] else { return }
        for tag in tags.subtracting(known).sorted() {
            let node = entry.value.sequence?.first { $0.scalar?.text == tag } ?? entry.value
            diagnostics.append(.unknownName(tag, at: node.span, what: "tag", known: known))
        }
    }
}

extension Diagnostic {
    fileprivate static func stopOnOtherwise(at span: Span) -> Diagnostic {
        Diagnostic(
            .withoutEffect,
            severity: .warning,
            message: "'stop' changes nothing in an 'otherwise' rule",
            primary: Label("such rules do not block one another", at: span),
            help: "remove it"
        )
    }

    fileprivate static func groupOfOne(_ group: String, at span: Span, likely: String?) -> Diagnostic {
        Diagnostic(
            .withoutEffect,
            severity: .warning,
            message: "group '\(group)' has one rule only",
            primary: Label("a group is for rules of which only one may fire", at: span),
            help: likely.map { "did you mean '\($0)'?" }
        )
    }
}
