import ArgumentParser
import Events
import Ledger

/// Settles open jobs so that they are not performed.
struct LedgerDrop: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop",
        abstract: "Let open jobs not be performed.",
        discussion: """
            They become suppressed, reason 'dropped', and the later jobs of the same \
            firing with them. An attempt that is under way cannot be called back; what \
            comes of it stands under 'beckon ledger show JOB', and no other follows.

            EXAMPLES
              beckon ledger list --status open
              beckon ledger drop 17 18
            """
    )

    @Argument(help: "The jobs: their numbers as listed, or their whole ids.")
    var jobs: [String]

    @Flag(help: "Write one JSON object a line.")
    var json = false

    @OptionGroup var options: LedgerOptions

    func run() throws {
        let ledger = try options.openToCorrect()
        let numbers = try jobs.map { try options.number(ofJob: $0, in: ledger) }
        var answers: [(job: Int64, answer: DropAnswer)] = []
        for number in numbers {
            let answer = try options.withLedger { () throws(LedgerProblem) in try ledger.drop(number, now: .now) }
            answers.append((number, answer))
        }
        try DataOutput(path: "-").writeLines(
            answers.map { json ? jsonLine($0.job, $0.answer) : text($0.job, $0.answer) }
        )
        StandardError.write(options.atWork + "\n")
        let isRefused = answers.contains { if case .refused = $0.answer { true } else { false } }
        if isRefused { throw ExitStatus.problems }
    }

    private func text(_ job: Int64, _ answer: DropAnswer) -> String {
        switch answer {
        case .dropped(let hasOpenAttempt, let heldBack):
            let behind = heldBack.isEmpty ? "" : ", and \(heldBack.map { "job \($0)" }.joined(separator: ", ")) with it"
            let attempt = hasOpenAttempt ? "; an attempt had begun, which cannot be called back" : ""
            return "job \(job): dropped\(behind)\(attempt)"
        case .refused(let why): return "job \(job): \(why.sentence)"
        }
    }

    private func jsonLine(_ job: Int64, _ answer: DropAnswer) -> String {
        var writer = JSONWriter()
        writer.object { object in
            object.member("job", job)
            switch answer {
            case .dropped(let hasOpenAttempt, let heldBack):
                object.member("dropped", true)
                object.member("under_way", hasOpenAttempt)
                object.member("held_back", heldBack)
            case .refused(let why):
                object.member("dropped", false)
                object.member("detail", why.sentence)
            }
        }
        return writer.text
    }
}
