/// How far what the engine remembers may grow.
public struct StateLimits: Hashable, Sendable {
    /// How many windows there may be in all: counts, sequences, timers, throttles and facts, each of one key.
    ///
    /// Beyond it, the rule or fact that has most of them forgets those that would end soonest.
    public var windowsMax = 1_000_000

    /// How many events may wait for earlier ones; beyond it the earliest of them is decided before its time.
    public var heldMax = 100_000

    /// Creates limits.
    public init() {}
}

/// What happened to events and windows that people should know of.
public struct StateCounts: Hashable, Sendable {
    /// Events that came after time had gone past them.
    public var late = 0

    /// Events of a live stream whose time lies ahead of the clock.
    public var ahead = 0

    /// Windows that were forgotten to make room.
    public var forgotten = 0

    /// Creates counts of nothing.
    public init() {}
}
