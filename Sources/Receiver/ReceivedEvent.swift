public import Events

/// One event as a webhook brought it, in the line that a run reads.
public struct ReceivedEvent: Hashable, Sendable {
    /// The most that ``line`` has beyond the original: everything in front of it, and the bracket behind it.
    static let envelopeBytesMax = 256

    /// The kind of event that the address named, in the form of rules.
    public let type: String?

    /// The business number that the address named, digits with country code.
    public let business: String?

    /// When the event arrived.
    public let received: Instant

    /// Beckon's envelope around the original: one line of JSON, without a line feed.
    public let line: [UInt8]

    /// Puts an original, which is one JSON value without line feeds, into its envelope.
    init(_ original: some Sequence<UInt8>, hook: Hook, received: Instant) {
        type = hook.type
        business = hook.business
        self.received = received
        var head = JSONWriter()
        head.object {
            $0.member("beckon", 1)
            $0.member("type", ifPresent: hook.type)
            $0.member("business", ifPresent: hook.business)
            $0.member("received", received.iso8601)
        }
        line = head.bytes.dropLast() + Array(",\"event\":".utf8) + original + [UInt8(ascii: "}")]
    }
}
