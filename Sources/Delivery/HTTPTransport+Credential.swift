/// A key that no description, dump or reflection shows.
///
/// Only the transport reads it, to put it into a header.
public struct Credential: Sendable {
    /// The key itself.
    let secret: String

    /// The key as somebody may send it back: as it is, and as JSON writes it.
    private let forms: Set<[UInt8]>

    /// What stands in its place.
    private static let mark = Array("•••".utf8)

    /// Why a text cannot be a key; it says nothing of the text.
    public enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// There is none.
        case isEmpty
        /// It begins or ends with white space, as what was copied or read from a file often does.
        case hasSpacesAround
        /// It holds white space, as `Bearer` and a key do: the key alone is sent.
        case hasSpaces
        /// It holds a control character, such as a line feed.
        case hasControlCharacters
        /// It holds a character outside ASCII, such as a typographic quote or a long dash.
        case isNotASCII

        /// The whole sentence.
        public var description: String {
            switch self {
            case .isEmpty: "the key is empty"
            case .hasSpacesAround: "the key begins or ends with white space"
            case .hasSpaces: "the key holds white space; it is sent alone, without 'Bearer' or any other word before it"
            case .hasControlCharacters: "the key holds a control character"
            case .isNotASCII: "the key holds a character outside ASCII"
            }
        }
    }

    /// Takes a key as it is to be sent.
    ///
    /// Nothing is trimmed: a key read from a file ends with the file's line feed unless the reader takes it away.
    public init(_ secret: String) throws(Problem) {
        guard !secret.isEmpty else { throw .isEmpty }
        if let first = secret.first, let last = secret.last, first.isWhitespace || last.isWhitespace {
            throw .hasSpacesAround
        }
        guard !secret.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { throw .hasControlCharacters }
        guard secret.utf8.allSatisfy({ $0 < 0x80 }) else { throw .isNotASCII }
        guard !secret.contains(where: \.isWhitespace) else { throw .hasSpaces }
        self.secret = secret
        let escaped = secret.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let slashed = escaped.replacing("/", with: "\\/")
        forms = Set([secret, escaped, slashed].map { Array($0.utf8) })
    }

    /// Bytes that came from outside, with the key replaced wherever they repeat it.
    ///
    /// A server may send back what it was sent; whatever is made of its answer must not hold the key. Its form inside JSON
    /// is replaced too.
    ///
    /// - Complexity: O(n·k) in the length of the bytes and of the key.
    package func masked(in bytes: [UInt8]) -> [UInt8] {
        forms.reduce(bytes) { $0.replacing($1, with: Self.mark) }
    }
}

extension Credential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The same for every key.
    public var description: String { "(secret)" }

    /// The same for every key.
    public var debugDescription: String { description }

    /// Shows no member.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension [UInt8] {
    /// The bytes with others in place of some.
    ///
    /// The library's search is generic: looking for the key in short answers took 6% of a run's time, and in one of a megabyte
    /// two seconds, where this takes three milliseconds.
    fileprivate func replacing(_ form: [UInt8], with mark: [UInt8]) -> [UInt8] {
        var rest = self[...]
        var replaced: [UInt8] = []
        while let place = rest.firstIndex(of: form) {
            replaced += rest[..<place] + mark
            rest = rest[(place + form.count)...]
        }
        return replaced.isEmpty ? self : replaced + rest
    }
}

extension ArraySlice<UInt8> {
    fileprivate func firstIndex(of form: [UInt8]) -> Int? {
        guard let first = form.first, count >= form.count else { return nil }
        return (startIndex...(endIndex - form.count)).first { place in
            self[place] == first && self[place..<(place + form.count)].elementsEqual(form)
        }
    }
}
