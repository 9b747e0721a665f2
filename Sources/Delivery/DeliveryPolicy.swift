/// How jobs are attempted: how many at once, how often, and for how long.
public struct DeliveryPolicy: Hashable, Sendable {
    /// How many attempts may be under way at once.
    public var concurrency: Int

    /// How many attempts may begin in any ``ratePeriod``, for each destination.
    public var rateCount: Int

    /// The period of ``rateCount``.
    public var ratePeriod: Duration

    /// When a failed attempt is made again.
    public var retry: RetryPolicy

    /// When a destination that fails is left alone.
    public var circuit: CircuitPolicy

    /// How many open jobs are held in memory; the others stay in the ledger until there is room.
    ///
    /// Firings are held whole, so that the last one may go beyond it.
    public var windowMax: Int

    /// How many jobs of one lane are held in memory, so that a long lane leaves room for the others.
    ///
    /// Firings are held whole, so that the last one may go beyond it. It holds nothing back if it is larger than
    /// ``windowMax``.
    public var laneMax: Int

    /// How many jobs are asked of the ledger at once, so that the ends of attempts do not wait long meanwhile.
    public var pageMax: Int

    /// How many jobs may be open in the ledger before reading waits: the bound on what a destination can fall behind.
    public var openMax: Int

    /// Creates a policy.
    public init(
        concurrency: Int = 8,
        rateCount: Int = 5,
        ratePeriod: Duration = .seconds(1),
        retry: RetryPolicy = RetryPolicy(),
        circuit: CircuitPolicy = CircuitPolicy(),
        windowMax: Int = 5_000,
        laneMax: Int = 100,
        pageMax: Int = 500,
        openMax: Int = 100_000
    ) {
        self.concurrency = concurrency
        self.rateCount = rateCount
        self.ratePeriod = ratePeriod
        self.retry = retry
        self.circuit = circuit
        self.windowMax = windowMax
        self.laneMax = laneMax
        self.pageMax = pageMax
        self.openMax = openMax
    }

    /// Whether attempts can begin under it.
    var isWorkable: Bool {
        let counts = [concurrency, rateCount, windowMax, laneMax, pageMax, openMax, circuit.failuresMax]
        return counts.allSatisfy { $0 > 0 } && ratePeriod > .zero
    }
}

/// When a destination that fails is left alone, and how often it is tried meanwhile.
public struct CircuitPolicy: Hashable, Sendable {
    /// After how many failures in a row.
    public var failuresMax = 10

    /// How long it is left alone first.
    public var delayFirst: Duration = .seconds(1)

    /// How long it is left alone at most; the time doubles with each attempt that fails.
    public var delayMax: Duration = .seconds(30)

    /// Creates the policy that the rule language documents.
    public init() {}
}

/// When a failed attempt is made again.
public struct RetryPolicy: Hashable, Sendable {
    /// The wait after the first failure.
    public var delayFirst: Duration = .seconds(1)

    /// The longest wait.
    public var delayMax: Duration = .seconds(60)

    /// How many attempts a job gets.
    public var attemptsMax = 12

    /// How long after its first attempt a job is still tried.
    public var giveUpAfter: Duration = .seconds(86_400)

    /// How long at most a destination can ask to be left alone; from one that asks for more, nothing is expected sooner or
    /// later, and people should see its jobs tried again.
    public var askedMax: Duration = .seconds(3600)

    /// Creates the policy that the rule language documents.
    public init() {}

    /// The wait before the next attempt, or `nil` when the job has had them all.
    ///
    /// The wait doubles with each failure and is then cut by up to half, so that jobs which failed together do not come back
    /// together; what the destination asked for is a lower bound, up to ``askedMax``.
    ///
    /// - Parameters:
    ///   - failures: How many attempts have failed, at least one.
    ///   - elapsed: The time since the first attempt.
    ///   - asked: How long the destination asked to be left alone.
    ///   - jitter: A number drawn from `0..<1` by the caller; nothing here rolls dice.
    /// - Returns: The wait, counted from the failure.
    public func delay(afterFailures failures: Int, elapsed: Duration, asked: Duration?, jitter: Double) -> Duration? {
        precondition(failures >= 1, "asked for a retry before the first failure")
        precondition((0..<1).contains(jitter), "jitter \(jitter) is not in 0..<1")
        guard failures < attemptsMax else { return nil }
        let doublings = min(failures - 1, 20)  // beyond this, delayMax wins anyway
        let full = min(delayFirst * (1 << doublings), delayMax)
        let delay = max(full * (1 - jitter / 2), min(asked ?? .zero, askedMax))
        return delay <= giveUpAfter - elapsed ? delay : nil
    }
}
