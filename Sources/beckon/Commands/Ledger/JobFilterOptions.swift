import ArgumentParser
import Diagnostics
import Events
import Ledger
import RuleEngine

/// The options that choose jobs.
struct JobFilterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Jobs that stand so: open (or waiting), delivered, partial, failed, unknown, suppressed.",
            valueName: "status"
        )
    )
    var status: [String] = []

    @Option(help: ArgumentHelp("Jobs of this rule.", valueName: "id"))
    var rule: [String] = []

    @Option(help: ArgumentHelp("Jobs for this customer: a phone number with country code.", valueName: "number"))
    var customer: [String] = []

    @Option(help: ArgumentHelp("Jobs for this conversation.", valueName: "business:customer"))
    var conversation: [String] = []

    @Option(help: ArgumentHelp("Jobs for this action.", valueName: "id"))
    var action: [String] = []

    @Option(help: ArgumentHelp("Jobs that stand so for this reason.", valueName: "code"))
    var reason: [String] = []

    @Option(help: ArgumentHelp("Jobs asked for since then: 24h, 7d, or an ISO 8601 time.", valueName: "time"))
    var since: String?

    /// The filter; every option may be given several times and lets any of its values through.
    func filter(now: Instant) throws -> JobFilter {
        var filter = JobFilter()
        filter.statuses = try status.flatMap { $0.split(separator: ",") }.map { try Self.status(String($0)) }
        filter.rules = rule
        filter.actions = action
        filter.customers = try customer.map { try LedgerNumber.customer($0) }
        filter.conversations = try conversation.map { try LedgerNumber.conversation($0) }
        filter.reasons = reason
        filter.since = try since.map { try LedgerTime.since($0, now: now) }
        return filter
    }

    private static func status(_ word: String) throws -> JobStatus {
        if word == "open" { return .waiting }
        guard let status = JobStatus(rawValue: word) else {
            let known = (["open"] + JobStatus.allCases.map(\.rawValue)).joined(separator: ", ")
            throw CannotStart("unknown status '\(TerminalText.visible(word))'; known: \(known)")
        }
        return status
    }
}

/// Points in time on the command line.
enum LedgerTime {
    /// A length of time before now, or a time.
    static func since(_ text: String, now: Instant) throws -> Instant {
        if let seconds = Quantity.seconds(text) { return now.advanced(by: .seconds(-seconds)) }
        guard let time = Instant(iso8601: text) else {
            let shown = TerminalText.visible(text)
            throw CannotStart("--since '\(shown)' is no time; write it like 24h, 7d or 2026-07-21T06:00:00Z")
        }
        return time
    }
}
