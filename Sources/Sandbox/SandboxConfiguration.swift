public import Foundation

/// Everything that a ``Sandbox`` is told before it runs.
public struct SandboxConfiguration: Sendable {
    /// Where to listen: a loopback address (`127.0.0.1`, `::1`) or `localhost`.
    public var host: String

    /// The port to listen on; 0 takes any that is free.
    public var port: Int

    /// What the `Authorization` header must hold, exactly.
    public var apiKey: String

    /// Who and what the sandbox knows from the start.
    public var seed: SandboxSeed

    /// Whether a chat that a call names appears on demand instead of being answered with 400.
    ///
    /// The business number must be known even then, where any is: otherwise two numbers in the wrong order would go unseen.
    public var createsChats: Bool

    /// How far everything may grow.
    public var limits: SandboxLimits

    /// Which faults calls of the stand-in API meet, and how often.
    public var faults: FaultPlan

    /// What decides which call meets which fault: with the same seed, the n-th call always meets the same.
    public var faultSeed: UInt64

    /// How late the answer to a call is that meets the fault `slow`.
    public var slowDelay: Duration

    /// Measures the delay of slow answers.
    public var clock: any Clock<Duration>

    /// The time zone of the times on the page.
    public var timeZone: TimeZone

    /// The time of day, in milliseconds since 1970.
    public var nowMilliseconds: @Sendable () -> Int64

    /// Creates a configuration.
    public init(
        host: String = "127.0.0.1",
        port: Int = 0,
        apiKey: String = "key_sandbox",
        seed: SandboxSeed = SandboxSeed(),
        createsChats: Bool = false,
        limits: SandboxLimits = SandboxLimits(),
        faults: FaultPlan = FaultPlan(),
        faultSeed: UInt64 = 0,
        slowDelay: Duration = .seconds(2),
        clock: any Clock<Duration> = ContinuousClock(),
        timeZone: TimeZone = .current,
        nowMilliseconds: @escaping @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) }
    ) {
        self.host = host
        self.port = port
        self.apiKey = apiKey
        self.seed = seed
        self.createsChats = createsChats
        self.limits = limits
        self.faults = faults
        self.faultSeed = faultSeed
        self.slowDelay = slowDelay
        self.clock = clock
        self.timeZone = timeZone
        self.nowMilliseconds = nowMilliseconds
    }
}
