internal import CICU

/// Leaves accents out of folded texts; ``KeywordOptions`` says what an accent is.
enum AccentFolding {
    /// The folded form of a text without its accents, itself in folded form.
    static func withoutAccents(_ folded: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(folded.count)
        var leftSomethingOut = false
        var baseTakesAccents = false
        var index = 0
        while index < folded.count {
            let (scalar, end) = folded.scalar(at: index)
            defer { index = end }
            guard scalar >= 0x80 else {
                baseTakesAccents = (scalar | 0x20) &- 0x61 < 26
                result.append(UInt8(truncatingIfNeeded: scalar))
                continue
            }
            var parts = Parts(of: scalar)
            while let part = parts.next() {
                if Int(cicu_category_bit(part)) & cicu_category_mark == 0 {
                    baseTakesAccents = takesAccents(part)
                } else if baseTakesAccents, isAccent(part) {
                    leftSomethingOut = true
                    continue
                }
                result.append(scalar: part)
            }
        }
        guard leftSomethingOut else { return folded }
        // What was taken apart and stays, such as a Hangul syllable, is composed again.
        return unsafe result.withUnsafeBufferPointer { unsafe KeywordFolding.folded($0) }
    }

    private static func isAccent(_ mark: UInt32) -> Bool {
        guard Int(cicu_category_bit(mark)) & cicu_category_nonspacing_mark != 0 else { return false }
        // A voiced mark of Kana on a foreign letter makes a neighbour that does not count; leaving it out would lose that.
        guard !ScalarClass(of: mark).contains(.spaceless) else { return false }
        return cicu_is_diacritic(mark) || (10...36).contains(cicu_combining_class(mark))
    }

    private static func takesAccents(_ base: UInt32) -> Bool {
        let script = cicu_script(base)
        return cicu_is_cased_script(script) || pointedScripts.contains(script)
    }

    /// The scripts whose vowels are points that people leave out.
    private static let pointedScripts = [cicu_script_arabic, cicu_script_hebrew, cicu_script_syriac].map { Int32($0) }

    /// The canonical decomposition of a scalar: itself when it has none.
    private struct Parts {
        private var scalars = SIMD4<UInt32>()
        private var count: Int
        private var place = 0

        init(of scalar: UInt32) {
            var buffer: (UInt32, UInt32, UInt32, UInt32) = (scalar, 0, 0, 0)
            let length = unsafe withUnsafeMutableBytes(of: &buffer) { bytes in
                unsafe cicu_canonical_decomposition(scalar, bytes.assumingMemoryBound(to: UInt32.self).baseAddress, 4)
            }
            scalars = SIMD4(buffer.0, buffer.1, buffer.2, buffer.3)
            count = max(1, Int(length))
        }

        mutating func next() -> UInt32? {
            guard place < count else { return nil }
            defer { place += 1 }
            return scalars[place]
        }
    }
}
