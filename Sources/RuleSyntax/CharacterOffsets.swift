/// Turns libyaml's positions, which count Unicode scalars, into byte offsets.
struct CharacterOffsets {
    private let bytes: [UInt8]
    private let start: Int
    private let checkpoints: [Int]
    private let isASCII: Bool

    /// A byte offset is kept for every so many characters; between two of them the bytes are walked.
    private static let stride = 256

    /// Counts the characters behind a byte offset, such as that behind a byte order mark.
    ///
    /// - Complexity: O(n) in the number of bytes.
    init(_ bytes: [UInt8], from start: Int) {
        self.bytes = bytes
        self.start = start
        isASCII = bytes[start...].allSatisfy { $0 < 0x80 }
        var checkpoints: [Int] = []
        if !isASCII {
            var character = 0
            for offset in bytes.indices[start...] where bytes[offset] & 0xC0 != 0x80 {
                if character.isMultiple(of: Self.stride) { checkpoints.append(offset) }
                character += 1
            }
        }
        self.checkpoints = checkpoints
    }

    /// The byte at which a character begins; the end of the text for one that is not there.
    func byteOffset(ofCharacter index: Int) -> Int {
        guard !isASCII else { return min(start + index, bytes.count) }
        let checkpoint = index / Self.stride
        guard checkpoint < checkpoints.count else { return bytes.count }
        var offset = checkpoints[checkpoint]
        for _ in 0..<index % Self.stride where offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
        }
        return offset
    }
}

extension [UInt8] {
    /// Where the first byte stands that is not part of well-formed UTF-8.
    package var firstInvalidUTF8Offset: Int? {
        guard !utf8IsValid else { return nil }
        var iterator = makeIterator()
        var decoder = UTF8()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput, .error: return Swift.min(offset, count - 1)
            }
        }
    }

    private var utf8IsValid: Bool { String(validating: self, as: UTF8.self) != nil }
}
