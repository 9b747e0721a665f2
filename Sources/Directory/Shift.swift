public import Events

/// When an agent is there.
public struct Shift: Hashable, Sendable {
    /// The hours; `nil` for an agent who is there at any time but on the days away.
    public var schedule: Schedule?

    /// The dates on which the agent is away.
    ///
    /// As with a schedule's closed days, a shift that began the night before still is worked to its end.
    public var away: DaysOff

    /// The clock by which the days away are meant where there is no schedule.
    public var clock: LocalClock

    /// Creates a shift.
    ///
    /// - Parameters:
    ///   - schedule: The hours, whose clock then also tells the days away.
    ///   - away: The dates on which the agent is away.
    ///   - clock: The clock of the settings.
    public init(schedule: Schedule?, away: DaysOff = DaysOff(), clock: LocalClock) {
        self.schedule = schedule
        self.away = away
        self.clock = schedule?.clock ?? clock
    }

    /// Whether the agent is there.
    ///
    /// Nothing is known to hold at an unknown time: neither that the hours are open nor that a day away has come.
    public func isOn(at time: Instant?) -> Bool {
        guard let time else { return schedule == nil }
        guard let schedule else { return !away.contains(clock.reading(at: time).date) }
        return schedule.isOpen(at: time, exceptOn: away)
    }
}
