import ActionKit
import ArgumentParser
import Delivery
import Events
import Foundation
import RuleCompiler
import RuleEngine

/// Reads events, decides, and performs the jobs.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read events, decide by the rules, and perform the jobs.",
        discussion: """
            Writes one JSON object a line to stdout for each job once its outcome is \
            known, in input order within a conversation. Everything for people goes \
            to stderr.

            EXAMPLES
              echo '{"customer":"+91 99999 00001","text":"refund!"}' | beckon run --dry-run
              beckon run --input mon.jsonl --input tue.jsonl.gz --rejects bad.jsonl
              tail -f events.jsonl | beckon run
            """
    )

    @Argument(help: "A folder or file of rules.")
    var rules = "rules"

    @Option(
        help: ArgumentHelp("A file of events, plain or gzip; - is stdin. Several are read in order.", valueName: "file")
    )
    var input: [String] = []

    @Option(
        help: ArgumentHelp(
            "The shape of the events: \(InputFormat.names.joined(separator: ", ")), mapped.",
            valueName: "format"
        )
    )
    var inputFormat: String?

    @Flag(help: "Decide everything and perform nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("Append lines that cannot be read to this file, as they came.", valueName: "file"))
    var rejects: String?

    @Option(help: ArgumentHelp("Where to write the records; - is stdout.", valueName: "file"))
    var output = "-"

    @Option(help: ArgumentHelp("Reject lines that are longer than this many bytes.", valueName: "bytes"))
    var lineLimit = LineReader.lineBytesMaxDefault

    @Option(help: ArgumentHelp("How long to go on delivering after the end of the input.", valueName: "duration"))
    var drain = "5m"

    @Flag(help: "Keep no state. This version keeps none in any case.")
    var noState = false

    @Option(help: ArgumentHelp("Not built yet.", valueName: "folder"))
    var state: String?

    @Flag(help: "Not built yet.")
    var follow = false

    @Flag(help: "Not built yet.")
    var fromStart = false

    @Option(help: ArgumentHelp("Not built yet.", valueName: "n"))
    var threads: Int?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try refuseWhatIsNotBuilt()
        let set = try RuleSet.loadToRun(rules, common)
        let settings = set.compilation.settings
        let options = RunOptions(
            inputs: try sources(),
            format: try InputFormat.chosen(inputFormat, settings: settings.format),
            lineBytesMax: lineLimit,
            isDryRun: dryRun,
            drain: try drainDuration()
        )
        let session = try RunSession(
            set.compilation,
            options: options,
            output: RecordWriter(DataOutput(path: output)),
            rejects: rejects.map { try DataOutput(path: $0, appending: true) },
            logger: common.logger,
            // Records on the same terminal would run into the line.
            progress: ProgressLine(
                isShown: StandardError.isTerminal && common.logFormat == .text
                    && !(output == "-" && isatty(STDOUT_FILENO) == 1)
            )
        )
        let status: ExitStatus
        if dryRun {
            status = session.runDry()
        } else {
            let environment = ProcessInfo.processInfo.environment
            let needsKey = set.compilation.program.performsAnything
            let destination = try Destinations.doubletick(settings, needsKey: needsKey, environment: environment)
            let transport = HTTPTransport([destination.name: destination]) { Date() }
            let dispatcher = Dispatcher(transport: transport, policy: DeliveryPolicy(settings.delivery))
            status = await session.run(dispatcher)
            await transport.shutdown()
        }
        if status != .success { throw status }
    }

    private func refuseWhatIsNotBuilt() throws {
        let asked = [
            ("--state", state != nil), ("--follow", follow), ("--from-start", fromStart), ("--threads", threads != nil),
        ]
        for (name, isAsked) in asked where isAsked {
            throw CannotStart("'\(name)' is not built yet in version \(Beckon.version)")
        }
        guard lineLimit > 0 else { throw CannotStart("--line-limit must be at least 1") }
    }

    /// The inputs, each known to be there: a run must not end half-way through for a misspelt name.
    private func sources() throws -> [InputSource] {
        try (input.isEmpty ? ["-"] : input).map { path in
            guard path != "-" else { return .standardInput }
            do throws(InputProblem) {
                _ = try LineReader(.file(path))
            } catch {
                throw CannotStart(error.description)
            }
            return .file(path)
        }
    }

    /// A run that is to wait for longer than a year was mistyped.
    private static let drainSecondsMax: Double = 366 * 86_400

    private func drainDuration() throws -> Duration {
        if drain == "0" { return .zero }
        guard let seconds = Quantity.seconds(drain), seconds <= Self.drainSecondsMax else {
            throw CannotStart("--drain '\(drain)' is not a length of time; write it like 30s, 5m or 1h")
        }
        return .seconds(seconds)
    }
}

extension Program {
    /// Whether any rule may come to perform a job.
    fileprivate var performsAnything: Bool {
        rules.contains { $0.mode == .active && !$0.then.isEmpty }
    }
}
