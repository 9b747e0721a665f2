/// What a page knows already, and which chat it shows.
struct StateQuestion: Hashable, Sendable {
    /// The run of the sandbox that the page knows; empty for none.
    var run = ""

    /// The version of the state that the page knows.
    var version = 0

    /// The last call that the page knows.
    var call = 0

    /// The chat that the page shows.
    var chat: ChatKey?

    /// The version in which the page last saw that chat change.
    var seen = 0
}
