import ActionKit
import Delivery
import Events
import Foundation
import Logging
import RuleCompiler
import RuleEngine
import Synchronization

/// One run from the first event to the summary.
struct RunSession: Sendable {
    private let engine: RuleEngine
    private let tableReloading: TableReloading
    private let options: RunOptions
    private let records: RecordWriter
    private let rejects: DataOutput?
    private let logger: Logger
    private let interrupt: InputInterrupt
    private let signals = StopSignals.shared
    private let progress: ProgressLine
    private let start = ContinuousClock.now

    init(
        _ compilation: Compilation,
        options: RunOptions,
        output: RecordWriter,
        rejects: DataOutput?,
        logger: Logger,
        progress: ProgressLine
    ) throws {
        engine = RuleEngine(compilation.program)
        tableReloading = compilation.tableReloading
        self.options = options
        records = output
        self.rejects = rejects
        self.logger = logger
        self.progress = progress
        do throws(InputProblem) {
            interrupt = try InputInterrupt()
        } catch {
            throw CannotStart(error.description)
        }
        signals.onStop { [interrupt] in interrupt.interrupt() }
    }

    private func decisionLoop(tables: TableWatch? = nil) -> DecisionLoop {
        let stream = EventStream(options, rejects: rejects, logger: logger, interrupt: interrupt, progress: progress)
        return DecisionLoop(engine, options: options, stream: stream, tables: tables, logger: logger)
    }

    // MARK: - Deciding only

    /// Decides everything and performs nothing.
    func runDry() -> ExitStatus {
        let loop = decisionLoop()
        while records.isOpen, let firings = loop.next(willWait: flush) {
            for firing in firings { for record in firing.records { records.write(record) } }
        }
        flush()
        var summary = loop.summary
        summary.jobs = records.counts
        return finish(summary, failure: loop.failure, line: loop.line)
    }

    // MARK: - Performing

    /// What the feeding side of a live run found out.
    private struct FeedEnd: Sendable {
        var summary = RunSummary()
        var failure: InputProblem?
        var line = 0
    }

    /// Decides, performs the jobs, and reports each once its outcome is known.
    func run(_ dispatcher: Dispatcher) async -> ExitStatus {
        let pending = PendingRecords()
        let end = Mutex(FeedEnd())
        let refusal = Mutex<String?>(nil)
        let executor = BlockingExecutor(label: "beckon.input")
        let tables = TableWatch(tableReloading, logger: logger)
        // Ends with this function, as every `async let` does.
        async let _: Void? = tables?.run()
        await dispatcher.run(drain: options.drain) { intake in
            signals.onStop { intake.stop(because: .stoppedBySignal) }
            await withTaskExecutorPreference(executor) {
                let found = await feed(intake, pending: pending, tables: tables)
                end.withLock { $0 = found }
            }
        } report: { firing, index, settlement in
            if let record = pending.take(firing.number, index: index) {
                records.write(record.settled(settlement))
                // A record is for those who wait for the outcome; it must not wait for the next one.
                records.flush()
                // The feeding side may be waiting for input; it must learn that nobody reads any more.
                if !records.isOpen { interrupt.interrupt() }
            }
            if settlement.reason == "unauthorized", settlement.attempts > 0 {
                // The dispatcher takes nothing more; a read that is waiting for input must learn of it too.
                interrupt.interrupt()
                refusal.withLock { $0 = $0 ?? settlement.detail }
            }
        }
        flush()
        let found = end.withLock { $0 }
        var summary = found.summary
        summary.jobs = records.counts
        if let refusal = refusal.withLock({ $0 }) {
            logger.error("\(refusal); stopped after line \(found.line). Set the right key and run again.")
        }
        if isAbandoned { logger.error("the reader of the records has gone away; stopped after line \(found.line)") }
        return finish(summary, failure: found.failure, line: found.line)
    }

    /// Reads and decides until the input ends or there is nobody to hand jobs to.
    private func feed(
        _ intake: Dispatcher.Intake,
        pending: PendingRecords,
        tables: TableWatch?
    ) async -> FeedEnd {
        let loop = decisionLoop(tables: tables)
        var number = 0
        while records.isOpen, !intake.isClosed, let firings = loop.next(willWait: { rejects?.flush() }) {
            for firing in firings {
                number += 1
                pending.put(firing.records, number: number)
                if await intake.submit(delivery(of: firing, number: number)) { continue }
                // Nobody takes jobs any more, but this line was read and must not vanish.
                for record in pending.drop(number) { records.write(record.settled(.notAttempted(.runEnding))) }
            }
        }
        if !records.isOpen { intake.stop(because: isAbandoned ? .outputClosed : .outputFailed) }
        return FeedEnd(summary: loop.summary, failure: loop.failure, line: loop.line)
    }

    private func delivery(of firing: DecisionLoop.DecidedFiring, number: Int) -> FiringDelivery {
        let tasks = firing.jobs.map { planned in
            FiringDelivery.Task(job: planned.job, work(for: planned))
        }
        let lane = firing.jobs.first?.job.conversation ?? firing.origin
        return FiringDelivery(number: number, lane: lane, tasks: tasks)
    }

    private func work(for planned: PlannedJob) -> FiringDelivery.Task.Work {
        switch planned.plan {
        case .suppressed(let why):
            return .settled(Settlement(.suppressed, reason: why.code, detail: why.detail, attempts: 0))
        case .failed(let reason): return .settled(.notAttempted(reason))
        case .perform: break
        }
        guard let module = ActionCatalog.module(planned.action) else {
            preconditionFailure("a rule was compiled for an action that the catalogue lacks")
        }
        do throws(SettingsProblem) {
            return .perform(try module.init(planned.settings))
        } catch {
            // The engine has asked the action before; one that answers otherwise now is no reason to end the run.
            return .settled(.notAttempted(Reason("refused-setting", "The action refuses \(error.description).")))
        }
    }

    /// Whether the reader of the records has gone away.
    private var isAbandoned: Bool { records.output?.isClosed ?? false }

    private func flush() {
        records.flush()
        rejects?.flush()
    }

    /// Tells how it went, and says how the process ends.
    private func finish(_ summary: RunSummary, failure: InputProblem?, line: Int) -> ExitStatus {
        if let failure { logger.error("\(failure.description); stopped after line \(line)") }
        for problem in [records.output?.problem, rejects?.problem].compactMap(\.self) {
            logger.error("\(problem); stopped after line \(line)")
        }
        if signals.status != nil { logger.notice("stopped by a signal after line \(line)") }
        summary.log(logger, took: start.duration(to: .now), format: options.format.name)
        if let status = signals.status { return status }
        let hasFailed = failure != nil || records.output?.problem != nil || rejects?.problem != nil
        let lostReader = isAbandoned && !options.isDryRun
        return summary.isClean && !hasFailed && !lostReader ? .success : .problems
    }
}

extension Settlement {
    /// A job that was decided and never attempted.
    fileprivate static func notAttempted(_ reason: Reason) -> Settlement {
        Settlement(.failed, reason: reason.code, detail: reason.detail, attempts: 0)
    }
}

extension Reason {
    fileprivate static let stoppedBySignal = Reason("not-attempted", "The run was stopped by a signal.")
    fileprivate static let outputClosed = Reason("not-attempted", "The reader of the records had gone away.")
    fileprivate static let outputFailed = Reason("not-attempted", "The records could no longer be written.")
    fileprivate static let runEnding = Reason("not-attempted", "The run was ending when this was decided.")
}
