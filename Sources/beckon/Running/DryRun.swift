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
    private let atEnd: RunOptions.AtEnd
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
        decider = Decider(RuleEngine(compilation.program, index: RuleIndex(compilation.program)), logger: logger)
        records = output
        self.rejects = rejects
        atEnd = options.atEnd
        report = RunReport(format: options.format.name, logger: logger, outputs: [output.output, rejects])
    }

    /// Reads to the end.
    func run() -> ExitStatus {
        var summary = RunSummary()
        var failure: SourceProblem?
        var remainder: String?
        reading: while records.isOpen {
            switch stream.next(&summary, willWait: flush) {
            case .items(let items): for item in items { write(decider.take(item, &summary)) }
            case .idle: continue
            case .end:
                write(decider.settle(atEnd == .fire ? .everything : .lastEvent, &summary))
                remainder = waitingTimers
                break reading
            case .stopped: break reading
            case .failed(let problem):
                failure = problem
                break reading
            }
        }
        flush()
        summary.jobs = records.counts
        summary.time = decider.state.counts
        return report.finish(summary, failure: failure, line: stream.line, remainders: [remainder].compactMap(\.self))
    }

    private func write(_ decided: [Decisions]) {
        for decisions in decided {
            for job in decisions.firings.flatMap(\.jobs) { records.write(JobRecord(job, of: decisions)) }
        }
    }

    /// What is left undecided, as a sentence; `nil` if nothing is.
    private var waitingTimers: String? {
        let count = decider.state.timerCount
        guard count > 0 else { return nil }
        return "\(count.counted("timer")) \(count == 1 ? "waits" : "wait") for a time after the last event; "
            + "'--at-end fire' lets \(count == 1 ? "it" : "them") fire"
    }

    private func flush() {
        records.flush()
        rejects?.flush()
    }
}
