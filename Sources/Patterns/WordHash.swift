/// Hashes of the words in a words form, and of runs of them.
enum WordHash {
    /// So many bytes behind a words form are read, whatever they are.
    static let slack = 8

    /// A run of more words is told by as many.
    static let wordsMax = 4

    /// The hashes of the runs that end with the last word, by how many words they have.
    struct Run {
        private(set) var one: UInt64 = 0
        private(set) var two: UInt64 = 0
        private(set) var three: UInt64 = 0
        private(set) var four: UInt64 = 0

        /// Goes on to the next word.
        @inline(__always)
        mutating func append(_ word: UInt64) {
            four = mixed(three, word)
            three = mixed(two, word)
            two = mixed(one, word)
            one = mixed(1, word)
        }
    }

    /// Gives `body` the hash of each word, in order.
    @inline(__always)
    static func visit(_ words: UnsafeBufferPointer<UInt8>, _ body: (UInt64) -> Void) {
        let bytes = unsafe UnsafeRawPointer(words.baseAddress)
        var index = 1
        var hash: UInt64 = 0
        while index < words.count, let bytes = unsafe bytes {
            let eight = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            // The lowest byte that is a space has its high bit set, as perhaps have some above it.
            let other = eight ^ 0x2020_2020_2020_2020
            let spaces = (other &- 0x0101_0101_0101_0101) & ~other & 0x8080_8080_8080_8080
            guard spaces != 0 else {
                hash = mixed(hash, eight)
                index += 8
                continue
            }
            let bits = UInt64(spaces.trailingZeroBitCount & ~7)
            body(mixed(hash, eight & ((1 << bits) - 1)))
            hash = 0
            index += Int(bits >> 3) + 1
        }
    }

    /// The hash of the words of a literal, or the first of them; `nil` unless they are whole words.
    static func hash(ofWholeWords literal: [UInt8]) -> UInt64? {
        let space = UInt8(ascii: " ")
        guard literal.count > 2, literal.first == space, literal.last == space else { return nil }
        var hash: UInt64 = 1
        var count = 0
        let padded = literal + [UInt8](repeating: space, count: slack)
        unsafe padded.withUnsafeBufferPointer { padded in
            unsafe visit(UnsafeBufferPointer(rebasing: padded[..<literal.count])) { word in
                count += 1
                if count <= wordsMax { hash = mixed(hash, word) }
            }
        }
        return hash
    }

    @inline(__always)
    private static func mixed(_ hash: UInt64, _ next: UInt64) -> UInt64 {
        let product = (hash ^ next) &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 29
    }
}
