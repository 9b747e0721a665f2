public import Diagnostics

extension YAMLNode {
    /// The place in the file of a byte of a scalar's text.
    ///
    /// So that a caret can stand below the very character of a regex that PCRE2 objects to, however the scalar is quoted,
    /// escaped or folded.
    ///
    /// - Returns: An empty span at the end of the scalar for an offset at its end; the whole scalar where the place cannot be told.
    /// - Complexity: O(n) in the length of the scalar.
    public func span(ofTextOffset offset: Int) -> Span {
        guard let scalar else { return span }
        let text = Array(scalar.text.utf8)
        var walk = ScalarWalk(source: span.file.bytes, range: span.bytes, style: scalar.style, text: text)
        guard offset <= text.count, let place = walk.advance(through: text, upTo: offset) else { return span }
        return Span(span.file, place)
    }
}

/// Walks a scalar's source and its text side by side.
private struct ScalarWalk {
    let source: [UInt8]
    let end: Int
    let style: YAMLScalar.Style
    /// How many spaces at the start of each line of a block belong to the file and not to the text.
    let indentation: Int
    var position: Int

    init(source: [UInt8], range: Range<Int>, style: YAMLScalar.Style, text: [UInt8]) {
        self.source = source
        self.style = style
        var start = range.lowerBound
        var end = range.upperBound
        switch style {
        case .plain: break
        case .singleQuoted, .doubleQuoted:
            start += 1
            end -= 1
        case .literal, .folded:
            // The header (`|2-`) ends with its line.
            while start < end, source[start] != UInt8(ascii: "\n") { start += 1 }
            start = min(start + 1, end)
        }
        self.end = max(start, end)
        position = start
        if style.isBlock {
            indentation = max(0, source[start..<self.end].spacesBeforeFirstWord - text[...].spacesBeforeFirstWord)
            skipIndentation()
        } else {
            indentation = 0
        }
    }

    /// The source of the text's byte at `offset`, or `nil` where the two cannot be matched.
    mutating func advance(through text: [UInt8], upTo offset: Int) -> Range<Int>? {
        var index = 0
        while index < text.count {
            guard let step = step(at: text[index], followedBy: text[index...]) else { return nil }
            if offset < index + step.textBytes { return step.source }
            index += step.textBytes
        }
        return min(position, end)..<min(position, end)
    }

    /// A stretch of the source and how much text it stands for, which may be nothing.
    private struct Step {
        var textBytes: Int
        var source: Range<Int>
    }

    private mutating func step(at byte: UInt8, followedBy rest: ArraySlice<UInt8>) -> Step? {
        guard position < end else { return nil }
        let start = position
        if isLineBreakAhead {
            return style.isBlock ? blockLineBreak(byte, followedBy: rest, from: start) : foldedLineBreak(from: start)
        }
        switch (style, source[position]) {
        case (.singleQuoted, UInt8(ascii: "'")):
            position += 2
            return Step(textBytes: 1, source: start..<position)
        case (.doubleQuoted, UInt8(ascii: "\\")): return escape(from: start)
        default:
            guard source[position] == byte else { return nil }
            position += 1
            while position < end, source[position] & 0xC0 == 0x80 { position += 1 }
            return Step(textBytes: position - start, source: start..<position)
        }
    }

    /// Whether the line ends here; outside blocks the white space before its end is folded away with it.
    private var isLineBreakAhead: Bool {
        var ahead = position
        if !style.isBlock { while ahead < end, source[ahead].isBlank { ahead += 1 } }
        return ahead < end && source[ahead].isBreak
    }

    /// In a literal block a line break is a line feed; in a folded one a run of them is a space or line feeds, as the lines
    /// around it decide and the text shows.
    private mutating func blockLineBreak(
        _ byte: UInt8,
        followedBy rest: ArraySlice<UInt8>,
        from start: Int
    ) -> Step? {
        skipLineBreak()
        skipIndentation()
        guard style == .folded else {
            guard byte == UInt8(ascii: "\n") else { return nil }
            return Step(textBytes: 1, source: start..<start + 1)
        }
        while position < end, source[position].isBreak {
            skipLineBreak()
            skipIndentation()
        }
        let feeds = rest.prefix { $0 == UInt8(ascii: "\n") }.count
        let folded = feeds > 0 ? feeds : byte == UInt8(ascii: " ") ? 1 : 0
        return folded > 0 ? Step(textBytes: folded, source: start..<start + 1) : nil
    }

    /// In quotes and plain text one line break is a space, and of several all but the first are line feeds.
    private mutating func foldedLineBreak(from start: Int) -> Step {
        let breaks = skipBlanksAndLineBreaks()
        return Step(textBytes: max(1, breaks - 1), source: start..<start + 1)
    }

    /// Passes over white space of any kind and counts the line breaks in it.
    private mutating func skipBlanksAndLineBreaks() -> Int {
        var breaks = 0
        while position < end {
            if source[position].isBreak {
                skipLineBreak()
                breaks += 1
            } else if source[position].isBlank {
                position += 1
            } else {
                break
            }
        }
        return breaks
    }

    private mutating func skipLineBreak() {
        let isCarriageReturn = source[position] == UInt8(ascii: "\r")
        position += 1
        if isCarriageReturn, position < end, source[position] == UInt8(ascii: "\n") { position += 1 }
    }

    private mutating func skipIndentation() {
        let limit = min(end, position + indentation)
        while position < limit, source[position] == UInt8(ascii: " ") { position += 1 }
    }

    private mutating func escape(from start: Int) -> Step? {
        guard position + 1 < end else { return nil }
        if source[position + 1].isBreak {
            // An escaped line break is nothing, with all indentation behind it; each further one is a line feed.
            position += 1
            let breaks = skipBlanksAndLineBreaks()
            return Step(textBytes: breaks - 1, source: start..<start + 1)
        }
        let digits: Int
        switch source[position + 1] {
        case UInt8(ascii: "x"): digits = 2
        case UInt8(ascii: "u"): digits = 4
        case UInt8(ascii: "U"): digits = 8
        default: digits = 0
        }
        position = min(position + 2 + digits, end)
        guard digits > 0 else {
            // `\N`, `\_`, `\L` and `\P` stand for NEL, NBSP, LS and PS, the others for one ASCII character.
            switch source[start + 1] {
            case UInt8(ascii: "N"), UInt8(ascii: "_"): return Step(textBytes: 2, source: start..<position)
            case UInt8(ascii: "L"), UInt8(ascii: "P"): return Step(textBytes: 3, source: start..<position)
            default: return Step(textBytes: 1, source: start..<position)
            }
        }
        let hexadecimal = String(decoding: source[start + 2..<position], as: UTF8.self)
        guard let value = UInt32(hexadecimal, radix: 16), let scalar = Unicode.Scalar(value) else { return nil }
        return Step(textBytes: UTF8.width(scalar), source: start..<position)
    }
}

extension YAMLScalar.Style {
    fileprivate var isBlock: Bool { self == .literal || self == .folded }
}

extension ArraySlice<UInt8> {
    /// The number of spaces directly before the first byte that is neither a space nor a line break.
    fileprivate var spacesBeforeFirstWord: Int {
        let word = firstIndex { $0 != UInt8(ascii: " ") && !$0.isBreak } ?? endIndex
        return self[..<word].reversed().prefix { $0 == UInt8(ascii: " ") }.count
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    fileprivate var isBreak: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}
