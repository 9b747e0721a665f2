import ActionKit
import ArgumentParser
import Foundation

/// Lists the action modules, and documents one.
struct Actions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the actions that rules can ask for, or document one.",
        discussion: """
            EXAMPLES
              beckon actions
              beckon actions add-collaborator
            """
    )

    @Argument(help: "The action to document.")
    var name: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let output = try DataOutput(path: "-")
        if let name {
            guard let module = ActionCatalog.module(name) else { throw CannotStart(ActionCatalog.unknown(name)) }
            output.writeLine(ActionReference.text(module).utf8)
        } else {
            for line in list() { output.writeLine(line.utf8) }
        }
        guard output.finish() else { throw ExitStatus.problems }
    }

    /// Each action with what a second attempt may do and what it is for, in columns.
    private func list() -> [String] {
        let specs = ActionCatalog.modules.map { $0.spec }.sorted { $0.id < $1.id }
        let idWidth = specs.map(\.id.count).max() ?? 0
        let effectWidth = EffectClass.allCases.map(\.rawValue.count).max() ?? 0
        return specs.map { spec in
            let id = spec.id.padding(toLength: idWidth, withPad: " ", startingAt: 0)
            let effect = spec.effect.rawValue.padding(toLength: effectWidth, withPad: " ", startingAt: 0)
            return "\(id)  \(effect)  \(spec.summary)"
        }
    }
}
