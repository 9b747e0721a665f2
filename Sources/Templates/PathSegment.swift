/// The segment of a URL's path that is being rendered.
///
/// Values hold no slash once they are encoded, so only the text of the template begins another segment.
struct PathSegment {
    /// A segment that its values have turned into another path.
    struct Refusal {
        /// The last value in the segment, by position among the template's names.
        let name: Int
        /// The rest of a sentence that begins with the value.
        let reason: String
    }

    /// The first bytes of the segment in lower case, as many as tell a dot segment from all others.
    private var beginning: [UInt8] = []

    /// The last name whose value stands in the segment.
    private var name: Int?

    /// Whether a question mark or number sign has ended the path.
    private var isPathOver = false

    /// The longest way to write a dot segment, `%2e%2e`, and a byte that makes it another one.
    private static let beginningBytesMax = 7

    /// Takes text of the template; tells of a segment that ends in it.
    mutating func take(literal: String) -> Refusal? {
        for byte in literal.utf8 where !isPathOver {
            switch byte {
            case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "#"):
                if let refusal = end() { return refusal }
                isPathOver = byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
            default: add(byte)
            }
        }
        return nil
    }

    /// Takes a value that is encoded already.
    mutating func take(value: Substring.UTF8View, of name: Int) {
        guard !isPathOver else { return }
        self.name = name
        for byte in value.prefix(Self.beginningBytesMax) { add(byte) }
    }

    /// Ends the segment; tells whether its values have made it one that means another path.
    mutating func end() -> Refusal? {
        defer {
            beginning = []
            name = nil
        }
        guard let name else { return nil }
        switch String(decoding: beginning, as: UTF8.self) {
        case "": return Refusal(name: name, reason: "would leave a part of the URL's path empty")
        case ".", "%2e": return Refusal(name: name, reason: "would make a part of the URL's path '.'")
        case "..", ".%2e", "%2e.", "%2e%2e":
            return Refusal(name: name, reason: "would make a part of the URL's path '..'")
        default: return nil
        }
    }

    private mutating func add(_ byte: UInt8) {
        guard beginning.count < Self.beginningBytesMax else { return }
        let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        beginning.append(isCapital ? byte | 0x20 : byte)
    }
}
