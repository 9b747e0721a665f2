import ActionKit
import AddCollaborator
import Diagnostics
import RuleCompiler

/// The action modules that ship with Beckon: one line each.
enum ActionCatalog {
    static let modules: [any Action.Type] = [
        AddCollaborator.self
    ]

    /// Actions that the rule language names and this version does not have yet.
    static let notBuiltYet = [
        "remove-collaborator", "assign-agent", "unassign-agent", "tag-customer", "untag-customer", "set-custom-field",
        "send-text", "send-template", "add-note", "http", "program", "emit",
    ]

    /// The modules as the compiler sees them.
    static let forCompiler = ActionCatalogue(modules.map { entry($0) }, notBuiltYet: notBuiltYet)

    /// What to say of an action that does not exist.
    static func unknown(_ id: String) -> String {
        let known = modules.map { $0.spec.id }.sorted()
        let hint = Spelling.suggestion(for: id, among: known) ?? "known: \(known.joined(separator: ", "))"
        return "no action is called '\(id)'; \(hint)"
    }

    /// The module with that id.
    static func module(_ id: String) -> (any Action.Type)? {
        modules.first { $0.spec.id == id }
    }

    private static func entry<A: Action>(_ module: A.Type) -> ActionCatalogue.Entry {
        ActionCatalogue.Entry(module)
    }
}
