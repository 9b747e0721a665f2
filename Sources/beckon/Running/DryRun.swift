import Events
import Logging
import RuleCompiler
import RuleEngine

/// Decides everything and performs nothing: a pure function of rules and input.
struct DryRun {
    private let stream: EventStream
    private let decider: Decider
    private let records: RecordWriter
    private let rejects: DataOutput?
    private let report: RunReport

    init(
        _ compilation: Compilation,
        options: RunOptions,
        output: RecordWriter,
        rejects: DataOutput?,
        logger: Logger,
        progress: ProgressLine
    ) throws {
        let interrupt = try StopSignals.shared.interrupt()
        let source = SequentialSource(options.inputs, lineBytesMax: options.lineBytesMax, interrupt: interrupt)
        stream = EventStream(
            source,
            format: options.format,
            rejects: rejects,
            logger: logger,
            progress: progress
        )
        decider = Decider(RuleEngine(compilation.program), logger: logger)
        records = output
        self.rejects = rejects
        report = RunReport(format: options.format.name, logger: logger, outputs: [output.output, rejects])
    }

    /// Reads to the end.
    func run() -> ExitStatus {
        var summary = RunSummary()
        var failure: SourceProblem?
        reading: while records.isOpen {
            switch stream.next(&summary, willWait: flush) {
            case .items(let items): for item in items { decide(item, &summary) }
            case .idle: continue
            case .end, .stopped: break reading
            case .failed(let problem):
                failure = problem
                break reading
            }
        }
        flush()
        summary.jobs = records.counts
        return report.finish(summary, failure: failure, line: stream.line)
    }

    private func decide(_ item: EventStream.Item, _ summary: inout RunSummary) {
        for decisions in decider.take(item, &summary) {
            for job in decisions.firings.flatMap(\.jobs) {
                records.write(JobRecord(line: decisions.place.line, input: decisions.place.input, planned: job))
            }
        }
    }

    private func flush() {
        records.flush()
        rejects?.flush()
    }
}
