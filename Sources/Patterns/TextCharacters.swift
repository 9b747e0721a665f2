internal import Synchronization

/// A set of ASCII characters, with all others counted as one.
public struct TextCharacters: Hashable, Sendable {
    /// A bit for each ASCII character.
    var ascii: UInt128 = 0

    /// Whether characters beyond ASCII are in the set: all of them or none.
    var hasOthers = false

    /// Whether the sets have something in common.
    @inline(__always)
    func meets(_ other: TextCharacters) -> Bool {
        ascii & other.ascii != 0 || hasOthers && other.hasOthers
    }

    /// Adds a byte of a text in UTF-8.
    @inline(__always)
    mutating func insert(_ byte: UInt8) {
        if byte < 0x80 { ascii |= 1 << UInt128(byte) } else { hasOthers = true }
    }
}

extension TextCharacters {
    /// The characters that a text in UTF-8 has.
    init(in text: UnsafeBufferPointer<UInt8>) {
        // In four words on the stack: each step into a number of 128 bits would wait for the one before.
        unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 4) { words in
            unsafe words.initialize(repeating: 0)
            for index in 0..<text.count {
                let byte = unsafe text[index]
                unsafe words[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
            }
            ascii = unsafe UInt128(words[1]) << 64 | UInt128(words[0])
            hasOthers = unsafe words[2] | words[3] != 0
        }
    }

    /// The characters of which the case folding is, or begins with, an ASCII byte.
    init(foldedTo byte: UInt8) {
        insert(byte)
        guard (byte | 0x20) &- UInt8(ascii: "a") < 26 else { return }
        insert(byte & ~0x20)
        // The Kelvin sign folds to a letter of ASCII, and so do others.
        hasOthers = true
    }

    /// The characters that a class or escape of a regex matches; `nil` when that cannot be asked.
    ///
    /// PCRE2 itself is asked about those of ASCII, so nothing is known twice; the answers are kept, since most classes come again
    /// and again. All others are taken for members.
    static func matched(by source: String) -> TextCharacters? {
        answers.withLock { known in
            if let answer = known[source] { return answer }
            guard known.count < answersMax, let pattern = try? Pattern(source, options: [], usingJIT: false) else {
                return nil
            }
            let answer = asked(of: pattern)
            known[source] = answer
            return answer
        }
    }

    private static func asked(of pattern: Pattern) -> TextCharacters {
        var members = TextCharacters(hasOthers: true)
        let scratch = MatchScratch()
        for byte in 0..<UInt8(0x80) {
            let result = unsafe withUnsafePointer(to: byte) { byte in
                unsafe pattern.matches(UnsafeBufferPointer(start: byte, count: 1), scratch: scratch)
            }
            if result != .noMatch { members.insert(byte) }
        }
        return members
    }

    private static let answers = Mutex<[String: TextCharacters]>([:])

    /// So many different classes are remembered.
    private static let answersMax = 4_096
}
