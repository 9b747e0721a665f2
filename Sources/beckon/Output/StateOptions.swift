import ArgumentParser
import Ledger

/// Where a command finds what Beckon remembers.
struct StateOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of the ledger and everything else that is remembered. (default: \(StateFolder.standardPath))",
            valueName: "folder"
        )
    )
    var state: String?

    /// The folder.
    var folder: StateFolder { StateFolder(state ?? StateFolder.standardPath) }
}

/// The same for a command that can also do without.
struct OptionalStateOptions: ParsableArguments {
    @OptionGroup var options: StateOptions

    @Flag(help: "Keep nothing: neither what was read nor what was asked for and done.")
    var noState = false

    /// The folder; `nil` for none.
    func folder() throws -> StateFolder? {
        guard noState else { return options.folder }
        guard options.state == nil else {
            throw CannotStart("--state and --no-state contradict each other; leave one out")
        }
        return nil
    }
}
