import ArgumentParser
import Events
import Foundation
import Ledger

/// Deletes all that is kept of a customer.
struct LedgerForget: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Delete all that is kept of a customer.",
        discussion: """
            Events, jobs (open ones too), attempts, who was added to their chats, what \
            teams picked for them, what rules and facts remember of them, and events \
            that are not decided yet and hold their number. In messages of others the \
            number becomes a zero; a window of others that holds it is forgotten. The \
            file is then written anew, unless a run is at work; so stop it, or repeat \
            this after it.

            Not reached: inputs, rejects and output files, damaged ledgers that were \
            put aside, copies, and DoubleTick itself.

            EXAMPLES
              beckon ledger forget '+91 99999 00001'
              beckon ledger forget 919999900001 --yes
            """
    )

    @Argument(help: "The customer's phone number with country code, however it is written.")
    var customer: String

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Write one JSON object.")
    var json = false

    @OptionGroup var options: LedgerOptions

    func run() throws {
        let digits = try LedgerNumber.customer(customer)
        let ledger = try options.openToCorrect()
        try confirm(digits)
        let forgotten = try options.withLedger { () throws(LedgerProblem) in try ledger.forget(customer: digits) }
        let remnants = remnants()
        try DataOutput(path: "-").writeLines([json ? jsonLine(forgotten) : text(forgotten, digits)])
        StandardError.write((leftToRun(forgotten.state) + remnants + reach(forgotten)).map { $0 + "\n" }.joined())
        // Who asked by a script must not take it for done.
        if !remnants.isEmpty { throw ExitStatus.problems }
    }

    private func confirm(_ digits: String) throws {
        guard !yes else { return }
        guard isatty(STDIN_FILENO) == 1, StandardError.isTerminal else {
            throw CannotStart("nothing was deleted: deleting for good needs --yes")
        }
        StandardError.write("Delete for good what \(options.shownFolder) keeps of \(digits)? Type yes: ")
        guard readLine() == "yes" else { throw CannotStart("nothing was deleted") }
    }

    /// Sees to the copies of what was deleted, and says where some may be left.
    private func remnants() -> [String] {
        let folder = options.folder
        do throws(LedgerProblem) {
            let holder = folder.holder
            if holder == nil {
                folder.dropKeptLog()
                try folder.rewriteLedger()
            }
            guard try folder.emptyLog() else {
                return ["The log could not be emptied, since somebody reads the ledger: repeat this to empty it."]
            }
            guard let holder else { return [] }
            return [
                "A run is at work (process \(holder)): what it has read and not decided comes after this, and the file is not "
                    + "written anew. Repeat this when it has ended."
            ]
        } catch {
            return ["It is deleted, but remnants may be left in the file: \(error.description). Repeat this."]
        }
    }

    /// What the run that is at work has in memory, and deletes itself.
    private func leftToRun(_ state: StateClearing) -> [String] {
        guard state.isLeftToRun else { return [] }
        return ["Left to the run that is at work, until its next step: \(state.count.counted("window"))."]
    }

    private func text(_ forgotten: ForgottenCustomer, _ digits: String) -> String {
        guard forgotten.hasDeleted else { return "nothing is kept of \(digits)" }
        let counts = [
            (forgotten.events, "event"), (forgotten.jobs, "job"), (forgotten.attempts, "attempt"),
            (forgotten.members, "member"), (forgotten.picks, "pick"), (forgotten.inboxEvents, "undecided event"),
            (forgotten.redactions, "mention"), (forgotten.state.deletedCount, "window"),
        ]
        let open = forgotten.openJobs > 0 ? " (\(forgotten.openJobs) of the jobs open)" : ""
        return "deleted " + counts.map { $0.counted($1) }.joined(separator: ", ") + open
    }

    /// What this cannot reach.
    private func reach(_ forgotten: ForgottenCustomer) -> [String] {
        var lines: [String] = []
        if forgotten.usesAsAgent > 0 {
            let jobs = forgotten.usesAsAgent.counted("job")
            lines.append("Left: \(jobs) of others that name the number in their settings, as that of an agent.")
        }
        lines += options.folder.ledgersPutAside.map { "Left: '\($0)', a damaged ledger that was put aside." }
        return lines + ["Not reached: inputs, rejects and output files, copies, and DoubleTick itself."]
    }

    private func jsonLine(_ forgotten: ForgottenCustomer) -> String {
        var writer = JSONWriter()
        writer.object { object in
            object.member("events", forgotten.events)
            object.member("jobs", forgotten.jobs)
            object.member("open_jobs", forgotten.openJobs)
            object.member("attempts", forgotten.attempts)
            object.member("members", forgotten.members)
            object.member("picks", forgotten.picks)
            object.member("inbox_events", forgotten.inboxEvents)
            object.member("mentions", forgotten.redactions)
            object.member("windows", forgotten.state.deletedCount)
            object.member("windows_left_to_run", forgotten.state.count - forgotten.state.deletedCount)
            object.member("left_as_agent", forgotten.usesAsAgent)
        }
        return writer.text
    }
}
