import ActionKit
import Delivery
import Diagnostics
import Directory
import Events
import Ledger
import Logging
import RuleEngine

/// Reads, decides and writes down, batch after batch: the side of a live run that puts jobs into the ledger.
///
/// Everything that follows from the lines of a batch is written in one transaction with how far they reach. For use from one
/// thread.
final class LiveFeed {
    /// What it found out when it ended.
    struct End: Sendable {
        var summary = RunSummary()
        /// What ended it, if something did.
        var failure: (any Error & Sendable)?
        /// The last line whose jobs are in the ledger.
        var line = 0
        /// Whether nobody took jobs any more while there was more to read.
        var isCutShort = false
        /// How many timers wait.
        var timerCount = 0
    }

    /// What reading has come to.
    private enum Reading {
        /// There are lines, or may be.
        case goesOn
        /// There is nothing more for now.
        case idle
        /// Everything is read.
        case ended
        /// The run is to stop, or the input cannot be read.
        case stopped
    }

    /// So many events are decided and written at once: more wait longer and are written no faster.
    private static let batchEventsMax = 256

    /// After so long at the latest it is looked whether somebody wants something to be forgotten.
    private static let quietMax = Duration.seconds(1)

    private let stream: EventStream
    private let decider: Decider
    private let ledger: Ledger
    private let records: RecordWriter
    private let rejects: DataOutput?
    private let news: LedgerNews
    private let keepsState: Bool
    private let atEnd: RunOptions.AtEnd
    private let logger: Logger
    private var end = End()
    private var versions: [String: RuleVersion] = [:]
    /// When the clock has something to decide though nothing is read; `nil` while the stream does not go by it.
    private var alarm: ContinuousClock.Instant?
    // What was written last, so that a quiet stream writes nothing.
    private var marks: [InputMark] = []
    private var inboxEnd: Int64?
    private var clock: Instant?

    /// Creates a feed.
    ///
    /// - Parameters:
    ///   - stream: Where events come from.
    ///   - decider: What decides them.
    ///   - ledger: Where jobs are put.
    ///   - records: What tells whether anybody still reads the outcomes.
    ///   - rejects: Where rejected lines are kept.
    ///   - news: What tells whether somebody else has written into the ledger.
    ///   - keepsState: Whether a later run goes on with what the ledger holds.
    ///   - atEnd: What becomes of timers at the end of the input.
    ///   - logger: Where it is told what was forgotten.
    init(
        _ stream: EventStream,
        decider: Decider,
        ledger: Ledger,
        records: RecordWriter,
        rejects: DataOutput?,
        news: LedgerNews,
        keepsState: Bool,
        atEnd: RunOptions.AtEnd,
        logger: Logger
    ) {
        self.stream = stream
        self.decider = decider
        self.ledger = ledger
        self.records = records
        self.rejects = rejects
        self.news = news
        self.keepsState = keepsState
        self.atEnd = atEnd
        self.logger = logger
        clock = decider.state.clock
    }

    /// Reads until the input ends, somebody stops it, or nobody takes jobs any more.
    func run(_ intake: Dispatcher.Intake) async -> End {
        setAlarm(.now)
        var isOver = false
        while !isOver {
            guard records.isOpen, await intake.waitForRoom() else {
                end.isCutShort = true
                break
            }
            var items: [EventStream.Item] = []
            let reading = gather(&items)
            isOver = reading == .ended || reading == .stopped
            // Behind the checkpoint nothing is read again: what was rejected must lie in its file before.
            rejects?.flush()
            guard rejects?.problem == nil else { break }
            do throws(LedgerProblem) {
                if try take(items, reading) { intake.arrived() }
                end.line = stream.line
            } catch {
                end.failure = error
                isOver = true
            }
        }
        end.summary.time = decider.state.counts
        end.timerCount = decider.state.timerCount
        // An input that broke is no reason to leave alone what was decided; a reader or a ledger that is gone is.
        if end.isCutShort || end.failure is LedgerProblem { intake.stop() }
        return end
    }

    /// Reads events as far as they have come.
    private func gather(_ items: inout [EventStream.Item]) -> Reading {
        let deadline = deadline
        while items.count < Self.batchEventsMax, items.isEmpty || stream.source.isLineBuffered {
            switch stream.next(&end.summary, until: deadline, willWait: { rejects?.flush() }) {
            case .items(let more): items += more
            case .idle: return .idle
            case .end: return .ended
            case .stopped: return .stopped
            case .failed(let problem):
                end.failure = problem
                return .stopped
            }
        }
        return .goesOn
    }

    /// Decides events and what is due without any, and writes down what follows; says whether there are new jobs.
    private func take(_ items: [EventStream.Item], _ reading: Reading) throws(LedgerProblem) -> Bool {
        let now = Instant.now
        var batch = IntakeBatch()
        let forgotten = try forgetWhatIsAskedFor(&batch)
        let fresh = try unseen(items, &batch)
        add(decider.catchUp(&end.summary), to: &batch)
        for item in fresh { add(decider.take(item, now: now, &end.summary), to: &batch) }
        add(decideWithoutEvents(reading, now), to: &batch)
        let (marks, inboxEnd, clock) = (marksNow(), stream.source.inboxEnd, decider.state.clock)
        if marks != self.marks { batch.marks = marks }
        if inboxEnd != self.inboxEnd { batch.inboxEnd = inboxEnd }
        if clock != self.clock { batch.clock = clock }
        if !fresh.isEmpty { batch.latestTime = decider.state.latestTime }
        batch.stateChanges = decider.takeChanges().map { KeptChange($0) }
        // A power failure may take this commit back. Files are then read again from the last one that is left, and what left
        // the inbox with it is in it again.
        try ledger.take(batch, now: now)
        (self.marks, self.inboxEnd, self.clock) = (marks, inboxEnd, clock)
        setAlarm(now)
        if let forgotten { logger.notice("\(forgotten.counted("open window")) forgotten, as was asked for") }
        return !batch.events.isEmpty
    }

    private func add(_ decided: [Decisions], to batch: inout IntakeBatch) {
        for decisions in decided {
            batch.picks += decisions.picks
            if !decisions.firings.isEmpty { batch.events.append(entry(for: decisions)) }
        }
    }

    private func marksNow() -> [InputMark] {
        do throws(SourceProblem) {
            return try stream.source.marks()
        } catch {
            // What cannot be marked is read again next time, and its events are known by their ids.
            end.failure = end.failure ?? error
            return marks
        }
    }

    // MARK: - Time

    /// How long the next line is waited for.
    private var deadline: ContinuousClock.Instant? {
        guard keepsState, decider.goesByTime else { return alarm }
        let quiet = ContinuousClock.now.advanced(by: Self.quietMax)
        return alarm.map { min($0, quiet) } ?? quiet
    }

    /// Notes when the clock is to be looked at, should nothing be read until then.
    ///
    /// Not later for lines that have come meanwhile: they may all be known already, and time stand still.
    private func setAlarm(_ now: Instant) {
        guard let wait = decider.wait(byClock: now) else {
            alarm = nil
            return
        }
        let next = ContinuousClock.now.advanced(by: wait)
        alarm = alarm.map { min($0, next) } ?? next
    }

    /// Decides what is due although nothing was read: by the clock when it is time, and at the end of the input.
    private func decideWithoutEvents(_ reading: Reading, _ now: Instant) -> [Decisions] {
        switch reading {
        case .idle:
            guard let due = alarm, due <= .now else { return [] }
            alarm = nil
            return decider.advance(byClock: now, &end.summary)
        case .ended: return decider.settle(atEnd == .fire ? .everything : .events, &end.summary)
        // What waits for earlier events waits for the next run, if there can be one.
        case .stopped: return keepsState ? [] : decider.settle(.events, &end.summary)
        case .goesOn: return []
        }
    }

    /// Forgets what people want forgotten; what is remembered then is what stands in the ledger, since no batch is begun.
    ///
    /// - Returns: How many windows; `nil` if nobody has asked.
    private func forgetWhatIsAskedFor(_ batch: inout IntakeBatch) throws(LedgerProblem) -> Int? {
        guard keepsState, news.take() else { return nil }
        let requests = try ledger.stateRequests()
        guard !requests.isEmpty else { return nil }
        let windows = try ledger.state(askedFor: requests)
        decider.forget(windows.compactMap { window in StateSlot(window.slot).map { ($0, window.key) } })
        batch.requestsDone = requests.map(\.number)
        return windows.count
    }

    // MARK: - What is written down

    /// The events that were not decided before, noted as seen.
    private func unseen(
        _ items: [EventStream.Item],
        _ batch: inout IntakeBatch
    ) throws(LedgerProblem) -> [EventStream.Item] {
        let digests = items.map { item in item.event.id.map { EventDigest(id: $0) } }
        let known = try ledger.wereSeen(digests.compactMap(\.self))
        var seen = Set(zip(digests.compactMap(\.self), known).filter(\.1).map(\.0))
        var fresh: [EventStream.Item] = []
        for (item, digest) in zip(items, digests) {
            if let digest {
                guard seen.insert(digest).inserted else {
                    end.summary.repeated += 1
                    continue
                }
                batch.seen.append(digest)
            }
            fresh.append(item)
        }
        return fresh
    }

    /// An event as the ledger keeps it, with what was decided about it.
    private func entry(for decisions: Decisions) -> FiredEvent {
        let (event, place) = (decisions.event, decisions.place)
        return FiredEvent(
            id: event.id,
            type: event.type,
            time: event.time,
            customer: event.customer,
            conversation: event.conversation,
            origin: EventOrigin(input: place.input, line: place.line),
            original: event.fields.serialized(),
            firedAt: decisions.firedAt,
            firings: decisions.firings.map { firing in
                NewFiring(
                    rule: version(of: firing.rule),
                    lane: firing.jobs.first?.job.conversation ?? event.conversation ?? place.origin,
                    jobs: firing.jobs.map { NewJob($0) }
                )
            }
        )
    }

    /// A rule as the ledger keeps it; its text is taken from its file once.
    private func version(of rule: Rule) -> RuleVersion {
        if let version = versions[rule.version] { return version }
        let version = RuleVersion(rule)
        versions[rule.version] = version
        return version
    }
}

extension RuleVersion {
    fileprivate init(_ rule: Rule) {
        self.init(
            id: rule.id,
            version: rule.version,
            file: rule.source.file.path,
            line: rule.source.line,
            text: rule.source.text
        )
    }
}

extension NewJob {
    fileprivate init(_ planned: PlannedJob) {
        let spec = ActionCatalog.module(planned.action)?.spec
        self.init(
            job: planned.job,
            action: planned.action,
            destination: spec?.destination,
            effect: spec?.effect ?? .atMostOnce,
            settings: planned.settings,
            verdict: planned.plan.verdict
        )
    }
}

extension PlannedJob.Plan {
    /// What the rules decided; `nil` for a job that is to be performed.
    fileprivate var verdict: Settlement? {
        switch self {
        case .perform: nil
        case .suppressed(let why): Settlement(.suppressed, reason: why.code, detail: why.detail, attempts: 0)
        case .failed(let why): Settlement(.failed, reason: why.code, detail: why.detail, attempts: 0)
        }
    }
}
