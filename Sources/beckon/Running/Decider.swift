import Events
import Logging
import RuleEngine

/// Decides events one after the other: what dry runs and live runs have in common.
///
/// For use from one thread.
final class Decider {
    private var engine: RuleEngine
    private let tables: TableWatch?
    private let logger: Logger
    private let scratch = EngineScratch()

    /// What is remembered from event to event.
    private(set) var state: EngineState

    /// More faults are counted and not told one by one: a rule that gives up does so on line after line.
    static let faultsReportedMax = 20

    /// Creates a decider.
    ///
    /// - Parameters:
    ///   - engine: What decides.
    ///   - state: What was remembered before.
    ///   - tables: Where tables come from that were read again; `nil` for those of a dry run, which never change.
    ///   - logger: Where faults are told.
    init(_ engine: RuleEngine, state: EngineState = EngineState(), tables: TableWatch? = nil, logger: Logger) {
        self.engine = engine
        self.state = state
        self.tables = tables
        self.logger = logger
    }

    /// Takes one event and decides what is to be decided now, counted in the summary.
    ///
    /// `now` is the clock of a live run; a dry run has none.
    func take(_ item: EventStream.Item, now: Instant? = nil, _ summary: inout RunSummary) -> [Decisions] {
        let arrival = item.received.map { .recorded($0) } ?? now.map { StreamEvent.Arrival.read($0) }
        let event = StreamEvent(item.event, place: item.place, arrival: arrival)
        return decide(&summary) { $0.take(event, state: &$1, scratch: scratch) }
    }

    /// Takes one event of a dry run that was matched before.
    func take(_ item: EventStream.Item, _ matches: Matches, _ summary: inout RunSummary) -> [Decisions] {
        let event = StreamEvent(item.event, place: item.place)
        return decide(&summary) { $0.take(event, matches: matches, state: &$1, scratch: scratch) }
    }

    /// Lets time go on over events of a dry run of which only the time is left to take.
    func pass(over times: ArraySlice<Instant>, _ summary: inout RunSummary) -> [Decisions] {
        decide(&summary) { $0.pass(over: times, state: &$1, scratch: scratch) }
    }

    /// Decides what is due by the clock though no event comes.
    func advance(byClock now: Instant, _ summary: inout RunSummary) -> [Decisions] {
        decide(&summary) { $0.advance(byClock: now, state: &$1, scratch: scratch) }
    }

    /// Decides what is left when the events have ended.
    func settle(_ extent: RuleEngine.Extent, _ summary: inout RunSummary) -> [Decisions] {
        decide(&summary) { $0.settle(extent, state: &$1, scratch: scratch) }
    }

    /// Decides what an earlier run has let wait for earlier events, where the rules have ceased to wait for any.
    func catchUp(_ summary: inout RunSummary) -> [Decisions] {
        engine.program.time.lateness > .zero ? [] : settle(.events, &summary)
    }

    /// Whether anything is remembered from event to event, so that time matters while none comes.
    var goesByTime: Bool { engine.program.goesByTime }

    /// How long may be waited for events before ``advance(byClock:_:)`` has something to do; `nil` for as long as it takes.
    func wait(byClock now: Instant) -> Duration? {
        goesByTime ? engine.wait(byClock: now, state: &state) : nil
    }

    /// Forgets single windows.
    func forget(_ windows: [(slot: StateSlot, key: String)]) {
        state.forget(windows, of: engine.program)
    }

    /// What changed of what is remembered, for whoever keeps it.
    func takeChanges() -> [StateChange] {
        state.takeChanges(of: engine.program)
    }

    private func decide(
        _ summary: inout RunSummary,
        _ body: (RuleEngine, inout EngineState) -> [Decisions]
    ) -> [Decisions] {
        if let changes = tables?.takeChanges(), !changes.isEmpty {
            engine = engine.replacing(changes)
        }
        let decided = body(engine, &state)
        for decisions in decided { count(decisions, &summary) }
        return decided
    }

    private func count(_ decisions: Decisions, _ summary: inout RunSummary) {
        for fault in decisions.faults { report(fault, decisions.place, &summary) }
        summary.count(decisions)
    }

    /// Counts and tells that something could not be decided.
    func report(_ fault: RuleFault, _ place: EventPlace, _ summary: inout RunSummary) {
        summary.faults += 1
        guard summary.faults <= Self.faultsReportedMax else { return }
        logger.warning("\(place.spelling): \(fault.subjectText) could not be decided: \(fault.explanation)")
        if summary.faults == Self.faultsReportedMax { logger.warning("further faults are only counted") }
    }
}

extension EventPlace {
    /// What people call the place.
    var spelling: String { line.map { "line \($0)" } ?? "a received event" }
}
