import ArgumentParser
import Events
import Ledger

/// Shows all that is known of one job.
struct LedgerShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the whole story of one job.",
        discussion: """
            The event, the rule as it stood, the settings, every attempt with its \
            answer, and what became of it. Times are in UTC.

            With --report it prints what one sends to DoubleTick's support: requests \
            without the key, answers and times; no rules and no message of a customer. \
            Phone numbers are in it, since support needs them.

            EXAMPLES
              beckon ledger show 17
              beckon ledger show 17 --json | jq .attempt_list
              beckon ledger show 17 --report > report.txt
            """
    )

    @Argument(help: "The job: its number as listed, or its whole id.")
    var job: String

    @Flag(help: "Print what one sends to DoubleTick's support.")
    var report = false

    @Flag(help: "Write one JSON object.")
    var json = false

    @OptionGroup var options: LedgerOptions

    func run() throws {
        guard !(report && json) else { throw CannotStart("--report and --json exclude each other") }
        let ledger = try options.openForReading()
        let number = try options.number(ofJob: job, in: ledger)
        guard let story = try options.withLedger({ () throws(LedgerProblem) in try ledger.story(ofJob: number) }) else {
            throw CannotStart("job \(number) has just been deleted from \(options.shownFolder)")
        }
        let output = try DataOutput(path: "-")
        if report {
            guard let report = SupportReport(story) else {
                throw CannotStart("job \(number) was never sent, so there is nothing to report")
            }
            try output.writeLines(report.lines)
        } else if json {
            var writer = JSONWriter()
            story.write(to: &writer)
            try output.writeLines([writer.text])
        } else {
            try output.writeLines(story.lines(isRunAtWork: options.folder.holder != nil))
            StandardError.write(options.atWork + "\n")
        }
    }
}
