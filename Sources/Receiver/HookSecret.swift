import Crypto

/// The part of the webhooks' address that nobody can guess.
///
/// DoubleTick signs nothing, so that whoever knows the address can send events. Only a digest is kept; no description,
/// dump or reflection shows even that.
public struct HookSecret: Sendable {
    /// How many characters a secret has: fewer could be guessed, more are no part of an address.
    public static let lengthRange = 16...256

    private let digest: SHA256Digest

    /// Why a text cannot be the secret; it says nothing of the text.
    public enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// There is none.
        case isEmpty
        /// It is shorter than the range allows.
        case isTooShort
        /// It is longer than the range allows.
        case isTooLong
        /// It holds a character that would have to be escaped in an address.
        case hasOtherCharacters

        /// The whole sentence.
        public var description: String {
            let cure = "'openssl rand -hex 24' makes a good one"
            return switch self {
            case .isEmpty: "the secret is empty; \(cure)"
            case .isTooShort: "the secret has fewer than \(lengthRange.lowerBound) characters; \(cure)"
            case .isTooLong: "the secret has more than \(lengthRange.upperBound) characters; \(cure)"
            case .hasOtherCharacters:
                "the secret holds something else than the letters A to Z, digits and '-', '_', '.', '~'; \(cure)"
            }
        }
    }

    /// Takes a secret as it stands in the address.
    ///
    /// Nothing is trimmed: a secret read from a file ends with the file's line feed unless the reader takes it away.
    public init(_ text: String) throws(Problem) {
        guard !text.isEmpty else { throw .isEmpty }
        guard text.utf8.allSatisfy(Self.isPlain) else { throw .hasOtherCharacters }
        guard text.utf8.count >= Self.lengthRange.lowerBound else { throw .isTooShort }
        guard text.utf8.count <= Self.lengthRange.upperBound else { throw .isTooLong }
        digest = SHA256.hash(data: Array(text.utf8))
    }

    /// Whether a text is the secret.
    ///
    /// Digests are compared, and in a time that does not depend on them: how long it takes tells the length of what was
    /// presented, which is known to whoever presented it, and nothing of the secret.
    func matches(_ presented: Substring) -> Bool {
        let bytes = Array(presented.utf8.prefix(Self.lengthRange.upperBound + 1))
        return SHA256.hash(data: bytes) == digest
    }

    /// Whether a byte is one of the unreserved characters of addresses (RFC 3986, 2.3).
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_.~".utf8.contains(byte)
        }
    }
}

extension HookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The same for every secret.
    public var description: String { "(secret)" }

    /// The same for every secret.
    public var debugDescription: String { description }

    /// Shows no member.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
