/// Finds a word among few by its UTF-8 bytes, without making a `String` of them.
///
/// A hash table over the words' lengths, first and last bytes, which is all that most words consist of: a key is looked
/// up without a call of `memcmp` unless it is longer than ``Outline/bytesMax``.
struct WordTable<Word: Sendable>: Sendable {
    /// The words in the order in which they were given.
    let words: [Word]

    // The spellings one behind the other.
    private let bytes: [UInt8]
    private let slots: [Slot?]

    /// Creates the table of words that are spelled differently.
    init(_ spelled: [(spelling: String, word: Word)]) {
        words = spelled.map(\.word)
        var size = 16
        while size < spelled.count * 2 { size *= 2 }
        var bytes: [UInt8] = []
        var slots = [Slot?](repeating: nil, count: size)
        for (position, spelled) in spelled.enumerated() {
            let spelling = Array(spelled.spelling.utf8)
            let outline = unsafe spelling.withUnsafeBytes { unsafe Outline($0) }
            var place = outline.hash & (size - 1)
            while slots[place] != nil { place = (place + 1) & (size - 1) }
            slots[place] = Slot(outline: outline, start: UInt32(bytes.count), position: UInt32(position))
            bytes += spelling
        }
        self.bytes = bytes
        self.slots = slots
    }

    /// The word that is spelled so.
    subscript(spelling: UnsafeRawBufferPointer) -> Word? {
        unsafe position(of: spelling).map { words[$0] }
    }

    /// The position of the word that is spelled so.
    @inline(__always)
    func position(of spelling: UnsafeRawBufferPointer) -> Int? {
        let outline = unsafe Outline(spelling)
        var place = outline.hash & (slots.count - 1)
        while let slot = slots[place] {
            if slot.outline == outline,
                unsafe outline.count <= Outline.bytesMax || isSpelled(spelling, at: Int(slot.start))
            {
                return Int(slot.position)
            }
            place = (place + 1) & (slots.count - 1)
        }
        return nil
    }

    private func isSpelled(_ spelling: UnsafeRawBufferPointer, at start: Int) -> Bool {
        unsafe bytes.withUnsafeBytes {
            unsafe UnsafeRawBufferPointer(rebasing: $0[start..<(start + spelling.count)]).isSame(as: spelling)
        }
    }
}

/// Where a word of a table may be found.
private struct Slot {
    let outline: Outline
    let start: UInt32
    let position: UInt32
}

/// What tells most spellings apart: the length, the first and the last eight bytes.
private struct Outline: Equatable {
    /// Up to so many bytes there is nothing between the first and the last ones.
    static let bytesMax = 16

    let count: Int
    private let first: UInt64
    private let last: UInt64

    @inline(__always)
    init(_ spelling: UnsafeRawBufferPointer) {
        count = spelling.count
        if count >= 8 {
            first = unsafe spelling.loadUnaligned(as: UInt64.self)
            last = unsafe spelling.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        } else if count >= 4 {
            first = unsafe UInt64(spelling.loadUnaligned(as: UInt32.self))
            last = unsafe UInt64(spelling.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        } else if count > 0 {
            first = unsafe UInt64(spelling[0])
            last = unsafe UInt64(spelling[count / 2]) << 8 | UInt64(spelling[count - 1])
        } else {
            (first, last) = (0, 0)
        }
    }

    @inline(__always)
    var hash: Int {
        let mixed = first &* 0x9E37_79B9_7F4A_7C15 ^ last &* 0xC2B2_AE3D_27D4_EB4F
        return Int(truncatingIfNeeded: mixed >> 40) &+ count
    }
}
