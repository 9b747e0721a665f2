public import Directory
public import Events

/// What the engine remembers from event to event.
///
/// A value: copying it is a checkpoint.
public struct EngineState: Sendable {
    /// The latest time that an event carried.
    public var latestTime: Instant?

    /// How far time has gone: what windows and timers go by.
    ///
    /// It never goes back.
    public var clock: Instant?

    /// Whose turn it is in each team, and who stays with which conversation.
    public var picks = Picks()

    /// Whether events come as they happen, as webhooks do, so that the stream goes by the clock however long nothing came.
    ///
    /// Otherwise it may be a replay, which goes by the clock only while it keeps up with it.
    public var isLiveForSure = false

    /// What happened that people should know of, since this value was made.
    public var counts: StateCounts {
        var counts = eventCounts
        counts.forgotten = windows.forgottenCount
        return counts
    }

    /// Events late and ahead.
    var eventCounts = StateCounts()

    /// Counts, sequences, timers, throttles, facts and the events that wait for their turn.
    var windows: Windows

    /// Whether the stream is behind the clock, as the last event with a time showed.
    var isReplay: Bool?

    /// The business numbers of the conversations that windows were opened for: an event that carries none may belong to any.
    var businesses: Set<String> = []

    /// When the event that is being decided came, if it carries no time of its own.
    var arrival: Instant?

    /// Whether timers fire before their time, so that nothing has ended by it.
    var isAhead = false

    /// Timers and held events are numbered in the order in which they come.
    var lastNumber: UInt64 = 0

    let limits: StateLimits

    /// Creates the state before the first event.
    ///
    /// With `tracksChanges`, somebody must call ``takeChanges(of:)`` from time to time.
    public init(tracksChanges: Bool = false, limits: StateLimits = StateLimits()) {
        self.limits = limits
        windows = Windows(limits: limits, tracksChanges: tracksChanges)
    }

    /// How many windows are open, timers and facts among them.
    public var windowCount: Int { windows.count }

    /// How many timers wait.
    ///
    /// - Complexity: O(n) in the number of windows.
    public var timerCount: Int {
        var count = 0
        windows.visit { _, entry in if case .timer = entry.window { count += 1 } }
        return count
    }

    /// Whether something waits for time to go on.
    public mutating func nextDue() -> Instant? {
        [windows.nextTimer(), windows.nextHeld()].compactMap(\.self).min()
    }

    /// Notes the business number of a conversation that a window is opened for.
    mutating func note(_ business: String?) {
        if let business, businesses.count < Self.businessesMax { businesses.insert(business) }
    }

    /// More are not told apart by events that carry none: nobody has as many.
    private static let businessesMax = 10_000

    mutating func nextNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }
}
