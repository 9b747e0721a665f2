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

    /// Adds the pairs of a run of bytes.
    mutating func insert(_ bytes: some Collection<UInt8>) {
        guard var last = bytes.first else { return }
        for byte in bytes.dropFirst() {
            let place = Int((last &* 31) ^ byte)
            bits[place >> 6] |= 1 << UInt64(place & 63)
            last = byte
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
