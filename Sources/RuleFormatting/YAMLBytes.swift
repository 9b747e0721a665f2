extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")
    static let hash = UInt8(ascii: "#")

    /// Whether the byte separates tokens on a line.
    var isBlank: Bool { self == .space || self == UInt8(ascii: "\t") }

    /// Whether the byte can be part of an anchor's name, as libyaml reads them.
    var isAnchorByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension [UInt8] {
    /// How many bytes the line break at an offset has; 0 where there is none.
    ///
    /// libyaml also ends lines, and with them comments, at NEL, LS and PS.
    func breakLength(at offset: Int) -> Int {
        switch self[offset] {
        case .lineFeed, UInt8(ascii: "\r"): 1
        case 0xC2: offset + 1 < count && self[offset + 1] == 0x85 ? 2 : 0
        case 0xE2:
            offset + 2 < count && self[offset + 1] == 0x80 && (self[offset + 2] == 0xA8 || self[offset + 2] == 0xA9)
                ? 3 : 0
        default: 0
        }
    }

    /// The end of the line that holds an offset, without its line break.
    func lineEnd(from offset: Int) -> Int {
        var end = offset
        while end < count, breakLength(at: end) == 0 { end += 1 }
        return end
    }

    /// The byte distance of an offset from the start of its line.
    func column(of offset: Int) -> Int {
        var start = offset
        while start > 0 {
            if self[start - 1] == .lineFeed { break }
            if start > 1, breakLength(at: start - 2) == 2 { break }
            if start > 2, breakLength(at: start - 3) == 3 { break }
            start -= 1
        }
        return offset - start
    }

    /// A range without the blanks at its end.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound, self[end - 1].isBlank { end -= 1 }
        return range.lowerBound..<end
    }

    /// The end of an anchor or alias that begins at an offset.
    func anchorEnd(from offset: Int) -> Int {
        var end = offset + 1
        while end < count, self[end].isAnchorByte { end += 1 }
        return end
    }

    /// The text with line feeds for all line ends that a carriage return is part of, and without a byte order mark.
    ///
    /// YAML reads all of them as line feeds, within scalars too.
    func withPlainLineEnds() -> [UInt8] {
        let text = starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self[...]
        guard text.contains(UInt8(ascii: "\r")) else { return Array(text) }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var isBehindReturn = false
        for byte in text {
            if byte == UInt8(ascii: "\r") {
                result.append(.lineFeed)
            } else if byte != .lineFeed || !isBehindReturn {
                result.append(byte)
            }
            isBehindReturn = byte == UInt8(ascii: "\r")
        }
        return result
    }
}
