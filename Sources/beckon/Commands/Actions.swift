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
        let specs = ActionCatalog.modules.map { $0.spec }.sorted { $0.id < $1.id }
        if let name {
            guard let spec = specs.first(where: { $0.id == name }) else {
                throw CannotStart(ActionCatalog.unknown(name))
            }
            output.writeLine(ActionReference.text(spec).utf8)
        } else {
            let width = specs.map(\.id.count).max() ?? 0
            for spec in specs {
                let padding = String(repeating: " ", count: width - spec.id.count)
                output.writeLine("\(spec.id)\(padding)  \(spec.summary)".utf8)
            }
        }
        guard output.finish() else { throw ExitStatus.problems }
    }
}
