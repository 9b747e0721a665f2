import ArgumentParser
import Events
import Logging
import RuleCompiler

/// Measures what deciding costs, and what of it each rule costs.
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure what each rule and condition costs on recorded events.",
        discussion: """
            Reads up to 200,000 lines or 64 MiB of events into memory, decides them \
            again and again on one thread, and shows how many there are in a second, \
            what each stage takes, and which rules and conditions cost most: how often \
            each was tried and held, and the nanoseconds it takes. Nothing is performed \
            or remembered.

            A rule that is tried seldom is cheap, whatever it does; 'beckon check \
            --cost' says which rules are tried often, and why. The report is the answer \
            of this command and goes to stdout.

            EXAMPLES
              beckon bench --input events.jsonl
              beckon bench rules/payments.yml --input events.jsonl.gz --top 30
              beckon bench --input events.jsonl --format json | jq .events_per_second
            """
    )

    @Argument(help: "A folder or file of rules.")
    var rules = "rules"

    @Option(help: ArgumentHelp("The events: a file, plain or gzip; - is stdin.", valueName: "file"))
    var input: String

    @Option(
        help: ArgumentHelp(
            "The shape of the events: \(InputFormat.names.joined(separator: ", ")), mapped.",
            valueName: "format"
        )
    )
    var inputFormat: String?

    @Option(help: ArgumentHelp("How many rules and conditions to show.", valueName: "n"))
    var top = 10

    @Option(help: "How to report: text for people, json for tools.")
    var format: Check.ReportFormat = .text

    @Flag(help: "Evaluate every rule on every event, to see what each would cost without the prefilter.")
    var noPrefilter = false

    @OptionGroup var common: CommonOptions

    /// Longer lists are for nobody to read.
    private static let topMax = 100_000

    func run() throws {
        guard (1...Self.topMax).contains(top) else { throw CannotStart("--top must be between 1 and \(Self.topMax)") }
        let set = try RuleSet.loadToRun(rules, common)
        let bench = try RuleBench(
            InputSource(argument: input),
            compilation: set.compilation,
            format: try InputFormat.chosen(inputFormat, settings: set.compilation.settings.format),
            prefilter: noPrefilter ? .unused : .used
        )
        let report = try bench.run()
        let lines = format == .json ? [report.json(top: top)] : report.lines(top: top)
        try DataOutput(path: "-").writeLines(lines)
        let problems = [
            report.tally.rejected == 0 ? nil : "\(report.tally.rejected.counted("line")) rejected",
            report.tally.faults == 0 ? nil : report.tally.faults.counted("fault"),
        ].compactMap(\.self)
        guard problems.isEmpty else {
            common.logger.warning("\(problems.joined(separator: ", ")); 'run --dry-run' says where and why")
            throw ExitStatus.problems
        }
    }
}
