import ArgumentParser
import Diagnostics
import Events
import Ledger

/// Sends jobs again that were not done.
struct LedgerRetry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Send failed, partial and unknown jobs again.",
        discussion: """
            Puts them at the end of the queue, attempts and time counted anew; their \
            attempts so far stay on record. Later jobs of the same firing that were \
            held back because of them follow. A partial job is done for those only \
            for whom it was not done.

            EXAMPLES
              beckon ledger retry 17 18
              beckon ledger retry --all-failed
              beckon ledger retry --status failed,unknown --since 24h --reason timeout
            """
    )

    @Argument(help: "The jobs: their numbers as listed, or their whole ids.")
    var jobs: [String] = []

    @Flag(help: "Every job that failed; the same as --status failed.")
    var allFailed = false

    @Flag(help: "Also jobs of unknown outcome that may be done, and would then be done twice.")
    var evenIfDone = false

    @OptionGroup(title: "Which jobs") var chosen: JobFilterOptions

    @Flag(help: "Write one JSON object a line.")
    var json = false

    @OptionGroup var options: LedgerOptions

    func run() throws {
        let filter = try filter()
        let ledger = try options.openToCorrect()
        let numbers: [Int64]
        if let filter {
            numbers = try options.withLedger { () throws(LedgerProblem) in try ledger.jobNumbers(filter) }
        } else {
            numbers = try jobs.map { try options.number(ofJob: $0, in: ledger) }
        }
        let answers = try options.withLedger { () throws(LedgerProblem) in
            try ledger.retry(numbers, evenIfDone: evenIfDone)
        }
        try DataOutput(path: "-").writeLines(answers.map { json ? jsonLine($0) : text($0) })
        let queuedCount = answers.filter { $0.answer.isQueued }.count
        StandardError.write("\(summary(queuedCount, of: answers.count))\n")
        if queuedCount < answers.count { throw ExitStatus.problems }
    }

    /// The filter; `nil` where jobs are named.
    private func filter() throws -> JobFilter? {
        var filter = try chosen.filter(now: .now)
        if allFailed { filter.statuses.append(.failed) }
        guard filter.isEmpty != jobs.isEmpty else {
            throw CannotStart(
                jobs.isEmpty
                    ? "name jobs, or choose them with --all-failed, --status and the like"
                    : "name jobs or choose them by options, not both"
            )
        }
        guard jobs.isEmpty else { return nil }
        // Without a status, what can be sent again is meant.
        if filter.statuses.isEmpty { filter.statuses = [.failed, .partial, .unknown] }
        return filter
    }

    private func text(_ answer: (job: Int64, answer: RetryAnswer)) -> String {
        switch answer.answer {
        case .queued(let reopened):
            let behind = reopened.isEmpty ? "" : "; behind it \(reopened.map { "job \($0)" }.joined(separator: ", "))"
            return "job \(answer.job): queued again\(behind)"
        case .refused(let why): return "job \(answer.job): \(TerminalText.visible(why.sentence))"
        }
    }

    private func jsonLine(_ answer: (job: Int64, answer: RetryAnswer)) -> String {
        var writer = JSONWriter()
        writer.object { object in
            object.member("job", answer.job)
            switch answer.answer {
            case .queued(let reopened):
                object.member("queued", true)
                object.member("reopened", reopened)
            case .refused(let why):
                object.member("queued", false)
                object.member("detail", why.sentence)
            }
        }
        return writer.text
    }

    private func summary(_ queuedCount: Int, of count: Int) -> String {
        guard count > 0 else { return "No job is like that. \(options.atWork)" }
        let counts = "\(queuedCount.counted("job")) queued, \(count - queuedCount) left."
        guard queuedCount > 0 else { return "\(counts) \(options.atWork)" }
        guard let process = options.folder.holder else {
            return "\(counts) No run is at work: the next 'beckon run' sends them."
        }
        return "\(counts) The run that is at work (process \(process)) sends them now."
    }
}

extension RetryAnswer {
    fileprivate var isQueued: Bool {
        if case .queued = self { true } else { false }
    }
}

extension CorrectionRefusal {
    /// Why the job is left as it is.
    var sentence: String {
        switch self {
        case .missing: "there is no such job any more"
        case .open: "it is open and will be attempted anyway"
        case .settled(let status): "it is settled (\(status.rawValue)), so nothing is left to drop"
        case .delivered: "it is delivered"
        case .suppressed(let reason): "it was held back\(reason.map { " (\($0))" } ?? ""), and has not failed"
        case .neverRendered(let reason):
            "the rules could not make a call of it\(reason.map { " (\($0))" } ?? ""); sending cannot help"
        case .mightBeDoneTwice: "it may be done, and would be done twice; --even-if-done sends it all the same"
        }
    }
}
