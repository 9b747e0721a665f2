internal import ActionKit
internal import DequeModule

/// Where the lanes of one destination stand in line until its pace and its circuit let them through.
struct Gate {
    /// Whether the destination has refused the key: nobody passes until it has another one.
    private(set) var isRefusing = false

    /// How often the key was changed.
    private(set) var keyVersion = 0

    private var pace: Pace?
    private var circuit: Circuit?
    /// Until when the destination asked to be left alone.
    private var asked = Duration.zero
    private var lanes: Deque<String> = []

    /// Creates the gate of a destination.
    init(pace: Pace, circuit: Circuit) {
        self.pace = pace
        self.circuit = circuit
    }

    /// Creates the gate of what goes nowhere: everybody passes at once.
    init() {}

    /// When the next lane may pass; `nil` when none waits, or when that depends on the end of an attempt.
    var opening: Duration? {
        guard !lanes.isEmpty, let closedUntil = circuit.map(\.opening) ?? .zero else { return nil }
        return max(pace?.opening ?? .zero, closedUntil, asked)
    }

    /// Puts a lane at the end of the line.
    mutating func append(_ lane: String) {
        lanes.append(lane)
    }

    /// Lets the first lane through if that may be now; tells whether it shows how the destination is.
    mutating func next(now: Duration) -> (lane: String, isProbe: Bool)? {
        guard let opening, opening <= now, pace?.take(now: now) ?? true, let lane = lanes.popFirst() else { return nil }
        return (lane, circuit?.pass() ?? false)
    }

    /// Takes back that the latest lane was let through, since its attempt is not made.
    mutating func giveBack(isProbe: Bool, now: Duration) {
        pace?.giveBack()
        if isProbe { circuit?.unpass(now: now) }
    }

    /// Takes in how an attempt ended; what that does to the circuit.
    ///
    /// The destination can have itself left alone, for `askedMax` at most.
    mutating func take(
        _ outcome: DeliveryOutcome,
        isProbe: Bool,
        askedMax: Duration,
        now: Duration
    ) -> Circuit.Change? {
        if case .retry(_, let after?) = outcome { asked = max(asked, now + min(after, askedMax)) }
        return circuit?.take(outcome, isProbe: isProbe, now: now)
    }

    /// Lets nobody through any more; sends everybody away, in the order in which they stood.
    mutating func refuse() -> [String] {
        isRefusing = true
        return removeAll()
    }

    /// Opens for another key.
    mutating func resume() {
        isRefusing = false
        keyVersion += 1
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
    /// When attempts began in the period that ends now: at most `count` of them.
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
        // With a high rate the period is over long before there are so many.
        while let first = begun.first, first + period <= now { begun.removeFirst() }
        begun.append(now)
        return true
    }

    /// Gives the latest place back, whose attempt was not made.
    mutating func giveBack() {
        _ = begun.popLast()
    }
}
