public import Events
public import Foundation

/// Everything that a ``Receiver`` is told before it runs.
public struct ReceiverConfiguration: Sendable {
    /// The part of the address that nobody can guess.
    public var secret: HookSecret

    /// Where to listen: this machine alone unless told otherwise, for instance in a container behind a proxy.
    public var host: String

    /// The port to listen on; 0 takes any that is free.
    public var port: Int

    /// How far everything may grow, and how long it may take.
    public var limits: ReceiverLimits

    /// The clock.
    public var now: @Sendable () -> Instant

    /// Creates a configuration.
    public init(
        secret: HookSecret,
        host: String = "127.0.0.1",
        port: Int = 0,
        limits: ReceiverLimits = ReceiverLimits(),
        now: @escaping @Sendable () -> Instant = {
            Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        }
    ) {
        self.secret = secret
        self.host = host
        self.port = port
        self.limits = limits
        self.now = now
    }
}
