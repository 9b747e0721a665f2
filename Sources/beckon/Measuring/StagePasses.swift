import Events
import RuleEngine

/// Takes held lines through the stages of a dry run, up to any of them, from the beginning each time.
///
/// For use from one thread. Its memory stays warm from pass to pass, as that of a run that has gone on for a while.
final class StagePasses {
    /// What a pass has seen and done.
    struct Tally {
        var lines = 0
        var events = 0
        var rejected = 0
        var firings = 0
        var faults = 0
    }

    /// The lines.
    private(set) var lines: HeldLines

    private let engine: RuleEngine
    private let scratch = EngineScratch()
    private var decoder: EventDecoder
    private var records = RecordBatch()

    init(_ lines: HeldLines, engine: RuleEngine, format: InputFormat) {
        self.lines = lines
        self.engine = engine
        decoder = EventDecoder(format: format)
    }

    /// Takes all lines once through all stages, and forgets those for which time was not enough.
    ///
    /// - Parameters:
    ///   - deadline: When it has to end.
    ///   - note: Is given everything that is decided.
    /// - Returns: What was seen and done.
    func rehearse(until deadline: ContinuousClock.Instant, noting note: (Decisions) -> Void) -> Tally {
        let tally = run(through: .record, noting: note) { ContinuousClock.now < deadline }
        lines.keepFirst(tally.lines)
        return tally
    }

    /// Takes the lines through the stages behind reading.
    ///
    /// - Parameters:
    ///   - stage: The last of these stages.
    ///   - note: Is given everything that is decided.
    ///   - goesOn: Is asked before each line.
    /// - Returns: What was seen and done.
    @discardableResult
    func run(
        through stage: Stage,
        noting note: (Decisions) -> Void = { _ in },
        whileTrue goesOn: () -> Bool = { true }
    ) -> Tally {
        var tally = Tally()
        var state = EngineState()
        unsafe lines.batch.lend { bytes, rejection, place in
            guard goesOn() else { return }
            tally.lines += 1
            guard rejection == nil else {
                tally.rejected += 1
                return
            }
            var index = 0
            let outcome = unsafe decoder.decode(bytes, isPadded: true) { event in
                tally.events += 1
                guard stage >= .match else { return }
                let matches = engine.match(event, scratch: scratch)
                guard stage >= .decide else { return }
                // What concerns nobody is named after nothing.
                let place = matches.isEmpty ? Self.nowhere : place().event(index, isAlone: index == 0)
                index += 1
                let arrived = StreamEvent(event, place: place)
                let decided = engine.take(arrived, matches: matches, state: &state, scratch: scratch)
                finish(decided, &tally, stage, note)
            }
            if case .rejected = outcome { tally.rejected += 1 }
        }
        if stage >= .decide { finish(engine.settle(.lastEvent, state: &state, scratch: scratch), &tally, stage, note) }
        return tally
    }

    /// Times the conditions of every rule that is tried, event by event.
    ///
    /// - Parameter deadline: When it has to end.
    /// - Returns: What they took.
    func profile(until deadline: ContinuousClock.Instant) -> CostProfile {
        let start = ContinuousClock.now
        let clock = ProfileClock { start.duration(to: .now).nanoseconds }
        var profile = CostProfile()
        unsafe lines.batch.lend { bytes, rejection, _ in
            guard rejection == nil, ContinuousClock.now < deadline else { return }
            _ = unsafe decoder.decode(bytes, isPadded: true) { event in
                engine.profile(event, into: &profile, scratch: scratch, clock: clock)
            }
        }
        return profile
    }

    private func finish(
        _ decided: [Decisions],
        _ tally: inout Tally,
        _ stage: Stage,
        _ note: (Decisions) -> Void
    ) {
        for decisions in decided {
            tally.firings += decisions.firings.count
            tally.faults += decisions.faults.count
            note(decisions)
            guard stage >= .record else { continue }
            for firing in decisions.firings {
                for job in firing.jobs { records.add(JobRecord(job, of: decisions)) }
            }
        }
        if records.bytes.count >= BatchLimits.keptBytesMax { records.removeAll() }
    }

    private static let nowhere = EventPlace(origin: "")
}

extension Duration {
    /// The duration in whole nanoseconds; none for one that is negative.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        return UInt64(clamping: seconds) * 1_000_000_000 + UInt64(clamping: attoseconds / 1_000_000_000)
    }
}
