import ArgumentParser
import RuleCompiler

/// Prints the JSON Schema of rule files.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema of rule files, for editors.",
        discussion: """
            With it an editor completes keys, shows what they mean, and marks what \
            is out of form while you type. The schema is one of the 2020-12 kind and \
            knows the actions that this version has; write it again after an update.

            EXAMPLES
              beckon schema > beckon.schema.json

            In VS Code with the YAML extension, name it in .vscode/settings.json:

              "yaml.schemas": { "./beckon.schema.json": ["rules/**/*.yml"] }

            Any editor with yaml-language-server takes it from the first line of a \
            rule file, relative to that file:

              # yaml-language-server: $schema=../beckon.schema.json

            A schema sees one file at a time, and only its form. Names, regexes and \
            the country codes of phone numbers are up to 'beckon check'.
            """
    )

    @OptionGroup var common: CommonOptions

    func run() throws {
        let output = try DataOutput(path: "-")
        // The writer ends the last line itself.
        output.writeLine(RuleSchema(actions: ActionCatalog.forCompiler).text.utf8.dropLast())
        guard output.finish() else { throw ExitStatus.problems }
    }
}
