import ArgumentParser
import Events
import Ledger

/// Makes rules and facts forget.
struct StateClear: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear",
        abstract: "Let rules and facts forget what they remember.",
        discussion: """
            Counts, sequences and throttles begin anew, timers do not fire, and facts \
            are unset. A run that is at work does it at its next step. Jobs that are \
            asked for stay, and so do events that wait their turn. To delete all that \
            is kept of a customer, there is 'beckon ledger forget'.

            EXAMPLES
              beckon state clear 919999900000:919999900001
              beckon state clear '+91 99999 00001' --rule third-complaint
              beckon state clear --fact vip
              beckon state clear --all
            """
    )

    @Argument(help: ArgumentHelp("A conversation, as business:customer, or a customer.", valueName: "whose"))
    var whose: String?

    @Option(help: ArgumentHelp("Only what this rule remembers.", valueName: "id"))
    var rule: String?

    @Option(help: ArgumentHelp("Only this fact.", valueName: "name"))
    var fact: String?

    @Flag(help: "Everything that any rule or fact remembers of anybody.")
    var all = false

    @Flag(help: "Write one JSON object a line.")
    var json = false

    @OptionGroup var options: LedgerOptions

    func run() throws {
        let wish = try wish()
        let ledger = try options.openToCorrect()
        let cleared = try options.withLedger { () throws(LedgerProblem) in try ledger.clearState(wish) }
        let counts = cleared.counts.map { (owner: $0.key, count: $0.value) }
            .sorted { $0.owner.described < $1.owner.described }
        try DataOutput(path: "-").writeLines(
            counts.map { owner, count in
                json
                    ? jsonLine(owner, count, isDone: !cleared.isLeftToRun)
                    : "\(owner.described): \(count) \(cleared.isLeftToRun ? "to be cleared" : "cleared")"
            }
        )
        StandardError.write("\(summary(cleared))\n")
    }

    private func wish() throws -> StateWish {
        guard rule == nil || fact == nil else { throw CannotStart("--rule and --fact exclude each other") }
        let owner = rule.map { KeptSlot.Owner.rule($0) } ?? fact.map { .fact($0) }
        guard all == (whose == nil && owner == nil) else {
            throw CannotStart(
                all
                    ? "--all clears everything; leave it out to clear a part"
                    : "name a conversation or a customer, or choose with --rule, --fact or --all"
            )
        }
        switch try whose.map({ try StateSubject($0) }) {
        case .conversation(let name)?: return StateWish(.conversation(name), owner: owner)
        case .customer(let number)?: return StateWish(.customer(number), owner: owner)
        case nil: return StateWish(owner: owner)
        }
    }

    private func jsonLine(_ owner: KeptSlot.Owner, _ count: Int, isDone: Bool) -> String {
        var writer = JSONWriter()
        writer.object { object in
            owner.writeMember(to: &object)
            object.member("windows", count)
            object.member("cleared", isDone)
        }
        return writer.text
    }

    private func summary(_ cleared: StateClearing) -> String {
        guard cleared.count > 0 else { return "Nothing like that is remembered. \(options.atWork)" }
        let windows = cleared.count.counted("window")
        guard cleared.isLeftToRun else { return "\(windows) cleared. \(options.atWork)" }
        guard let process = options.folder.holder else {
            return "The run has just ended: the next one clears \(windows) before it begins."
        }
        return "The run that is at work (process \(process)) clears \(windows) at its next step."
    }
}
