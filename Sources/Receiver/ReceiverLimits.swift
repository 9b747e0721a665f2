import Events

/// Everything in the receiver that could grow or last, and how far it may.
///
/// Requests under way are as many as connections, since a connection's requests are answered one after the other; bodies
/// are read only behind the right secret.
public struct ReceiverLimits: Hashable, Sendable {
    /// The bytes of a body; a longer one is answered with 413.
    ///
    /// With its envelope it stays a line that a run reads.
    public var bodyBytesMax = LineReader.lineBytesMaxDefault - ReceivedEvent.envelopeBytesMax

    /// The elements of a body that is a list; a longer one is answered with 413.
    public var eventsPerRequestMax = 1_000

    /// The events that wait for a commit or are in one; requests beyond them are answered with 503.
    public var uncommittedEventsMax = 10_000

    /// The bytes of these events' lines; requests beyond them are answered with 503.
    public var uncommittedBytesMax = 32 << 20

    /// The connections open at once; further ones wait to be accepted.
    public var connectionsMax = 256

    /// The connections that may wait to be accepted; the system refuses more, and may have a lower limit of its own.
    public var backlogMax = 1_024

    /// The bytes of one header field, of the path, and four times that of all fields; more is answered with 400.
    public var headerBytesMax = 8 << 10

    /// The header fields of a request; more are answered with 400.
    public var headersMax = 100

    /// How long a body may take to arrive; then its connection is closed.
    public var bodyDurationMax = Duration.seconds(20)

    /// How long a request may wait for its commit; then it is answered with 503.
    public var commitDurationMax = Duration.seconds(10)

    /// How long a connection may be without a request, or with an unfinished head of one.
    public var idleDurationMax = Duration.seconds(60)

    /// How long the rest of a refused request is still read, so that its sender sees the answer before the end.
    public var lingerDuration = Duration.seconds(1)

    /// What `Retry-After` says in a 503.
    public var retryAfter = Duration.seconds(10)

    /// Creates the standard limits.
    public init() {}
}
