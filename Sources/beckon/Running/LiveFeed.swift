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
    }

    /// So many events are decided and written at once: more wait longer and are written no faster.
    private static let batchEventsMax = 256

    private let stream: EventStream
    private let decider: Decider
    private let ledger: Ledger
    private let records: RecordWriter
    private let rejects: DataOutput?
    private var end = End()
    private var versions: [String: RuleVersion] = [:]

    /// Creates a feed.
    ///
    /// - Parameters:
    ///   - stream: Where events come from.
    ///   - decider: What decides them.
    ///   - ledger: Where jobs are put.
    ///   - records: What tells whether anybody still reads the outcomes.
    ///   - rejects: Where rejected lines are kept.
    init(
        _ stream: EventStream,
        decider: Decider,
        ledger: Ledger,
        records: RecordWriter,
        rejects: DataOutput?
    ) {
        self.stream = stream
        self.decider = decider
        self.ledger = ledger
        self.records = records
        self.rejects = rejects
    }

    /// Reads until the input ends, somebody stops it, or nobody takes jobs any more.
    func run(_ intake: Dispatcher.Intake) async -> End {
        var isOver = false
        while !isOver {
            guard records.isOpen, await intake.waitForRoom() else {
                end.isCutShort = true
                break
            }
            var items: [EventStream.Item] = []
            isOver = gather(&items)
            // Behind the checkpoint nothing is read again: what was rejected must lie in its file before.
            rejects?.flush()
            guard rejects?.problem == nil else { break }
            do throws(LedgerProblem) {
                if try take(items) { intake.arrived() }
                end.line = stream.line
            } catch {
                end.failure = error
                isOver = true
            }
        }
        // An input that broke is no reason to leave alone what was decided; a reader or a ledger that is gone is.
        if end.isCutShort || end.failure is LedgerProblem { intake.stop() }
        return end
    }

    /// Reads events as far as they have come; says whether no more will come.
    private func gather(_ items: inout [EventStream.Item]) -> Bool {
        while items.count < Self.batchEventsMax, items.isEmpty || stream.source.isLineBuffered {
            switch stream.next(&end.summary, willWait: { rejects?.flush() }) {
            case .items(let more): items += more
            case .idle: return false
            case .end, .stopped: return true
            case .failed(let problem):
                end.failure = problem
                return true
            }
        }
        return false
    }

    /// Decides events and writes down what follows; says whether there are new jobs.
    private func take(_ items: [EventStream.Item]) throws(LedgerProblem) -> Bool {
        let now = Instant.now
        var batch = IntakeBatch()
        let fresh = try unseen(items, &batch)
        for item in fresh {
            for decisions in decider.take(item, now: now, &end.summary) {
                batch.picks += decisions.picks
                if !decisions.firings.isEmpty { batch.events.append(entry(for: decisions)) }
            }
        }
        do throws(SourceProblem) {
            batch.marks = try stream.source.marks()
        } catch {
            // What cannot be marked is read again next time, and its events are known by their ids.
            end.failure = end.failure ?? error
        }
        batch.inboxEnd = stream.source.inboxEnd
        if !fresh.isEmpty { batch.latestTime = decider.state.latestTime }
        // A power failure may take this commit back. Files are then read again from the last one that is left, and what left
        // the inbox with it is in it again.
        try ledger.take(batch, now: now)
        return !batch.events.isEmpty
    }

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
