/// Finds every occurrence of some bytes, overlapping ones included, in time linear in the text.
///
/// Knuth, Morris and Pratt's search: it never goes back in the text, so no text and no needle make it slow. `memmem` gives
/// that promise on some systems only.
struct ByteSearch: Hashable, Sendable {
    /// What is searched for; never empty.
    let needle: [UInt8]

    /// For every number of bytes matched, how many still match when the next one does not.
    private let fallback: [Int32]

    /// How far a search has come.
    struct Cursor {
        fileprivate var index: Int
        fileprivate var matched = 0

        /// Begins a search at an index of the text.
        init(at index: Int = 0) {
            self.index = index
        }
    }

    init(_ needle: [UInt8]) {
        precondition(!needle.isEmpty, "a search needs something to search for")
        self.needle = needle
        var fallback = [Int32](repeating: 0, count: needle.count + 1)
        var matched = 0
        for index in 1..<max(1, needle.count) {
            while matched > 0, needle[index] != needle[matched] { matched = Int(fallback[matched]) }
            if needle[index] == needle[matched] { matched += 1 }
            fallback[index + 1] = Int32(matched)
        }
        self.fallback = fallback
    }

    /// Where the next occurrence ends.
    func nextEnd(in text: [UInt8], _ cursor: inout Cursor) -> Int? {
        unsafe text.withUnsafeBufferPointer { text in
            let first = needle[0]
            var index = cursor.index
            var matched = cursor.matched
            defer {
                cursor.index = index
                cursor.matched = matched
            }
            while index < text.count {
                let byte = unsafe text[index]
                index += 1
                if matched == 0, byte != first { continue }
                while matched > 0, byte != needle[matched] { matched = Int(fallback[matched]) }
                if byte == needle[matched] { matched += 1 }
                if matched == needle.count {
                    matched = Int(fallback[matched])
                    return index
                }
            }
            return nil
        }
    }
}
