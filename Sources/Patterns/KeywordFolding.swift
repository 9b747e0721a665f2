internal import CICU

/// Folds texts that are not plain ASCII into the form in which keywords are compared.
enum KeywordFolding {
    /// How many scalars without a normalisation boundary between them ICU is given at once.
    ///
    /// ICU sorts combining marks by insertion, in quadratic time: a megabyte of marks would take minutes. Unicode's own
    /// stream-safe format (UAX #15) breaks such runs at 30; no writing system comes near either number.
    static let marksInARunMax = 256

    /// A text of no more bytes than this cannot hold too long a run, so that it needs no search for one: a scalar without
    /// a boundary before it takes at least two bytes.
    static let bytesWithoutLongRuns = 2 * marksInARunMax

    /// Longer texts are normalised in pieces of about this size, so that ICU's 32-bit lengths are never an issue.
    static let pieceBytes = 1 << 16

    /// Folds valid UTF-8.
    static func folded(_ utf8: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var found: ScalarClass = []
        var index = 0
        while index < utf8.count {
            // What is ignored, or replaced before NFKC, is beyond ASCII.
            if unsafe utf8[index] < 0x80 {
                index += 1
            } else {
                let (scalar, end) = unsafe utf8.scalar(at: index)
                found = ScalarClass(rawValue: found.rawValue | ScalarClass(of: scalar).rawValue)
                index = end
            }
        }
        var result: [UInt8]
        if !found.contains(.ignored), !found.contains(.replacedEarly) {
            result = unsafe normalized(utf8, decomposingFirst: found.contains(.iotaBelow))
        } else {
            let prepared = unsafe prepared(utf8)
            result = unsafe prepared.withUnsafeBufferPointer { utf8 in
                unsafe normalized(utf8, decomposingFirst: found.contains(.iotaBelow))
            }
        }
        replace(in: &result)
        return result
    }

    /// Leaves out what is ignored and replaces what NFKC would take apart.
    ///
    /// NFKC_Casefold leaves out the default-ignorable characters itself; taking the format characters with them before
    /// lets new neighbours compose without a second pass, and keeps invisible characters from making runs long.
    private static func prepared(_ utf8: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(utf8.count)
        var keptFrom = 0
        var index = 0
        while index < utf8.count {
            let (scalar, end) = unsafe utf8.scalar(at: index)
            let scalarClass = ScalarClass(of: scalar)
            if scalarClass.contains(.ignored) || scalarClass.contains(.replacedEarly) {
                unsafe result.append(contentsOf: utf8[keptFrom..<index])
                keptFrom = end
                if scalarClass.contains(.replacedEarly) { result.append(UInt8(ascii: "'")) }
            }
            index = end
        }
        unsafe result.append(contentsOf: utf8[keptFrom...])
        return result
    }

    /// The NFKC_Casefold form.
    ///
    /// An iota below is a mark that case folding turns into a letter; marks written after it would move to that letter.
    /// The standard's identifier caseless match (D147) therefore decomposes first. Nothing else needs it.
    private static func normalized(_ utf8: UnsafeBufferPointer<UInt8>, decomposingFirst: Bool) -> [UInt8] {
        guard utf8.count > bytesWithoutLongRuns else {
            return unsafe normalizedPiece(utf8, decomposingFirst: decomposingFirst)
        }
        var result: [UInt8] = []
        result.reserveCapacity(utf8.count + utf8.count / 8)
        var pieceStart = 0
        var run = 0
        var index = 0
        while index < utf8.count {
            let (scalar, end) = unsafe utf8.scalar(at: index)
            let atBoundary = hasBoundaryBefore(scalar)
            if run == marksInARunMax || (atBoundary && index - pieceStart >= pieceBytes) {
                let piece = unsafe UnsafeBufferPointer(rebasing: utf8[pieceStart..<index])
                unsafe result.append(contentsOf: normalizedPiece(piece, decomposingFirst: decomposingFirst))
                pieceStart = index
                run = 0
            }
            run = atBoundary ? 1 : run + 1
            index = end
        }
        let piece = unsafe UnsafeBufferPointer(rebasing: utf8[pieceStart...])
        unsafe result.append(contentsOf: normalizedPiece(piece, decomposingFirst: decomposingFirst))
        return result
    }

    /// Whether nothing before this scalar can change what becomes of it.
    private static func hasBoundaryBefore(_ scalar: UInt32) -> Bool {
        // The iota below becomes a letter, but in the decomposed form it moves among the marks.
        scalar < 0x80 || (scalar != 0x345 && cicu_has_nfkc_casefold_boundary_before(scalar))
    }

    private static func normalizedPiece(_ utf8: UnsafeBufferPointer<UInt8>, decomposingFirst: Bool) -> [UInt8] {
        guard decomposingFirst else { return unsafe ICUConversion.converted(utf8, by: cicu_nfkc_casefold) }
        let decomposed = unsafe ICUConversion.converted(utf8, by: cicu_nfd)
        return unsafe decomposed.withUnsafeBufferPointer { utf8 in
            unsafe ICUConversion.converted(utf8, by: cicu_nfkc_casefold)
        }
    }

    /// Replaces digits, apostrophes and hyphens by their ASCII forms, in place: no replacement is longer.
    private static func replace(in bytes: inout [UInt8]) {
        let count = unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            var write = 0
            var index = 0
            while index < bytes.count {
                let (scalar, end) = unsafe bytes.scalar(at: index)
                if ScalarClass(of: scalar).contains(.replaced) {
                    unsafe bytes[write] = ScalarReplacement.ascii(for: scalar)
                    write += 1
                    index = end
                }
                while index < end {
                    unsafe bytes[write] = unsafe bytes[index]
                    write += 1
                    index += 1
                }
            }
            return write
        }
        bytes.removeLast(bytes.count - count)
    }
}
