/// Phrases of whole words, found in the words form of a text by the hashes of its words.
///
/// Most keywords are one to three whole words. To look up each word of a text and what it makes with the words before it costs
/// a third of a literal search for ten thousand of them, and building the table a fiftieth. Phrases with the same hash are one
/// here: then a text may meet the requirements of both.
@safe
final class PhraseTable {
    /// The alternatives that a phrase decides, by the number of the phrase.
    let alternatives: PackedLists<LiteralPlan.Alternative>

    /// The bits of the forms that are searched.
    let forms: UInt8

    /// A bit for each hash that a phrase may have, small enough for the nearest cache: most words are in no phrase.
    private let filter: UnsafeMutableBufferPointer<UInt64>
    private let filterShift: UInt64

    /// The phrases by their hashes, each in the first free place from that of its hash on.
    private let slots: UnsafeMutableBufferPointer<Slot>
    private let slotShift: UInt64

    private struct Slot {
        let hash: UInt64

        /// The number of the phrase; negative for none.
        let phrase: Int32
    }

    /// Puts the phrases of a table in order; `nil` when there are none.
    init?(_ table: LiteralPlan.Table<UInt64>) {
        guard !table.keys.isEmpty else { return nil }
        alternatives = PackedLists(table.alternatives, count: table.keys.count)
        forms = table.forms
        let bits = UInt64(Int.bitWidth - table.keys.count.leadingZeroBitCount)
        // At least eight bits for each phrase, and no more than half of the slots taken.
        filterShift = 64 - min(Self.filterBitsMax, max(6, bits + 3))
        slotShift = 64 - (bits + 1)
        unsafe filter = .allocate(capacity: 1 << Int(64 - filterShift - 6))
        unsafe filter.initialize(repeating: 0)
        unsafe slots = .allocate(capacity: 1 << Int(64 - slotShift))
        unsafe slots.initialize(repeating: Slot(hash: 0, phrase: -1))
        for (number, hash) in table.keys.enumerated() {
            let place = hash >> filterShift
            unsafe filter[Int(place >> 6)] |= 1 << (place & 63)
            var slot = Int(hash >> slotShift)
            while unsafe slots[slot].phrase >= 0 { slot = unsafe (slot + 1) & (slots.count - 1) }
            unsafe slots[slot] = Slot(hash: hash, phrase: Int32(number))
        }
    }

    /// The filter grows no further than to 512 KiB.
    private static let filterBitsMax: UInt64 = 22

    deinit {
        unsafe filter.deallocate()
        unsafe slots.deallocate()
    }

    /// Gives `body` the numbers of the phrases that stand in a text.
    ///
    /// `words` is the words form of the text, with ``WordHash/slack`` bytes more that can be read.
    @inline(__always)
    func visit(_ words: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Void) {
        var hashes = WordHash.Run()
        unsafe WordHash.visit(words) { word in
            hashes.append(word)
            visit(hashes.one, body)
            visit(hashes.two, body)
            visit(hashes.three, body)
            visit(hashes.four, body)
        }
    }

    @inline(__always)
    private func visit(_ hash: UInt64, _ body: (Int) -> Void) {
        let place = hash >> filterShift
        guard unsafe filter[Int(place >> 6)] & 1 << (place & 63) != 0 else { return }
        var slot = Int(hash >> slotShift)
        while true {
            let found = unsafe slots[slot]
            guard found.phrase >= 0 else { return }
            if found.hash == hash { return body(Int(found.phrase)) }
            slot = unsafe (slot + 1) & (slots.count - 1)
        }
    }
}

// Nothing writes to the memory after the initialiser.
extension PhraseTable: @unchecked Sendable {}
