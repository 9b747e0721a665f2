import ActionKit
import Events
import Patterns
import RuleEngine

/// Rules and a stream of events, decided by reference and engine.
struct TimedCase {
    /// What happens at the end of the stream.
    enum Ending: CaseIterable {
        /// Only events are decided.
        case events
        /// What is due at the last event's time is decided.
        case lastEvent
        /// Time goes on for a while.
        case later
        /// Everything is decided.
        case everything
    }

    var program: TimedProgram
    var stream: [TimedEvent]
    var ending = Ending.everything

    /// What the reference says.
    func expected() -> [TimedFiring] {
        var reference = TimeReference(program)
        for event in stream {
            reference.take(event)
            if let idle = event.idle { reference.advance(byClock: idle) }
        }
        reference.settle(ending, later: later)
        return reference.firings
    }

    /// What the engine says.
    ///
    /// - Parameters:
    ///   - compiled: The program as the engine knows it, where that is there already.
    ///   - index: The index to decide with, if any.
    ///   - scratch: The working memory.
    ///   - between: Is given the state after each event, and may give back another.
    /// - Returns: The firings in order.
    /// - Throws: What `between` throws; everything else compiles.
    func decided(
        by compiled: Program? = nil,
        index: RuleIndex? = nil,
        scratch: EngineScratch,
        between: ((EngineState, Program) throws -> EngineState)? = nil
    ) throws -> [TimedFiring] {
        let program = try compiled ?? program.compiled()
        let engine = RuleEngine(program, index: index)
        var state = EngineState(tracksChanges: between != nil)
        var firings: [TimedFiring] = []
        for (index, event) in stream.enumerated() {
            var decisions = engine.take(try event.compiled(), state: &state, scratch: scratch)
            if let idle = event.idle {
                let now = Instant(milliseconds: Int64(idle))
                decisions += engine.advance(byClock: now, state: &state, scratch: scratch)
            }
            firings += decisions.flatMap { $0.timedFirings(after: index + 1) }
            if let between { state = try between(state, program) }
        }
        let last = engine.settle(extent, state: &state, scratch: scratch)
        return firings + last.flatMap { $0.timedFirings(after: stream.count) }
    }

    /// What differs, for people.
    func report(scratch: EngineScratch) throws -> String {
        let parts: [(String, [String])] = [
            ("rules", [program.description]), ("events", stream.map(\.description)),
            ("reference, at the end \(ending)", expected().map(\.description)),
            ("engine", try decided(scratch: scratch).map(\.description)),
        ]
        return parts.map { "\($0):\n" + $1.joined(separator: "\n") }.joined(separator: "\n")
    }

    /// A while after the last event.
    private var later: Int { (stream.compactMap { $0.time ?? $0.arrival }.max() ?? TimedHours.nine) + 15 }

    private var extent: RuleEngine.Extent {
        switch ending {
        case .events: .events
        case .lastEvent: .lastEvent
        case .later: .until(Instant(milliseconds: Int64(later)))
        case .everything: .everything
        }
    }
}

extension Decisions {
    /// The firings in the reference's words.
    fileprivate func timedFirings(after arrivals: Int) -> [TimedFiring] {
        firings.map { firing in
            let job = firing.jobs.first
            var text = "no text"
            if case .string(let value)? = job?.settings["text"] { text = value }
            return TimedFiring(
                arrivals: arrivals,
                rule: firing.rule.id,
                event: place.line ?? 0,
                firedAt: firedAt.map { Int($0.milliseconds) },
                isHeldBack: job?.isHeldBack ?? false,
                text: text
            )
        }
    }
}

extension PlannedJob {
    /// Whether a throttle held it back; a rule in the shadow only tells so.
    fileprivate var isHeldBack: Bool {
        guard case .suppressed(let reason) = plan else { return false }
        return reason.code == "throttle" || reason.detail.contains("would be held back")
    }
}

/// One rule deciding to act, as the reference and the engine tell it.
struct TimedFiring: Hashable {
    /// How many events had come when it was decided.
    var arrivals: Int
    var rule: String
    var event: Int
    var firedAt: Int?
    var isHeldBack: Bool
    var text: String
}
