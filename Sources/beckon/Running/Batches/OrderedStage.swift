import Events
import Logging
import RuleEngine

/// What becomes of batches in the order of the input: whatever hangs on earlier events, and everything that anybody sees.
///
/// For use by one thread at a time.
final class OrderedStage {
    private let decider: Decider
    private let records: RecordWriter
    private let rejects: DataOutput?
    private let rejections: RejectionLog
    private let logger: Logger
    private let atEnd: RunOptions.AtEnd
    private var progress: ProgressLine

    /// What the run has seen and done so far.
    private(set) var summary = RunSummary()

    /// What ended the run, if something did.
    private(set) var failure: SourceProblem?

    /// The number of the last line, in its input; 0 before the first.
    private(set) var line = 0

    /// How many timers are left.
    private(set) var timerCount = 0

    /// Whether the prefilter was seen to be wrong.
    private(set) var hasDifference = false

    private var isOver = false

    init(
        _ decider: Decider,
        records: RecordWriter,
        rejects: DataOutput?,
        atEnd: RunOptions.AtEnd,
        logger: Logger,
        progress: ProgressLine
    ) {
        self.decider = decider
        self.records = records
        self.rejects = rejects
        self.atEnd = atEnd
        self.logger = logger
        self.progress = progress
        rejections = RejectionLog(keepsLines: rejects != nil, logger: logger)
    }

    /// Takes what came of a batch.
    ///
    /// - Returns: Whether further batches count.
    func take(_ outcome: BatchOutcome) -> Bool {
        guard !isOver else { return false }
        line = outcome.line ?? line
        summary.add(outcome.summary)
        if !outcome.rejects.isEmpty { rejects?.write(outcome.rejects[...]) }
        records.count(outcome.records.counts)
        takeSteps(of: outcome)
        if !isOver { end(outcome.ending) }
        if !isOver { progress.update(outcome.progress, events: summary.events) }
        isOver = isOver || outcome.ending.isLast || !records.isOpen
        if isOver { finish() }
        return !isOver
    }

    private func takeSteps(of outcome: BatchOutcome) {
        var (recordsStart, timesStart) = (0, 0)
        for step in outcome.steps {
            switch step {
            case .decided(let recordsEnd, let timesEnd):
                if recordsEnd > recordsStart { records.write(outcome.records.bytes[recordsStart..<recordsEnd]) }
                if timesEnd > timesStart { write(decider.pass(over: outcome.times[timesStart..<timesEnd], &summary)) }
                (recordsStart, timesStart) = (recordsEnd, timesEnd)
            case .event(let item, let matches): write(decider.take(item, matches, &summary))
            case .rejected(let rejection, let place):
                progress.clear()
                summary.rejected += 1
                rejections.report(rejection, at: place.spelling, count: summary.rejected)
            case .fault(let fault, let place):
                progress.clear()
                decider.report(fault, place, &summary)
            case .difference(let difference, let place):
                progress.clear()
                logger.error("\(place.spelling): \(difference.explanation)")
                (hasDifference, isOver) = (true, true)
                return
            }
        }
    }

    private func end(_ ending: BatchReader.Ending) {
        switch ending {
        case .full, .stopped: break
        case .idle: flush()
        case .notice(let text):
            progress.clear()
            logger.notice("\(text)")
        case .end:
            write(decider.settle(atEnd == .fire ? .everything : .lastEvent, &summary))
            timerCount = decider.state.timerCount
        case .failed(let problem): failure = problem
        }
    }

    private func write(_ decided: [Decisions]) {
        for decisions in decided {
            for job in decisions.firings.flatMap(\.jobs) { records.write(JobRecord(job, of: decisions)) }
        }
    }

    private func finish() {
        progress.clear()
        flush()
        summary.jobs = records.counts
        summary.time = decider.state.counts
    }

    private func flush() {
        records.flush()
        rejects?.flush()
    }
}

extension PrefilterDifference {
    /// What people are told.
    fileprivate var explanation: String {
        let name =
            switch subject {
            case .rule(let id): "rule '\(id)'"
            case .fact(let name): "fact '\(name)'"
            }
        return "\(name) comes to \(withIndex.rawValue) with the prefilter and to \(withoutIndex.rawValue) "
            + "without it; this is an error of Beckon's, and '--no-prefilter' decides without it"
    }
}
