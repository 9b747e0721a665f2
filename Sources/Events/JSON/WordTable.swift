/// Finds a word among few by its UTF-8 bytes, without making a `String` of them.
///
/// A hash table over the words' length, first and last byte.
struct WordTable<Word: Sendable>: Sendable {
    /// How many words there may be: a slot is a byte.
    private static var countMax: Int { 255 }

    /// The words in the order in which they were given.
    let words: [Word]

    // The spellings one behind the other, and where each begins; the last ends where one more would begin.
    private let bytes: [UInt8]
    private let starts: [UInt16]
    // The position of a word and one, or 0.
    private let slots: [UInt8]

    /// Creates the table of words that are spelled differently.
    init(_ spelled: [(spelling: String, word: Word)]) {
        precondition(spelled.count <= Self.countMax, "too many words for a table")
        words = spelled.map(\.word)
        var size = 16
        while size < spelled.count * 4 { size *= 2 }
        var bytes: [UInt8] = []
        var starts: [UInt16] = [0]
        var slots = [UInt8](repeating: 0, count: size)
        for (position, spelled) in spelled.enumerated() {
            let spelling = Array(spelled.spelling.utf8)
            var place = unsafe spelling.withUnsafeBytes { unsafe Self.hash($0) } & (size - 1)
            while slots[place] != 0 { place = (place + 1) & (size - 1) }
            slots[place] = UInt8(position + 1)
            bytes += spelling
            starts.append(UInt16(bytes.count))
        }
        self.bytes = bytes
        self.starts = starts
        self.slots = slots
    }

    /// The word that is spelled so.
    subscript(spelling: UnsafeRawBufferPointer) -> Word? {
        unsafe position(of: spelling).map { words[$0] }
    }

    /// The position of the word that is spelled so.
    @inline(__always)
    func position(of spelling: UnsafeRawBufferPointer) -> Int? {
        var place = unsafe Self.hash(spelling) & (slots.count - 1)
        while slots[place] != 0 {
            let position = Int(slots[place]) - 1
            let (start, end) = (Int(starts[position]), Int(starts[position + 1]))
            // Comparing the lengths first leaves one comparison of bytes for most keys, and none for unknown ones.
            if end - start == spelling.count {
                let isSame = unsafe bytes.withUnsafeBytes {
                    unsafe UnsafeRawBufferPointer(rebasing: $0[start..<end]).isSame(as: spelling)
                }
                if isSame { return position }
            }
            place = (place + 1) & (slots.count - 1)
        }
        return nil
    }

    @inline(__always)
    private static func hash(_ spelling: UnsafeRawBufferPointer) -> Int {
        guard unsafe !spelling.isEmpty else { return 0 }
        return unsafe spelling.count &* 37 &+ Int(spelling[0]) &* 11 &+ Int(spelling[spelling.count - 1])
    }
}
