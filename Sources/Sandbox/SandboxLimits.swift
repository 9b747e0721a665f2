/// Everything in the sandbox that could grow, and how far it may.
public struct SandboxLimits: Hashable, Sendable {
    /// The chats kept; beyond them the one that was quiet longest is dropped.
    public var chatsMax = 1_000

    /// The messages and notes kept of one chat; beyond them the oldest is dropped.
    public var entriesPerChatMax = 200

    /// The API calls kept; beyond them the oldest is dropped.
    public var callsMax = 500

    /// The bytes of a request's body; a longer one is answered with 413.
    public var bodyBytesMax = 1 << 20

    /// The bytes kept of a message's text, WhatsApp's own limit; the rest is cut off.
    public var textBytesMax = 4_096

    /// The bytes kept of a name, an id or a path; the rest is cut off.
    public var nameBytesMax = 256

    /// The bytes of an answer that the log of calls shows.
    public var excerptBytesMax = 600

    /// The agents that the log of calls names for one call.
    public var agentsPerCallMax = 12

    /// The lines that one intake report lists as rejected; the others are only counted.
    public var rejectedLinesMax = 100

    /// The pages that are told of changes at once; further ones ask every few seconds instead.
    public var pagesMax = 32

    /// The connections open at once; further ones wait.
    public var connectionsMax = 256

    /// The team members of a seed; a larger seed is refused.
    public var teamMax = 5_000

    /// Creates the standard limits.
    public init() {}
}
