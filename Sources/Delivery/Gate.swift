import DequeModule

/// Where the lanes of one destination stand in line until its pace lets them through.
struct Gate {
    /// Whether the destination has refused the key: nobody passes any more.
    var isRefusing = false

    private var pace: Pace?
    private var lanes: Deque<String> = []

    /// Creates a gate; without a pace, everybody passes at once.
    init(pace: Pace?) {
        self.pace = pace
    }

    /// When the next lane may pass; `nil` when none waits.
    var opening: Duration? { lanes.isEmpty ? nil : pace?.opening ?? .zero }

    /// Puts a lane at the end of the line.
    mutating func append(_ lane: String) {
        lanes.append(lane)
    }

    /// Lets the first lane through if the pace allows it now.
    mutating func next(now: Duration) -> String? {
        guard !lanes.isEmpty, pace?.take(now: now) ?? true else { return nil }
        return lanes.popFirst()
    }

    /// Sends everybody away, in the order in which they stood.
    mutating func removeAll() -> [String] {
        defer { lanes = [] }
        return Array(lanes)
    }
}

/// Spaces attempts so that no more than so many begin in any period, wherever the period is laid.
///
/// A token bucket would need no memory of the past, but lets through twice as many in the first period; a receiver that
/// counts calls a minute refuses those.
struct Pace {
    private let count: Int
    private let period: Duration
    /// When the latest attempts began: at most `count` of them.
    private var begun: Deque<Duration> = []

    init(count: Int, period: Duration) {
        precondition(count > 0, "a rate of \(count)")
        precondition(period > .zero, "a rate for \(period)")
        self.count = count
        self.period = period
    }

    /// From when on the next place is free.
    var opening: Duration {
        guard begun.count == count, let first = begun.first else { return .zero }
        return first + period
    }

    /// Takes a place if one is free now.
    mutating func take(now: Duration) -> Bool {
        guard opening <= now else { return false }
        if begun.count == count { begun.removeFirst() }
        begun.append(now)
        return true
    }
}
