import ArgumentParser
import Ledger

/// Where a command finds what Beckon remembers.
struct StateOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the ledger and everything else that is remembered.", valueName: "folder"))
    var state = StateFolder.standardPath

    /// The folder.
    var folder: StateFolder { StateFolder(state) }
}
