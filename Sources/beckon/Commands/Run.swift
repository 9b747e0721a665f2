import ActionKit
import ArgumentParser
import Delivery
import Events
import Foundation
import Ledger
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
              beckon run --follow --input events.jsonl
              producer | beckon run --spool

            What was read, decided and delivered is remembered in the folder .beckon: \
            a file is read on from where the last run stopped, an event that was seen \
            before (by its id) is skipped, and jobs that are still to be done come \
            first. 'beckon ledger' shows and corrects it.
            """
    )

    @Argument(help: "A folder or file of rules.")
    var rules = "rules"

    @Option(
        help: ArgumentHelp(
            "A file of events, plain or gzip; - is stdin, which is read if none is named. Several are read in order.",
            valueName: "file"
        )
    )
    var input: [String] = []

    @Flag(help: "Read files on as they grow, as 'tail -F' does; ends with a signal.")
    var follow = false

    @Flag(
        help: "Read files from their first line, even if they were read before; events known by their ids are skipped."
    )
    var fromStart = false

    @Flag(help: "Write stdin to disk before deciding, for senders that cannot repeat themselves.")
    var spool = false

    @Option(
        help: ArgumentHelp(
            "The shape of the events: \(InputFormat.names.joined(separator: ", ")), mapped.",
            valueName: "format"
        )
    )
    var inputFormat: String?

    @Option(help: ArgumentHelp("Reject lines that are longer than this many bytes.", valueName: "bytes"))
    var lineLimit = LineReader.lineBytesMaxDefault

    @Option(help: ArgumentHelp("Append lines that cannot be read to this file, as they came.", valueName: "file"))
    var rejects: String?

    @Option(
        help: ArgumentHelp(
            "Where to write the records; - is stdout. A dry run overwrites the file, a live run appends to it.",
            valueName: "file"
        )
    )
    var output = "-"

    @Flag(help: "Decide everything and perform nothing; reads and writes no state.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "How long to go on delivering after the end of the input; what is left waits for the next run. (default: 5m)",
            valueName: "duration"
        )
    )
    var drain: String?

    @Option(
        help: ArgumentHelp(
            "What timers do that wait when the input has ended: wait for the next run, or fire. A dry run fires those that "
                + "are due by the time of the last event. (default: wait)",
            valueName: "fire|wait"
        )
    )
    var atEnd: RunOptions.AtEnd?

    @OptionGroup var state: OptionalStateOptions

    @Option(
        help: ArgumentHelp(
            "On how many threads a dry run decides; its output is the same for any number. A live run decides on one. "
                + "(default: one for each core)",
            valueName: "n"
        )
    )
    var threads: Int?

    @Flag(
        help: ArgumentHelp(
            "Evaluate every rule on every event instead of passing over those that cannot hold: slow, and the same output. "
                + "For finding out whether an answer is the prefilter's fault."
        )
    )
    var noPrefilter = false

    @Flag(
        help: ArgumentHelp(
            "Evaluate every event with and without the prefilter, and stop at the first difference; needs --dry-run. "
                + "For trying new rules, or a new version, on real events."
        )
    )
    var verifyPrefilter = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try refuseWhatCannotBe()
        let set = try RuleSet.loadToRun(rules, common)
        let options = RunOptions(
            inputs: try sources(),
            reading: spool ? .spooling : follow ? .following(fromStart: fromStart) : .once(fromStart: fromStart),
            format: try InputFormat.chosen(inputFormat, settings: set.compilation.settings.format),
            lineBytesMax: lineLimit,
            state: try state.folder(),
            atEnd: atEnd ?? .wait,
            drain: try drainDuration(),
            threads: threads ?? min(ProcessInfo.processInfo.activeProcessorCount, Self.threadsMax),
            prefilter: noPrefilter ? .unused : verifyPrefilter ? .verified : .used
        )
        let status = dryRun ? try decide(set, options) : try await perform(set, options)
        if status != .success { throw status }
    }

    private func decide(_ set: RuleSet, _ options: RunOptions) throws -> ExitStatus {
        try DryRun(
            set.compilation,
            options: options,
            output: RecordWriter(DataOutput(path: output)),
            rejects: rejects.map { try DataOutput(path: $0, appending: true) },
            logger: common.logger,
            progress: progress
        ).run()
    }

    private func perform(_ set: RuleSet, _ options: RunOptions) async throws -> ExitStatus {
        // The ledger comes first: a second run must not touch the files of the one that has it.
        let ledger = try LiveRun.openLedger(options.state)
        let destination = try Destinations.doubletick(
            set.compilation.settings,
            needsKey: set.compilation.program.performsAnything || ledger.openCount > 0,
            environment: ProcessInfo.processInfo.environment
        )
        let run = try LiveRun(
            set.compilation,
            ledger: ledger,
            options: options,
            output: RecordWriter(queue: RecordQueue(DataOutput(path: output, appending: true))),
            rejects: rejects.map { try DataOutput(path: $0, appending: true) },
            logger: common.logger,
            progress: progress
        )
        let transport = HTTPTransport([destination.name: destination]) { Date() }
        let status = await run.run(over: transport)
        await transport.shutdown()
        // What is not moved into the file now is when it is opened again.
        try? ledger.close()
        return status
    }

    /// Records on the same terminal would run into the line.
    private var progress: ProgressLine {
        ProgressLine(
            isShown: StandardError.isTerminal && common.logFormat == .text
                && !(output == "-" && isatty(STDOUT_FILENO) == 1)
        )
    }

    private func refuseWhatCannotBe() throws {
        if let threads, !(1...Self.threadsMax).contains(threads) {
            throw CannotStart("--threads must be between 1 and \(Self.threadsMax)")
        }
        if verifyPrefilter {
            guard !noPrefilter else {
                throw CannotStart("--verify-prefilter needs the prefilter and cannot be used with --no-prefilter")
            }
            guard dryRun else {
                throw CannotStart("--verify-prefilter is for trying things out; use it with --dry-run")
            }
        }
        guard lineLimit > 0 else { throw CannotStart("--line-limit must be at least 1") }
        if follow {
            guard !dryRun else { throw CannotStart("--dry-run reads to the end of its input and cannot --follow it") }
            guard !input.isEmpty, !input.contains("-") else {
                throw CannotStart("--follow needs files; name them with --input FILE")
            }
            guard drain == nil else {
                throw CannotStart("--drain counts from the end of the input, and with --follow there is none")
            }
            guard atEnd == nil else {
                throw CannotStart("--at-end is for the end of the input, and with --follow there is none")
            }
        }
        if spool {
            guard !dryRun else { throw CannotStart("--dry-run keeps no state and cannot --spool") }
            guard !state.noState else {
                throw CannotStart("--spool writes into the state and cannot be used with --no-state")
            }
            guard input.isEmpty || input == ["-"] else {
                throw CannotStart("--spool is for stdin; files can be read again")
            }
        }
        if fromStart, input.allSatisfy({ $0 == "-" }) {
            throw CannotStart("--from-start is for files; stdin has no start to go back to")
        }
    }

    /// The inputs, each known to be there: a run must not end half-way through for a misspelt name.
    private func sources() throws -> [InputSource] {
        try (input.isEmpty ? ["-"] : input).map { path in
            guard path != "-" else { return .standardInput }
            for written in [output, rejects].compactMap(\.self) where written.isSameFile(as: path) {
                throw CannotStart("'\(written)' is an input and would be written to; name another file")
            }
            // A file that is followed may still be to come, and a pipe cannot be looked into beforehand.
            if follow || path.isStream { return .file(path) }
            do throws(InputProblem) {
                _ = try LineReader(.file(path))
            } catch {
                throw CannotStart(error.description)
            }
            return .file(path)
        }
    }

    /// More threads than anybody has cores only take memory.
    private static let threadsMax = 256

    /// A run that is to wait for longer than a year was mistyped.
    private static let drainSecondsMax: Double = 366 * 86_400

    private func drainDuration() throws -> Duration {
        let drain = drain ?? "5m"
        if drain == "0" { return .zero }
        guard let seconds = Quantity.seconds(drain), seconds <= Self.drainSecondsMax else {
            throw CannotStart("--drain '\(drain)' is not a length of time; write it like 30s, 5m or 1h")
        }
        return .seconds(seconds)
    }
}

extension RunOptions.AtEnd: ExpressibleByArgument {}

extension Program {
    /// Whether any rule may come to perform a job.
    var performsAnything: Bool {
        rules.contains { $0.mode == .active && !$0.then.isEmpty }
    }
}

extension String {
    /// Whether two paths lead to one file.
    fileprivate func isSameFile(as other: String) -> Bool {
        guard self != "-", other != "-" else { return false }
        let identities = [self, other].map { path -> [UInt64]? in
            let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
                attributes[.type] as? FileAttributeType == .typeRegular,
                let device = attributes[.systemNumber] as? NSNumber,
                let inode = attributes[.systemFileNumber] as? NSNumber
            else { return nil }
            return [device.uint64Value, inode.uint64Value]
        }
        return identities[0] != nil && identities[0] == identities[1]
    }
}
