import ArgumentParser
import Events
import Ledger

/// Lists what rules and facts remember, the newest first.
struct StateList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List windows, timers and facts, the newest first.",
        discussion: """
            An option that is given several times lets any of its values through, and \
            so do --rule and --fact together; different options must all hold. The \
            messages that a window keeps are shown with --json only. Times are in UTC.

            EXAMPLES
              beckon state list 919999900000:919999900001
              beckon state list --rule nobody-answered --limit 5
              beckon state list --fact owner --json | jq .value
            """
    )

    @Argument(help: ArgumentHelp("A conversation, as business:customer, or a customer.", valueName: "whose"))
    var whose: String?

    @Option(help: ArgumentHelp("Of this rule.", valueName: "id"))
    var rule: [String] = []

    @Option(help: ArgumentHelp("Of this fact.", valueName: "name"))
    var fact: [String] = []

    @Option(help: ArgumentHelp("Of this customer: a phone number with country code.", valueName: "number"))
    var customer: [String] = []

    @Option(help: ArgumentHelp("Of this conversation.", valueName: "business:customer"))
    var conversation: [String] = []

    @Option(help: ArgumentHelp("How many to list at most.", valueName: "n"))
    var limit = 50

    @Flag(help: "Write one JSON object a line.")
    var json = false

    @OptionGroup var options: LedgerOptions

    func run() throws {
        guard limit > 0 else { throw CannotStart("--limit must be at least 1") }
        let filter = try filter()
        let ledger = try options.openForReading()
        let (found, clock) = try options.withLedger { () throws(LedgerProblem) in
            (try ledger.state(filter, limit: limit), try ledger.clock())
        }
        let output = try DataOutput(path: "-")
        try output.writeLines(json ? found.rows.map(jsonLine) : found.rows.isEmpty ? [] : table(found.rows))
        let time = clock.map { " The time of events is \($0.iso8601)." } ?? ""
        let counts = counts(found.rows.count, olderCount: found.olderCount, isFiltered: !filter.isEmpty)
        StandardError.write("\(counts)\(time) \(options.atWork)\n")
    }

    private func filter() throws -> StateFilter {
        var filter = StateFilter()
        filter.conversations = try conversation.map { try LedgerNumber.conversation($0) }
        filter.customers = try customer.map { try LedgerNumber.customer($0) }
        filter.owners = rule.map { .rule($0) } + fact.map { .fact($0) }
        switch try whose.map({ try StateSubject($0) }) {
        case .conversation(let name)?: filter.conversations.append(name)
        case .customer(let number)?: filter.customers.append(number)
        case nil: break
        }
        return filter
    }

    private func jsonLine(_ row: StateSummary) -> String {
        var writer = JSONWriter()
        row.write(to: &writer)
        return writer.text
    }

    private func table(_ rows: [StateSummary]) -> [String] {
        var table = TextTable([
            .init(title: "RULE OR FACT", widthMax: 18),
            .init(title: "WHOSE", widthMax: 25),
            .init(title: "WHAT", widthMax: 17),
            .init(title: "SINCE (UTC)", widthMax: 16),
            .init(title: "UNTIL (UTC)", widthMax: 16),
        ])
        for row in rows {
            let reading = StateReading(row.state)
            table.add([
                row.state.slot.owner.shown, row.state.whose, reading.what, reading.since?.tableText ?? "-",
                (row.state.dueAt ?? row.state.endsAt)?.tableText ?? "-",
            ])
        }
        return table.lines
    }

    private func counts(_ count: Int, olderCount: Int, isFiltered: Bool) -> String {
        guard count > 0 else { return isFiltered ? "Nothing like that is remembered." : "Nothing is remembered." }
        let older = olderCount > 0 ? "; \(olderCount) older, which --limit shows" : ""
        return "\(count.counted("window"))\(older)."
    }
}
