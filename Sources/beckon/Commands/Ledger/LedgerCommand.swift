import ArgumentParser

/// What was asked for, tried and done: reading the ledger, and correcting it.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "See what was asked for, tried and delivered; send failed jobs again; forget a customer.",
        discussion: """
            Reads and corrects the state that 'beckon run' keeps, also while a run is \
            at work; the run notices. Times are in UTC. Without a subcommand it lists \
            the last jobs.

            EXAMPLES
              beckon ledger                              the last 50 jobs
              beckon ledger --status failed --since 24h  what failed since yesterday
              beckon ledger show 17                      the whole story of one job
              beckon ledger retry --all-failed           send again what was not done
              beckon ledger stats                        the ledger in numbers
            """,
        subcommands: [
            LedgerList.self, LedgerShow.self, LedgerRetry.self, LedgerDrop.self, LedgerForget.self, LedgerStats.self,
            LedgerCollaborators.self,
        ],
        defaultSubcommand: LedgerList.self
    )
}
