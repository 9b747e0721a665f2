import Events
import RuleEngine

/// What becomes of a line as far as it hangs on that line alone: it is decoded, matched and, if nothing else has a say, decided.
///
/// For use from one thread; each has its own.
final class LineStage {
    private let engine: RuleEngine
    private let decidesAlone: Bool
    private let keepsRejects: Bool
    private let verifies: Bool
    private let limits: BatchLimits
    private let scratch = EngineScratch()
    private var decoder: EventDecoder

    /// Creates a stage.
    ///
    /// - Parameters:
    ///   - engine: What decides.
    ///   - format: The format of the events.
    ///   - limits: How much is decided here of a batch.
    ///   - keepsRejects: Whether somebody wants the rejected lines.
    ///   - verifies: Whether every event is also decided without the index, and compared.
    init(
        _ engine: RuleEngine,
        format: InputFormat,
        limits: BatchLimits = BatchLimits(),
        keepsRejects: Bool,
        verifies: Bool = false
    ) {
        self.engine = engine
        self.limits = limits
        self.keepsRejects = keepsRejects
        self.verifies = verifies
        decidesAlone = engine.program.decidesEachEventAlone
        decoder = EventDecoder(format: format)
    }

    /// Takes the lines of a batch.
    func take(_ lines: inout LineBatch, into outcome: inout BatchOutcome) {
        outcome.line = lines.lastNumber
        unsafe lines.lend { bytes, rejection, place in
            unsafe take(bytes, isPadded: true, rejection, place, into: &outcome)
        }
    }

    /// Takes a line that nobody has copied.
    func take(_ line: SourceLine, into outcome: inout BatchOutcome) {
        outcome.line = line.place.number ?? outcome.line
        let rejection = line.content.rejection ?? line.rejection
        switch line.content {
        case .held(let held): unsafe take(held.bytes, isPadded: true, rejection, { line.place }, into: &outcome)
        case .kept(let kept):
            unsafe kept.withUnsafeBytes {
                unsafe take($0, isPadded: false, rejection, { line.place }, into: &outcome)
            }
        }
    }

    private func take(
        _ bytes: UnsafeRawBufferPointer,
        isPadded: Bool,
        _ rejection: Rejection?,
        _ place: () -> LinePlace,
        into outcome: inout BatchOutcome
    ) {
        guard !outcome.hasDifference else { return }
        outcome.summary.lines += 1
        switch unsafe rejection.map({ .rejected($0) }) ?? decode(bytes, isPadded: isPadded, place, into: &outcome) {
        case .blank: outcome.summary.blank += 1
        case .rejected(let rejection): unsafe outcome.reject(keepsRejects ? bytes : nil, rejection, at: place())
        case .events: break
        }
    }

    /// Takes the events of a line, each when the next one is there or none comes: an event that is alone in its line is named
    /// after the line.
    private func decode(
        _ bytes: UnsafeRawBufferPointer,
        isPadded: Bool,
        _ place: () -> LinePlace,
        into outcome: inout BatchOutcome
    ) -> LineOutcome {
        var last: Event?
        var index = 0
        let line = unsafe decoder.decode(bytes, isPadded: isPadded) { event in
            if let last {
                take(last, { place().event(index, isAlone: false) }, into: &outcome)
                index += 1
            }
            last = event
        }
        if let last { take(last, { place().event(index, isAlone: index == 0) }, into: &outcome) }
        return line
    }

    private func take(_ event: Event, _ place: () -> EventPlace, into outcome: inout BatchOutcome) {
        outcome.summary.events += 1
        if event.type == EventType.unknown { outcome.summary.unknownEvents += 1 }
        let matches = engine.match(event, scratch: scratch)
        if verifies, let difference = engine.difference(of: event, matches, scratch: scratch) {
            outcome.add(difference, at: place())
            return
        }
        let time = engine.time(of: event)
        guard !matches.isEmpty else {
            // In a dry run an event without a time happens when the one before it did.
            if let time { outcome.pass(over: time) }
            return
        }
        let item = EventStream.Item(event: event, place: place())
        guard decidesAlone, let time, outcome.hasRoom(limits) else { return outcome.leave(item, matches) }
        outcome.add(engine.decide(StreamEvent(event, place: item.place), matches: matches, scratch: scratch))
        outcome.pass(over: time)
    }
}
