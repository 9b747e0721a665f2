import Directory
public import Events

/// How time goes on: events, timers and the clock of an idle stream.
extension RuleEngine {
    /// How far a stream that has ended is settled.
    public enum Extent: Hashable, Sendable {
        /// Every event is decided; timers wait for what a later stream brings.
        case events
        /// Timers fire up to the time of the last event, too.
        case lastEvent
        /// Timers fire up to this time, too.
        case until(Instant)
        /// All timers fire.
        case everything
    }

    /// Takes one event: decides the timers that came due before it, and it.
    ///
    /// Where the program waits for late events, what is decided may be earlier events, and the event itself later.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - state: What is remembered from event to event.
    ///   - scratch: The working memory of the thread.
    /// - Returns: What was decided, in order of time.
    /// - Complexity: O(r) in the number of rules, and O(log n) in the number of windows, for each that is decided.
    public func take(_ event: StreamEvent, state: inout EngineState, scratch: EngineScratch) -> [Decisions] {
        take(event, matches: match(event.event, scratch: scratch), state: &state, scratch: scratch)
    }

    /// Takes one event of which it is known what it comes to by itself.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - matches: What this engine's ``match(_:scratch:)`` said of it.
    ///   - state: What is remembered from event to event.
    ///   - scratch: The working memory of the thread.
    /// - Returns: What was decided, in order of time; nothing about an event that concerns nobody.
    /// - Complexity: O(m) in the number of matches.
    public func take(
        _ event: StreamEvent,
        matches: Matches,
        state: inout EngineState,
        scratch: EngineScratch
    ) -> [Decisions] {
        guard program.time.lateness == .zero else { return takeInOrder(event, &state, scratch) }
        guard !matches.isEmpty else { return pass(over: event, &state, scratch) }
        var (decided, arrived) = arrive(event, &state, scratch)
        let evaluation = evaluation(arrived, event.place, state, scratch)
        decided.append(decide(evaluation, matches, state: &state).decisions)
        return decided
    }

    /// Lets time go on to an event that concerns nobody.
    private func pass(over event: StreamEvent, _ state: inout EngineState, _ scratch: EngineScratch) -> [Decisions] {
        guard let moment = stamp(event.event.time, event.arrival, &state).moment else { return [] }
        var timers: [Decisions] = []
        fireTimers(before: moment, &state, scratch, &timers)
        state.move(to: moment)
        return timers
    }

    /// Lets time go on over events of which nothing but the time is left to take, none of which came with an arrival.
    ///
    /// - Parameters:
    ///   - times: The times of the events, in their order; see ``time(of:)``.
    ///   - state: What is remembered from event to event.
    ///   - scratch: The working memory of the thread.
    /// - Returns: What was decided because of timers that came due, in order of time.
    public func pass(
        over times: some Sequence<Instant>,
        state: inout EngineState,
        scratch: EngineScratch
    ) -> [Decisions] {
        guard program.goesByTime else {
            state.pass(over: times)
            return []
        }
        var decided: [Decisions] = []
        for time in times {
            guard let moment = stamp(time, nil, &state).moment else { continue }
            fireTimers(before: moment, &state, scratch, &decided)
            state.move(to: moment)
        }
        return decided
    }

    /// The time that an event carries, if it is one that somebody could mean.
    public func time(of event: Event) -> Instant? {
        event.time.flatMap { Instant.meant.contains($0) ? $0 : nil }
    }

    /// Holds an event until earlier ones can no longer come.
    private func takeInOrder(
        _ item: StreamEvent,
        _ state: inout EngineState,
        _ scratch: EngineScratch
    ) -> [Decisions] {
        var event = completed(item.event)
        let stamp = stamp(event.time, item.arrival, &state)
        event.time = stamp.time
        guard let moment = stamp.moment, !stamp.isLate else {
            return [decide(event, item.place, &state, scratch)]
        }
        var decided: [Decisions] = []
        letWait(event, item.place, at: moment, &state)
        // Where no event has told a time yet, the arrivals of a live stream are all that is known of it.
        let latest = state.latestTime ?? moment
        release(through: latest.earlier(by: program.time.lateness), &state, scratch, &decided)
        while state.windows.heldCount > state.limits.heldMax, let next = state.windows.nextHeld() {
            release(through: next, &state, scratch, &decided)
        }
        return decided
    }

    /// Lets time go on to an event that is about to be decided at once; returns the timers that came due, and the event as it is
    /// decided.
    func arrive(
        _ event: StreamEvent,
        _ state: inout EngineState,
        _ scratch: EngineScratch
    ) -> (timers: [Decisions], event: Event) {
        var arrived = completed(event.event)
        let stamp = stamp(arrived.time, event.arrival, &state)
        arrived.time = stamp.time
        var timers: [Decisions] = []
        if let moment = stamp.moment {
            fireTimers(before: moment, &state, scratch, &timers)
            state.move(to: moment)
        }
        state.arrival = event.arrival.flatMap { arrival in
            // In a replay time stands far before the arrival, which then means nothing.
            let goesByArrivals = stamp.moment.map { $0 >= arrival.time.earlier(by: program.time.grace) } ?? false
            return event.event.time == nil && goesByArrivals ? arrival.time : nil
        }
        return (timers, arrived)
    }

    /// Lets the clock of a live stream decide what is due while no event comes.
    ///
    /// Time follows the clock ``StreamTime/grace`` behind, or ``StreamTime/lateness`` where that is longer, and only while
    /// it is not more than ``StreamTime/liveLag`` farther behind: a pause in a replayed file fires nothing. A stream that is
    /// live for sure need not keep up.
    ///
    /// - Parameters:
    ///   - now: What the clock shows.
    ///   - state: What is remembered from event to event.
    ///   - scratch: The working memory of the thread.
    /// - Returns: What was decided, in order of time.
    public func advance(byClock now: Instant, state: inout EngineState, scratch: EngineScratch) -> [Decisions] {
        guard state.isLive(at: now, program.time) else { return [] }
        let moment = now.earlier(by: program.time.patience)
        guard let clock = state.clock, moment > clock else { return [] }
        var decided: [Decisions] = []
        release(through: moment, &state, scratch, &decided)
        fireTimers(through: moment, &state, scratch, &decided)
        state.move(to: moment)
        return decided
    }

    /// Lets time go on to a moment without an event, as a test does that waits.
    ///
    /// What happens at that very moment may still come: a timer that is due then is not decided yet.
    public func advance(to moment: Instant, state: inout EngineState, scratch: EngineScratch) -> [Decisions] {
        var decided: [Decisions] = []
        release(through: moment.earlier(by: program.time.lateness), &state, scratch, &decided)
        return decided
    }

    /// How long an idle live stream may be waited for before ``advance(byClock:state:scratch:)`` is to be called; `nil` for a stream
    /// that does not go by the clock.
    public func wait(byClock now: Instant, state: inout EngineState) -> Duration? {
        guard state.isLive(at: now, program.time) else { return nil }
        // Time must not fall behind by more than what counts as live.
        let longest = max(.seconds(1), program.time.liveLag / 4)
        guard let due = state.nextDue() else { return longest }
        return min(longest, max(.zero, now.duration(to: due) + program.time.patience))
    }

    /// Decides what is left when a stream has ended.
    public func settle(_ extent: Extent, state: inout EngineState, scratch: EngineScratch) -> [Decisions] {
        var decided: [Decisions] = []
        release(through: .afterAll, &state, scratch, &decided)
        switch extent {
        case .events: break
        case .lastEvent:
            if let clock = state.clock { fireTimers(through: clock, &state, scratch, &decided) }
        case .until(let end):
            fireTimers(through: end, &state, scratch, &decided)
            if state.clock != nil { state.move(to: end) }
        case .everything:
            // As if time went on; what comes later comes after the events, and not after the last of the timers.
            let reached = state.clock
            state.isAhead = true
            fireTimers(through: .afterAll, &state, scratch, &decided)
            state.isAhead = false
            state.clock = reached
        }
        return decided
    }

    // MARK: - When an event happened

    /// When an event happened, and the moment at which windows see it.
    private struct Stamp {
        var time: Instant?
        /// `nil` where nothing is known of time yet.
        var moment: Instant?
        var isLate = false
    }

    private func stamp(_ time: Instant?, _ arrival: StreamEvent.Arrival?, _ state: inout EngineState) -> Stamp {
        // What nobody could mean, such as the largest number that there is, tells no time.
        guard let time, Instant.meant.contains(time) else {
            let (time, moment) = state.timeOfUntimed(arrival, program.time)
            return Stamp(time: time, moment: moment)
        }
        if let arrival, time > arrival.time.advanced(by: program.time.liveLag) {
            // Time would run ahead of everything that is still to come.
            state.eventCounts.ahead += 1
            return Stamp(time: time, moment: state.timeOfUntimed(arrival, program.time).moment)
        }
        state.note(time, arrival, program.time)
        if let clock = state.clock, time < clock {
            state.eventCounts.late += 1
            return Stamp(time: time, moment: clock, isLate: true)
        }
        state.latestTime = max(state.latestTime ?? time, time)
        return Stamp(time: time, moment: time)
    }

    /// The event with what it lacks and the program knows.
    func completed(_ original: Event) -> Event {
        guard !isComplete(original) else { return original }
        var event = original
        // What nobody could mean, such as the largest number that there is, tells no time.
        if let time = event.time, !Instant.meant.contains(time) { event.time = nil }
        if let business = event.business {
            // What names no number that anybody knows is not replaced by the default: it is another business.
            if !business.isOfDigits { event.business = program.directory.businessNumber(named: business)?.digits }
        } else if !event.isInGroup {
            event.business = program.defaultBusiness?.digits
        }
        if let agent = event.agent, let known = program.directory.agents[agent] { event.agent = known.phone.digits }
        return event
    }

    /// Whether an event lacks nothing that the program knows, as most do not.
    private func isComplete(_ event: Event) -> Bool {
        guard let time = event.time, Instant.meant.contains(time), event.agent == nil else { return false }
        return unsafe event.withUTF8(.business) { unsafe $0.allSatisfy { $0 &- UInt8(ascii: "0") < 10 } } ?? false
    }

    // MARK: - Deciding

    /// What conditions need of an event that is about to be decided.
    func evaluation(_ event: Event, _ place: EventPlace, _ state: EngineState, _ scratch: EngineScratch) -> Evaluation {
        let keys = EventKeys(event)
        let facts = program.facts.isEmpty ? [:] : facts(for: keys, state)
        return Evaluation(event, place: place, keys: keys, facts: facts, scratch: scratch.patterns)
    }

    private func decide(
        _ event: Event,
        _ place: EventPlace,
        _ state: inout EngineState,
        _ scratch: EngineScratch
    ) -> Decisions {
        let matches = matchInTurn(event, scratch)
        return decide(evaluation(event, place, state, scratch), matches, state: &state).decisions
    }

    private func letWait(_ event: Event, _ place: EventPlace, at moment: Instant, _ state: inout EngineState) {
        var writer = JSONWriter()
        writer.value(event)
        let number = state.nextNumber()
        let held = HeldEvent(moment: moment, number: number, event: writer.text, place: place)
        let key = WindowKey(String(number))
        state.windows.put(.held(held), endsAt: nil, at: WindowPlace(slot: program.heldSlot, key: key))
    }

    /// Decides the events that waited and happened up to a moment, and the timers that are due before it.
    private func release(
        through moment: Instant,
        _ state: inout EngineState,
        _ scratch: EngineScratch,
        _ decided: inout [Decisions]
    ) {
        while let next = state.windows.nextHeld(), next <= moment {
            fireTimers(before: next, &state, scratch, &decided)
            state.move(to: next)
            // What was written down by this engine is an event.
            guard let held = state.windows.takeHeld(), let event = Event(text: held.event) else { continue }
            decided.append(decide(event, held.place, &state, scratch))
        }
        guard moment < .afterAll, state.clock != nil || moment > .beforeAll else { return }
        fireTimers(before: moment, &state, scratch, &decided)
        state.move(to: moment)
    }

    private func fireTimers(
        before moment: Instant,
        _ state: inout EngineState,
        _ scratch: EngineScratch,
        _ decided: inout [Decisions]
    ) {
        while let due = state.windows.nextTimer(), due < moment { fireTimer(&state, scratch, &decided) }
    }

    private func fireTimers(
        through moment: Instant,
        _ state: inout EngineState,
        _ scratch: EngineScratch,
        _ decided: inout [Decisions]
    ) {
        while let due = state.windows.nextTimer(), due <= moment { fireTimer(&state, scratch, &decided) }
    }

    private func fireTimer(_ state: inout EngineState, _ scratch: EngineScratch, _ decided: inout [Decisions]) {
        guard let (timer, place) = state.windows.takeTimer(), let entry = program.slots[place.slot].entry,
            let event = Event(text: timer.event)
        else { return }
        state.move(to: timer.due)
        if let expiry = entry.rule.expiry, expiry.isOver(at: timer.due) { return }
        let evaluation = evaluation(event, timer.place, state, scratch)
        var decisions = Decisions(event: event, place: timer.place)
        decisions.firedAt = timer.due
        _ = fire(entry, evaluation, timer.earlier, at: timer.due, &state, &decisions)
        decided.append(decisions)
    }
}

extension EngineState {
    /// Lets time go on over events where nothing waits for it.
    fileprivate mutating func pass(over times: some Sequence<Instant>) {
        var reached = clock ?? .beforeAll
        for time in times {
            if time < reached { eventCounts.late += 1 } else { reached = time }
        }
        guard reached > .beforeAll else { return }
        (clock, latestTime) = (reached, max(latestTime ?? reached, reached))
    }

    /// Lets time go on; it never goes back.
    fileprivate mutating func move(to moment: Instant) {
        guard clock.map({ moment > $0 }) ?? true else { return }
        clock = moment
        if !isAhead { windows.forget(endedBefore: moment) }
    }

    /// Notes what the time that an event carries says of the stream.
    fileprivate mutating func note(_ time: Instant, _ arrival: StreamEvent.Arrival?, _ settings: StreamTime) {
        guard let arrival else { return }
        let isBehind = time < arrival.time.earlier(by: settings.liveLag)
        isReplay = isBehind
        guard latestTime == nil, isBehind else { return }
        // Events without a time came first, and the clock was taken for theirs: it was not.
        clock = nil
        windows.restart(at: time)
    }

    /// When an event happened that carries no time: for people, and for windows.
    fileprivate func timeOfUntimed(
        _ arrival: StreamEvent.Arrival?,
        _ settings: StreamTime
    ) -> (time: Instant?, moment: Instant?) {
        let reached = [latestTime, clock].compactMap(\.self).max()
        guard let arrival else { return (reached, reached) }
        // Events that carry a time may still be on their way: where they are not waited for, time does not run ahead of them.
        let behind = settings.lateness > .zero ? arrival.time : arrival.time.earlier(by: settings.grace)
        let moment = max(reached ?? behind, behind)
        guard case .read(let time) = arrival, let reached else { return (arrival.time, moment) }
        // After a break nobody knows whether this is a replay until an event tells a time; some streams never have one.
        let mayBeReplay = isReplay == nil && latestTime != nil && reached.duration(to: time) > settings.liveLag
        return (time, isReplay == true || mayBeReplay ? reached : moment)
    }

    /// Whether the stream keeps up with the clock.
    fileprivate func isLive(at now: Instant, _ settings: StreamTime) -> Bool {
        guard let reached = [latestTime, clock].compactMap(\.self).max() else { return false }
        return isLiveForSure || latestTime == nil || reached.duration(to: now) <= settings.liveLag + settings.patience
    }
}

extension Instant {
    /// From the year 1 to the end of 9999, which is as far as ISO 8601 reaches.
    fileprivate static let meant =
        Instant(milliseconds: -62_135_596_800_000)...Instant(milliseconds: 253_402_300_799_999)
}

extension Event {
    /// Reads an event that the engine has kept.
    init?(text: String) {
        var parser = JSONParser()
        guard let record = try? parser.parse(text).root else { return nil }
        self.init(record: record)
    }
}

extension String {
    fileprivate var isOfDigits: Bool { utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
}
