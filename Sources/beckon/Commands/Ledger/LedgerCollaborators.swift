import ArgumentParser
import Events
import Ledger

/// Shows whom Beckon asked to add to a conversation.
struct LedgerCollaborators: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collaborators",
        abstract: "Show whom Beckon asked to add to a conversation.",
        discussion: """
            When, by which rule, and with what answer. Whom people added or removed by \
            hand is not known: DoubleTick's API can list nobody. Times are in UTC.

            EXAMPLES
              beckon ledger collaborators 919999900000:919999900001
              beckon ledger collaborators --customer '+91 99999 00001'
            """
    )

    @Argument(help: ArgumentHelp("The business number and the customer's.", valueName: "business:customer"))
    var conversation: String?

    @Option(help: ArgumentHelp("All conversations with this customer.", valueName: "number"))
    var customer: String?

    @Flag(help: "Write one JSON object a line.")
    var json = false

    @OptionGroup var options: LedgerOptions

    func run() throws {
        let find = try search()
        let ledger = try options.openForReading()
        let people = try options.withLedger { () throws(LedgerProblem) in try find(ledger) }
        try DataOutput(path: "-").writeLines(json ? people.map(jsonLine) : people.isEmpty ? [] : table(people))
        let none = people.isEmpty ? "Beckon asked to add nobody there. " : ""
        StandardError.write("\(none)Who was added or removed by hand is not known here. \(options.atWork)\n")
    }

    private func search() throws -> (Ledger) throws(LedgerProblem) -> [Collaboration] {
        switch (conversation, customer) {
        case (let conversation?, nil):
            let key = try LedgerNumber.conversation(conversation)
            return { (ledger) throws(LedgerProblem) in try ledger.collaborators(inConversation: key) }
        case (nil, let customer?):
            let digits = try LedgerNumber.customer(customer)
            return { (ledger) throws(LedgerProblem) in try ledger.collaborators(ofCustomer: digits) }
        case (nil, nil), (_?, _?):
            throw CannotStart("name a conversation, as 919999900000:919999900001, or a customer with --customer")
        }
    }

    private func jsonLine(_ person: Collaboration) -> String {
        var writer = JSONWriter()
        person.write(to: &writer)
        return writer.text
    }

    private func table(_ people: [Collaboration]) -> [String] {
        var table = TextTable([
            .init(title: "CONVERSATION", widthMax: 25),
            .init(title: "WHO", widthMax: 15),
            .init(title: "ASKED (UTC)", widthMax: 16),
            .init(title: "ANSWER", widthMax: 10),
            .init(title: "RULE", widthMax: 18),
            .init(title: "JOB", widthMax: 6, isRight: true),
        ])
        for person in people {
            table.add([
                person.conversation, person.member, person.asked.tableText, person.answer, person.rule,
                String(person.job),
            ])
        }
        return table.lines
    }
}

extension Collaboration {
    /// The answer in a word; once it was delivered, a later failure does not undo it.
    fileprivate var answer: String {
        delivered == nil ? status?.rawValue ?? JobStatus.waiting.rawValue : Settlement.Status.delivered.rawValue
    }
}
