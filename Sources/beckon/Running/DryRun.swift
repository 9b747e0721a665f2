import Events
import Logging
import RuleCompiler
import RuleEngine

/// Decides everything and performs nothing: a pure function of rules and input, whatever the number of threads.
struct DryRun {
    private let pipeline: Pipeline
    private let ordered: OrderedStage
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
        let engine = RuleEngine(compilation.program, prefilter: options.prefilter)
        ordered = OrderedStage(
            Decider(engine, logger: logger),
            records: output,
            rejects: rejects,
            atEnd: options.atEnd,
            logger: logger,
            progress: progress
        )
        pipeline = Pipeline(
            SequentialSource(options.inputs, lineBytesMax: options.lineBytesMax, interrupt: interrupt),
            interrupt: interrupt,
            threads: options.threads,
            ordered: ordered
        ) {
            LineStage(
                engine,
                format: options.format,
                keepsRejects: rejects != nil,
                verifies: options.prefilter == .verified
            )
        }
        report = RunReport(format: options.format.name, logger: logger, outputs: [output.output, rejects])
    }

    /// Reads to the end.
    func run() -> ExitStatus {
        pipeline.run()
        return report.finish(
            ordered.summary,
            failure: ordered.failure,
            line: ordered.line,
            isCutShort: ordered.hasDifference,
            remainders: [waitingTimers].compactMap(\.self)
        )
    }

    /// What is left undecided, as a sentence; `nil` if nothing is.
    private var waitingTimers: String? {
        let count = ordered.timerCount
        guard count > 0 else { return nil }
        return "\(count.counted("timer")) \(count == 1 ? "waits" : "wait") for a time after the last event; "
            + "'--at-end fire' lets \(count == 1 ? "it" : "them") fire"
    }
}
