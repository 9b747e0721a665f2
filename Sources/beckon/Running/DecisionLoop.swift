import Events
import Logging
import Patterns
import RuleEngine

/// Reads events and decides, one after the other: what dry runs and live runs have in common.
///
/// For use from one thread.
final class DecisionLoop {
    /// A firing with its jobs and the place that its event came from.
    struct DecidedFiring {
        var line: Int
        var input: String?
        var origin: String
        var jobs: [PlannedJob]

        /// The jobs as records, nothing performed yet.
        var records: [JobRecord] { jobs.map { JobRecord(line: line, input: input, planned: $0) } }
    }

    private var engine: RuleEngine
    private let tables: TableWatch?
    private let isDryRun: Bool

    /// More faults are counted and not told one by one: a rule that gives up does so on line after line.
    private static let faultsReportedMax = 20

    private let logger: Logger
    private let stream: EventStream
    private let scratch = MatchScratch()
    private var state = EngineState()

    /// What was read and decided so far.
    private(set) var summary = RunSummary()

    /// Why an input could not be read to its end.
    private(set) var failure: InputProblem?

    /// Creates a loop.
    ///
    /// - Parameters:
    ///   - engine: What decides.
    ///   - options: What was asked for on the command line.
    ///   - stream: Where events come from.
    ///   - tables: Where tables come from that were read again; `nil` for those of a dry run, which never change.
    ///   - logger: Where faults are told.
    init(
        _ engine: RuleEngine,
        options: RunOptions,
        stream: EventStream,
        tables: TableWatch? = nil,
        logger: Logger
    ) {
        self.engine = engine
        self.tables = tables
        self.isDryRun = options.isDryRun
        self.stream = stream
        self.logger = logger
    }

    /// The number of the line read last.
    var line: Int { stream.line }

    /// The firings of the next line; `nil` when there is nothing more to read, or the run is to stop.
    func next(willWait: () -> Void) -> [DecidedFiring]? {
        switch stream.next(&summary, willWait: willWait) {
        case .items(let items): return items.flatMap { decide($0) }
        case .end, .stopped: return nil
        case .failed(let problem):
            failure = problem
            return nil
        }
    }

    private func decide(_ item: EventStream.Item) -> [DecidedFiring] {
        if let changes = tables?.takeChanges(), !changes.isEmpty {
            var program = engine.program
            program.tables.merge(changes) { _, new in new }
            engine = RuleEngine(program)
        }
        var event = item.event
        // A dry run is a function of its input alone; a live one knows when an event without a time came.
        if event.time == nil, !isDryRun {
            event.time = .now
        }
        let decisions = engine.decide(event, origin: item.origin, state: &state, scratch: scratch)
        for fault in decisions.faults {
            summary.faults += 1
            guard summary.faults <= Self.faultsReportedMax else { continue }
            logger.warning("line \(item.line): rule '\(fault.rule)' could not be decided: \(fault.explanation)")
            if summary.faults == Self.faultsReportedMax { logger.warning("further faults are only counted") }
        }
        guard !decisions.firings.isEmpty else { return [] }
        summary.matched += 1
        summary.firings += decisions.firings.count
        return decisions.firings.map { firing in
            DecidedFiring(
                line: item.line,
                input: item.input,
                origin: item.origin,
                jobs: firing.jobs
            )
        }
    }
}
