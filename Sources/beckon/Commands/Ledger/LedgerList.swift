import ArgumentParser
import Events
import Ledger

/// Lists jobs, the newest last.
struct LedgerList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List jobs, the newest last.",
        discussion: """
            An option that is given several times lets any of its values through; \
            different options must all hold. Times are in UTC.

            EXAMPLES
              beckon ledger list --status failed,unknown --since 24h
              beckon ledger list --customer '+91 99999 00001' --limit 5
              beckon ledger list --rule refund-brings-in-billing --json | jq .reason
            """
    )

    @OptionGroup(title: "Which jobs") var chosen: JobFilterOptions

    @Option(help: ArgumentHelp("How many jobs to list at most.", valueName: "n"))
    var limit = 50

    @Flag(help: "Write one JSON object a line.")
    var json = false

    @OptionGroup var options: LedgerOptions

    func run() throws {
        guard limit > 0 else { throw CannotStart("--limit must be at least 1") }
        let filter = try chosen.filter(now: .now)
        let ledger = try options.openForReading()
        let found = try options.withLedger { () throws(LedgerProblem) in try ledger.jobs(filter, limit: limit) }
        let output = try DataOutput(path: "-")
        try output.writeLines(json ? found.jobs.map(jsonLine) : found.jobs.isEmpty ? [] : table(found.jobs))
        StandardError.write("\(counts(found.jobs.count, olderCount: found.olderCount)) \(options.atWork)\n")
    }

    private func jsonLine(_ job: JobSummary) -> String {
        var writer = JSONWriter()
        job.write(to: &writer)
        return writer.text
    }

    private func table(_ jobs: [JobSummary]) -> [String] {
        let isRunAtWork = options.folder.holder != nil
        var table = TextTable([
            .init(title: "JOB", widthMax: 8, isRight: true),
            .init(title: "ASKED (UTC)", widthMax: 16),
            .init(title: "STATUS", widthMax: 10),
            .init(title: "RULE", widthMax: 20),
            .init(title: "CUSTOMER", widthMax: 15),
            .init(title: "REASON", widthMax: 21),
        ])
        for job in jobs {
            table.add([
                String(job.number), job.asked.tableText, job.status.rawValue, job.rule, job.customer ?? "-",
                job.standing(isRunAtWork: isRunAtWork),
            ])
        }
        return table.lines
    }

    private func counts(_ count: Int, olderCount: Int) -> String {
        guard count > 0 else { return chosen.isEmpty ? "No jobs." : "No job is like that." }
        let older = olderCount > 0 ? "; \(olderCount) older, which --limit shows" : ""
        return "\(count.counted("job"))\(older)."
    }
}

extension JobFilterOptions {
    fileprivate var isEmpty: Bool {
        [status, rule, customer, conversation, action, reason].allSatisfy(\.isEmpty) && since == nil
    }
}
