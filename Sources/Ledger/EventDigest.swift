internal import Crypto

/// What is kept of an event's id to recognise the event when it comes again.
///
/// Half of a SHA-256: two ids that were not made to collide do not, and nobody who sends events gains by making some
/// that do.
public struct EventDigest: Hashable, Sendable {
    let bytes: [UInt8]

    /// Takes the digest of an event's id.
    public init(id: String) {
        bytes = Array(SHA256.hash(data: Array(id.utf8)).prefix(16))
    }
}
