/// How the runs of ASCII letters and digits in a text begin, end and follow one another, in 256 bits.
///
/// Pairs share bits, as those of ``BigramSet`` do, so the answer is "cannot" or "may".
struct JunctionSet: Hashable, Sendable {
    private var bits = SIMD4<UInt64>()

    /// Adds that a letter or digit comes next behind another, with something else between them.
    mutating func insert(_ junction: TextJunction) {
        insert(Self.place(junction.left, junction.right))
    }

    /// Adds the ends of a literal at which nothing else of a word stands.
    mutating func insertEnds(of literal: TextLiteral) {
        if literal.freeEnds.contains(.left), literal.bytes[0].isASCIIWordPart {
            insert(Self.place(0, literal.bytes[0]))
        }
        let last = literal.bytes[literal.bytes.count - 1]
        if literal.freeEnds.contains(.right), last.isASCIIWordPart { insert(Self.place(last, 0)) }
    }

    /// Adds those of a text, in which capitals count as small letters.
    mutating func insert(_ text: UnsafeBufferPointer<UInt8>) {
        unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 4) { words in
            for place in 0..<4 { unsafe words.initializeElement(at: place, to: bits[place]) }
            var before: UInt8 = 0
            var isInRun = false
            for index in 0...text.count {
                let byte = unsafe index < text.count ? text[index].lowercased : 0
                let isPart = byte.isASCIIWordPart
                if isPart, !isInRun {
                    let (begin, junction) = (Self.place(0, byte), Self.place(before, byte))
                    unsafe words[begin >> 6] |= 1 << UInt64(begin & 63)
                    unsafe words[junction >> 6] |= 1 << UInt64(junction & 63)
                } else if !isPart, isInRun {
                    let end = Self.place(before, 0)
                    unsafe words[end >> 6] |= 1 << UInt64(end & 63)
                }
                if isPart { before = byte }
                isInRun = isPart
            }
            bits = unsafe SIMD4(words[0], words[1], words[2], words[3])
        }
    }

    /// Whether everything in another set is in this one.
    func contains(_ other: JunctionSet) -> Bool {
        bits & other.bits == other.bits
    }

    private mutating func insert(_ place: Int) {
        bits[place >> 6] |= 1 << UInt64(place & 63)
    }

    private static func place(_ left: UInt8, _ right: UInt8) -> Int {
        Int((left &* 31) ^ right)
    }
}
