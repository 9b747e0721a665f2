import ArgumentParser
import Foundation

/// The command line: parses, runs, prints, and alone decides the exit status.
@main
struct Beckon: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "beckon",
        abstract:
            "Watches a stream of events, decides by rules kept in version control, and brings the right people in.",
        discussion: """
            EXAMPLES
              beckon check                             are the rule files in order?
              beckon test                              do the rules keep their tests?
              beckon run --dry-run --input FILE        what would happen?
              beckon explain --event FILE              why does each rule fire, or not?
              beckon run --input FILE                  decide and perform
              beckon bench --input FILE                what does each rule cost?
              beckon demo                              see all of it at work

            Every command works in a folder that holds 'rules/' with no argument \
            at all. The API key comes from the variable DOUBLETICK_API_KEY, or \
            from where 'settings.doubletick.api_key' says.

            EXIT STATUS
              0         all is well
              1         finished, with something for a person to look at
              2         could not start: arguments, rules or settings
              130, 143  stopped by SIGINT or SIGTERM, in good order
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Rules",
                subcommands: [Check.self, Test.self, Explain.self, Bench.self, Fmt.self, Schema.self]
            ),
            CommandGroup(
                name: "Running",
                subcommands: [Run.self, Listen.self, LedgerCommand.self, StateCommand.self, Try.self, Actions.self]
            ),
            CommandGroup(name: "Trying it out", subcommands: [SandboxCommand.self, Demo.self]),
            CommandGroup(
                name: "Planned (not built yet)",
                subcommands: [Diff.self, ImportCurl.self]
            ),
        ]
    )

    static func main() async {
        openMissingStreams()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Foundation.exit(report(error).rawValue)
        }
    }

    /// Opens `/dev/null` for a standard stream that the caller has closed.
    ///
    /// Else the next file that is opened would take its number, and records would go there.
    private static func openMissingStreams() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            // Takes the lowest number that is free, which is this one.
            _ = unsafe open("/dev/null", O_RDWR)
        }
    }

    /// Tells people what ended the command, and scripts how.
    private static func report(_ error: any Error) -> ExitStatus {
        switch error {
        case let status as ExitStatus: return status
        case let problem as CannotStart:
            StandardError.write("beckon: \(problem.description)\n")
            return .cannotStart
        default:
            let message = fullMessage(for: error)
            if exitCode(for: error) == .success {
                // Help and version are what was asked for, so they go where answers go.
                guard let output = try? DataOutput(path: "-") else { return .problems }
                output.writeLine(message.utf8)
                return output.finish() ? .success : .problems
            }
            StandardError.write(message + "\n")
            return .cannotStart
        }
    }
}
