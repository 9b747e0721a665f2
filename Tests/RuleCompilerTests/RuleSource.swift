import AddCollaborator
import Diagnostics
import Foundation
import RuleCompiler
import RuleSyntax

/// Rule files as tests compile them.
enum RuleSource {
    /// The actions that exist in the tests, and some that do not yet.
    static let actions = ActionCatalogue(
        [ActionCatalogue.Entry(AddCollaborator.self)],
        notBuiltYet: ["remove-collaborator", "send-text"]
    )

    /// Who and what the rules of the tests speak of.
    static let context = """
        business_numbers:
          main: +91 99999 00000
        agents:
          asha: { phone: +91 99999 00101, name: Asha Rao }
          ravi: { phone: +91 99999 00102 }
        teams:
          billing: { members: [asha, ravi] }
        """

    /// Compiles files that are given as text, by path.
    static func compile(_ files: [(path: String, text: String)], environment: [String: String] = [:]) -> Compilation {
        let files = files.map { SourceFile(path: $0.path, text: $0.text) }
        return RuleCompiler(actions: actions, environment: environment).compile(.reading(files))
    }

    /// Compiles one file beside the context.
    static func compile(_ text: String, environment: [String: String] = [:]) -> Compilation {
        compile([("context.yml", context), ("rules.yml", text)], environment: environment)
    }

    /// Compiles one rule that has this condition, written on one line.
    static func compile(when condition: String) -> Compilation {
        compile(
            """
            rules:
              - id: it
                on: any
                when: \(condition)
                then: [{ add-collaborator: { agents: asha } }]
            """
        )
    }

    /// Everything that is wrong, as people read it.
    static func report(_ compilation: Compilation) -> String {
        TextRenderer.render(compilation.diagnostics, usesColor: false)
    }
}
