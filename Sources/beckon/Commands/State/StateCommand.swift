import ArgumentParser

/// What rules and facts remember: reading it, and clearing some of it.
struct StateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state",
        abstract: "See the open windows, timers and facts; clear some of them.",
        discussion: """
            What 'count', 'sequence', 'unless', 'throttle' and 'facts' remember from one \
            event to later ones, as 'beckon run' keeps it, also while a run is at work. \
            Times are in UTC. Without a subcommand it lists.

            EXAMPLES
              beckon state                            the 50 that changed last
              beckon state '+91 99999 00001'          those of a customer
              beckon state --rule nobody-answered     those of a rule
              beckon state clear '+91 99999 00001'    begin anew with a customer
            """,
        subcommands: [StateList.self, StateClear.self],
        defaultSubcommand: StateList.self
    )
}

/// A conversation or a customer on the command line.
enum StateSubject {
    case conversation(String)
    case customer(String)

    /// Reads a conversation by its colon, and anything else as a customer's number.
    init(_ text: String) throws {
        self =
            text.contains(":")
            ? .conversation(try LedgerNumber.conversation(text)) : .customer(try LedgerNumber.customer(text))
    }
}
