import ActionKit
import Delivery
import DoubleTick
import Events
import Foundation
import Ledger
import Logging
import RuleCompiler
import RuleEngine
import Synchronization

/// One live run, from the first event to the last outcome.
///
/// Two sides share nothing but the ledger: the feed reads, decides and puts jobs into it; the dispatcher takes them out and
/// performs them.
struct LiveRun: Sendable {
    /// What is remembered; others may put events into its inbox.
    let ledger: Ledger

    private let compilation: Compilation
    private let settings: RuleSettings
    private let options: RunOptions
    private let records: RecordWriter
    private let rejects: DataOutput?
    private let logger: Logger
    private let progress: ProgressLine
    private let interrupt: InputInterrupt
    private let restored: RestoredState
    private let report: RunReport

    /// Opens the ledger of a state folder, or one that ends with the run where there is none.
    ///
    /// - Throws: ``CannotStart`` also when another run works with the same state; so this comes before anything that such a
    ///   run would notice, such as emptying the file of its records.
    static func openLedger(_ state: StateFolder?) throws -> Ledger {
        do throws(LedgerProblem) {
            return if let state { try Ledger.open(state) } else { try Ledger.inMemory() }
        } catch {
            throw CannotStart(error.description)
        }
    }

    /// Prepares a run, and tells what an earlier one has left in the ledger.
    ///
    /// The caller opens the ledger and closes it when nobody needs it any more.
    init(
        _ compilation: Compilation,
        ledger: Ledger,
        options: RunOptions,
        settings: RuleSettings? = nil,
        output: RecordWriter,
        rejects: DataOutput?,
        logger: Logger,
        progress: ProgressLine
    ) throws {
        self.ledger = ledger
        self.compilation = compilation
        self.settings = settings ?? compilation.settings
        self.options = options
        records = output
        self.rejects = rejects
        self.logger = logger
        self.progress = progress
        interrupt = try StopSignals.shared.interrupt()
        do throws(LedgerProblem) {
            try Self.tell(of: ledger.recover(now: .now), waiting: ledger.openCount, logger)
        } catch {
            throw CannotStart(error.description)
        }
        restored = try RestoredState(from: ledger, for: compilation.program, isKept: options.state != nil, logger)
        report = RunReport(format: options.format.name, logger: logger, outputs: [output.output, rejects])
    }

    private static func tell(of recovery: Recovery, waiting: Int, _ logger: Logger) {
        if recovery.underWay > 0 {
            var text = "the last run was ended in the middle of \(recovery.underWay.counted("attempt")): "
            text += "to be made again \(recovery.madeAgain)"
            if recovery.unknown > 0 { text += ", left as unknown \(recovery.unknown)" }
            logger.notice("\(text)")
        }
        if waiting > 0 {
            logger.notice("\(waiting.counted("job")) of earlier runs \(waiting == 1 ? "comes" : "come") first")
        }
    }

    /// Reads, decides and performs; returns when the input has ended and what could be performed is.
    func run(over transport: HTTPTransport) async -> ExitStatus {
        let keys = KeyWatch(settings.doubletick.apiKey, transport: transport, logger: logger)
        let dispatcher = Dispatcher(
            ledger: ledger,
            transport: transport,
            policy: DeliveryPolicy(settings.delivery),
            guards: DeliveryGuards(settings.delivery),
            keysMayChange: keys.mayChange || options.reading.isOfWebhooks
        ) { .now }
        let end = Mutex(LiveFeed.End())
        var failure: LedgerProblem?
        do throws(LedgerProblem) {
            try await dispatcher.run(drain: options.drain) { job in
                .of(job)
            } feed: { intake in
                let found = await feed(intake, keys: keys)
                end.withLock { $0 = found }
            } canReport: {
                records.hasRoom
            } report: { job, settlement in
                tell(job, settlement)
            } notice: { notice in
                if case .paused = notice { keys.noteRefusal() }
                tell(notice, keys)
            }
        } catch {
            failure = error
        }
        return await finish(end.withLock { $0 }, failure)
    }

    // MARK: - Feeding

    private func feed(_ intake: Dispatcher.Intake, keys: KeyWatch) async -> LiveFeed.End {
        StopSignals.shared.onStop {
            intake.stop()
            stopReading()
        }
        // The feeding side may be waiting for input; it must learn that nobody reads any more.
        records.listen(room: intake.reportsHaveRoom) {
            intake.stop()
            stopReading()
        }
        let tables = TableWatch(compilation.tableReloading, logger: logger)
        let news = LedgerNews()
        return await withTaskGroup(of: Void.self) { watches in
            watches.addTask { await LedgerWatch(ledger, intake: intake, news: news, logger: logger).run() }
            watches.addTask { await keys.run(intake) }
            if let tables { watches.addTask { await tables.run() } }
            defer { watches.cancelAll() }
            return await withTaskExecutorPreference(BlockingExecutor(label: "beckon.input")) {
                do {
                    let feed = try makeFeed(tables, news)
                    return await feed.run(intake)
                } catch {
                    intake.stop()
                    return LiveFeed.End(failure: error)
                }
            }
        }
    }

    private func makeFeed(_ tables: TableWatch?, _ news: LedgerNews) throws -> LiveFeed {
        var state = restored.take()
        state.isLiveForSure = options.reading.isOfWebhooks
        let engine = RuleEngine(compilation.program, prefilter: options.prefilter)
        let stream = EventStream(
            try source(),
            format: options.format,
            rejects: rejects,
            logger: logger,
            progress: progress
        )
        return LiveFeed(
            stream,
            decider: Decider(engine, state: state, tables: tables, logger: logger),
            ledger: ledger,
            records: records,
            rejects: rejects,
            news: news,
            keepsState: options.state != nil,
            atEnd: options.atEnd,
            logger: logger
        )
    }

    private func source() throws -> any LineSource {
        // Where events have no ids, jobs of two runs must still have two.
        let origin = String(UInt32.random(in: .min ... .max), radix: 16)
        let input: any LineSource
        switch options.reading {
        case .once(let fromStart):
            input = SequentialSource(
                options.inputs,
                lineBytesMax: options.lineBytesMax,
                marks: fromStart ? [] : try ledger.marks(),
                origin: origin,
                isContinued: options.state != nil,
                interrupt: interrupt
            )
        case .following(let fromStart):
            let reader = FollowingReader(
                options.inputs.map(\.name),
                marks: fromStart ? [] : try ledger.marks(),
                lineBytesMax: options.lineBytesMax,
                interrupt: interrupt
            )
            input = FollowingSource(reader, origin: origin)
        case .spooling:
            let reader = try LineReader(.standardInput, lineBytesMax: options.lineBytesMax, interrupt: interrupt)
            input = InboxSource(ledger, refill: InputSpool(reader, ledger: ledger), origin: origin)
        case .inbox(let bell):
            return InboxSource(ledger, refill: bell, origin: origin)
        }
        return BacklogSource(ledger, before: input, origin: origin)
    }

    // MARK: - Telling

    private func tell(_ job: QueuedJob, _ settlement: Settlement) {
        records.write(JobRecord(job, settlement, isKept: options.state != nil))
        // A record is for those who wait for the outcome; it must not wait for the next one.
        records.flush()
    }

    /// Ends a read that is waiting for input.
    private func stopReading() {
        interrupt.interrupt()
        if case .inbox(let bell) = options.reading { bell.end() }
    }

    private func tell(_ notice: DeliveryNotice, _ keys: KeyWatch) {
        switch notice {
        case .paused(_, let reason): logger.error("\(reason.detail); \(keys.cure)")
        case .resumed(let destination): logger.notice("\(destination) has another key; its jobs go on")
        case .circuitOpened(let destination, let reason):
            logger.warning(
                "\(destination) fails again and again (\(reason.detail)); it is tried now and then until it works"
            )
        case .circuitClosed(let destination): logger.notice("\(destination) works again")
        case .loopStopped(let conversation, let settlement):
            logger.warning("conversation \(conversation): \(settlement.detail ?? "stopped")")
        case .ledgerFailed: stopReading()
        }
    }

    private func finish(_ end: LiveFeed.End, _ failure: LedgerProblem?) async -> ExitStatus {
        let cause = await tellWhatWaits()
        await records.finish()
        rejects?.flush()
        var summary = end.summary
        summary.jobs = records.counts
        let isKept = failure == nil && !(end.failure is LedgerProblem)
        let isAbandoned = records.output?.isClosed ?? false
        if isAbandoned { logger.error("the reader of the records has gone away; stopped after line \(end.line)") }
        if end.isCutShort, records.isOpen, failure == nil, StopSignals.shared.status == nil {
            logger.error("stopped reading after line \(end.line): too many jobs wait for another key")
        }
        return report.finish(
            summary,
            failure: failure ?? end.failure,
            line: end.line,
            isCutShort: isAbandoned || end.isCutShort,
            // What could not be written down waits nowhere: it is decided anew from the input.
            remainders: [remainder(cause), isKept ? remainder(ofTimers: end.timerCount) : nil].compactMap(\.self)
        )
    }

    /// What is left for the next run, as a sentence; `nil` if nothing is, or if there is nothing that could keep it.
    private func remainder(_ cause: Reason?) -> String? {
        guard let state = options.state, ledger.openCount > 0 else { return nil }
        let waiting = ledger.openCount
        let why = cause.map { " (\($0.code))" } ?? ""
        return waiting == 1
            ? "1 job waits in '\(state.path)'\(why); the next run goes on with it"
            : "\(waiting) jobs wait in '\(state.path)'\(why); the next run goes on with them"
    }

    /// What is to become of the timers that wait, as a sentence; `nil` if none does.
    private func remainder(ofTimers count: Int) -> String? {
        guard count > 0 else { return nil }
        guard let state = options.state else {
            return "\(count.counted("timer")) \(count == 1 ? "ends" : "end") with the run, which keeps no state"
        }
        return count == 1
            ? "1 timer waits in '\(state.path)'; the next run goes on with it"
            : "\(count) timers wait in '\(state.path)'; the next run goes on with them"
    }

    /// Writes a record for each job that is still open, and says why the first of them is that was attempted.
    ///
    /// Without a state they end with the run, and are not waiting but failed.
    private func tellWhatWaits() async -> Reason? {
        var position: Int64 = 0
        var cause: Reason?
        while records.isOpen, let page = try? ledger.waiting(behind: position, limit: 500) {
            cause = cause ?? page.jobs.lazy.compactMap(\.history.lastReason).first
            for job in page.jobs { records.write(JobRecord(job, isKept: options.state != nil)) }
            await records.waitForRoom()
            position = page.end
            if page.isLast { break }
        }
        return cause
    }
}

extension FiringDelivery.Work {
    /// What is to be done about a job from the ledger, which another version of Beckon may have put there.
    fileprivate static func of(_ job: QueuedJob) -> FiringDelivery.Work {
        if let verdict = job.verdict { return .settled(verdict) }
        guard let module = ActionCatalog.module(job.action) else {
            return .settled(.notAttempted("unknown-action", "There is no action '\(job.action)' in this version."))
        }
        do throws(SettingsProblem) {
            return .perform(try module.init(job.settings))
        } catch {
            return .settled(.notAttempted("refused-setting", "The action refuses \(error.description)."))
        }
    }
}

extension Settlement {
    fileprivate static func notAttempted(_ code: String, _ detail: String) -> Settlement {
        Settlement(.failed, reason: code, detail: detail, attempts: 0)
    }
}

extension DeliveryGuards {
    /// The guards that settings ask for.
    fileprivate init(_ settings: DeliverySettings) {
        self.init(
            loop: settings.loopGuard.map { LoopGuard(count: $0.count, period: $0.per) },
            eventAgeMax: settings.maxEventAge
        )
    }
}

extension RunOptions.Reading {
    /// Whether events come from senders who will not repeat them: such a run never ends by itself, since even when it can
    /// decide nothing more it goes on taking them over.
    fileprivate var isOfWebhooks: Bool { if case .inbox = self { true } else { false } }
}
