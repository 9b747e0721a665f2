import ArgumentParser
import Events
import Ledger

/// Shows the ledger in numbers.
struct LedgerStats: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show the ledger in numbers.",
        discussion: """
            Jobs by status, rule and action; how long they took; what waits; how far \
            inputs were read; the size on disk. Times are in UTC.

            EXAMPLES
              beckon ledger stats --since 24h
              beckon ledger stats --json | jq .jobs.waiting
            """
    )

    @Option(help: ArgumentHelp("Jobs asked for since then: 24h, 7d, or an ISO 8601 time.", valueName: "time"))
    var since: String?

    @Flag(help: "Write one JSON object.")
    var json = false

    @OptionGroup var options: LedgerOptions

    func run() throws {
        let since = try since.map { try LedgerTime.since($0, now: .now) }
        let ledger = try options.openForReading()
        let statistics = try options.withLedger { () throws(LedgerProblem) in try ledger.statistics(since: since) }
        let bytes = options.folder.bytesOnDisk
        let output = try DataOutput(path: "-")
        if json {
            var writer = JSONWriter()
            statistics.write(to: &writer, bytesOnDisk: bytes, holder: options.folder.holder)
            try output.writeLines([writer.text])
        } else {
            try output.writeLines(statistics.lines(bytesOnDisk: bytes))
        }
        StandardError.write(options.atWork + "\n")
    }
}
