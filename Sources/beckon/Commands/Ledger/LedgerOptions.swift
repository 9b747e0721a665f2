import ArgumentParser
import Diagnostics
import Ledger

/// The options of every command that looks into the ledger, and how it is opened.
struct LedgerOptions: ParsableArguments {
    @OptionGroup var state: StateOptions
    @OptionGroup var common: CommonOptions

    /// The folder of the state.
    var folder: StateFolder { state.folder }

    /// The folder's name as messages show it.
    var shownFolder: String { "'\(TerminalText.visible(folder.path))'" }

    /// Opens the ledger to read it.
    func openForReading() throws -> Ledger {
        try withLedger { () throws(LedgerProblem) in try Ledger.openForReading(folder) }
    }

    /// Opens the ledger to correct it.
    func openToCorrect() throws -> Ledger {
        try withLedger { () throws(LedgerProblem) in try Ledger.openBeside(folder) }
    }

    /// Does something with the ledger; its problems keep the command from starting.
    func withLedger<Result>(_ body: () throws(LedgerProblem) -> Result) throws -> Result {
        do throws(LedgerProblem) {
            return try body()
        } catch {
            throw CannotStart(TerminalText.visible(error.description))
        }
    }

    /// The number of the job that a person names.
    func number(ofJob name: String, in ledger: Ledger) throws -> Int64 {
        guard let number = try withLedger({ () throws(LedgerProblem) in try ledger.number(ofJob: name) }) else {
            throw CannotStart("no job \(TerminalText.visible(name)) in \(shownFolder)")
        }
        return number
    }

    /// Whether a run is at work on the folder, as a sentence.
    var atWork: String {
        folder.holder.map { "A run is at work on \(shownFolder) (process \($0))." }
            ?? "No run is at work on \(shownFolder)."
    }
}
