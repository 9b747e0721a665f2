/// Which pairs of neighbouring bytes a text has, in 256 bits.
///
/// A text that lacks a pair of a word cannot hold the word. Asking that first makes a keyword that is not in the text, as most
/// are not, cost a few nanoseconds instead of a search. Pairs share bits, so the answer is "cannot" or "may".
struct BigramSet: Hashable, Sendable {
    private var bits = SIMD4<UInt64>()

    /// The set of no pairs.
    init() {}

    /// The pairs of a run of bytes.
    init(_ bytes: some Collection<UInt8>) {
        insert(bytes)
    }

    /// The pairs of a text that has been folded.
    init(folded bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { unsafe insertLowercased($0) }
    }

    /// Adds the pairs of a run of bytes.
    mutating func insert(_ bytes: some Collection<UInt8>) {
        guard var last = bytes.first else { return }
        for byte in bytes.dropFirst() {
            let place = Int((last &* 31) ^ byte)
            bits[place >> 6] |= 1 << UInt64(place & 63)
            last = byte
        }
    }

    /// Adds the pairs of a run of bytes in which capitals of ASCII count as small letters.
    mutating func insertLowercased(_ bytes: UnsafeBufferPointer<UInt8>) {
        // In four words on the stack: each step into a vector would wait for the one before.
        unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 4) { words in
            for place in 0..<4 { unsafe words.initializeElement(at: place, to: bits[place]) }
            guard !bytes.isEmpty else { return }
            var last = unsafe bytes[0].lowercased
            for index in 1..<max(1, bytes.count) {
                let byte = unsafe bytes[index].lowercased
                let place = Int((last &* 31) ^ byte)
                unsafe words[place >> 6] |= 1 << UInt64(place & 63)
                last = byte
            }
            bits = unsafe SIMD4(words[0], words[1], words[2], words[3])
        }
    }

    /// Whether every pair of another set is in this one.
    func contains(_ other: BigramSet) -> Bool {
        bits & other.bits == other.bits
    }

    /// Whether no more than a number of the pairs of another set are missing in this one.
    func lacksAtMost(_ count: Int, of other: BigramSet) -> Bool {
        let missing = other.bits & ~bits
        var lacking = 0
        for index in 0..<4 { lacking += missing[index].nonzeroBitCount }
        return lacking <= count
    }
}

extension UInt8 {
    /// The small letter of a capital of ASCII, and every other byte itself.
    @inline(__always)
    var lowercased: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
}
