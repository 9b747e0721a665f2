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
        var walk = ScalarWalk(source: span.file.bytes, range: span.bytes, style: scalar.style)
        let text = Array(scalar.text.utf8)
        guard offset <= text.count, let place = walk.advance(through: text, upTo: offset) else { return span }
        return Span(span.file, place)
    }
}

/// Walks a scalar's source and its text side by side.
private struct ScalarWalk {
    let source: [UInt8]
    let end: Int
    let style: YAMLScalar.Style
    var position: Int

    init(source: [UInt8], range: Range<Int>, style: YAMLScalar.Style) {
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
            start += 1
        }
        self.end = max(start, end)
        position = start
        if style == .literal || style == .folded { skipIndentation() }
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

    private struct Step {
        var textBytes: Int
        var source: Range<Int>
    }

    private mutating func step(at byte: UInt8, followedBy rest: ArraySlice<UInt8>) -> Step? {
        guard position < end else { return nil }
        let start = position
        if isLineBreakAhead { return lineBreak(byte, followedBy: rest, from: start) }
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

    /// Whether only white space stands between here and the end of the line; inside quotes and plain text it is folded away.
    private var isLineBreakAhead: Bool {
        guard style != .literal, style != .folded else { return source[position] == UInt8(ascii: "\n") }
        var ahead = position
        while ahead < end, source[ahead] == UInt8(ascii: " ") || source[ahead] == UInt8(ascii: "\t") { ahead += 1 }
        return ahead < end && (source[ahead] == UInt8(ascii: "\n") || source[ahead] == UInt8(ascii: "\r"))
    }

    /// A run of line breaks stands for a space, for line feeds, or for nothing, as the text itself shows.
    private mutating func lineBreak(_ byte: UInt8, followedBy rest: ArraySlice<UInt8>, from start: Int) -> Step? {
        if style == .literal {
            position += 1
            skipIndentation()
            return Step(textBytes: 1, source: start..<start + 1)
        }
        while position < end, source[position].isBlankOrBreak { position += 1 }
        let feeds = rest.prefix { $0 == UInt8(ascii: "\n") }.count
        let folded = feeds > 0 ? feeds : byte == UInt8(ascii: " ") ? 1 : 0
        guard folded > 0 else { return nil }
        return Step(textBytes: folded, source: start..<start + 1)
    }

    private mutating func skipIndentation() {
        while position < end, source[position] == UInt8(ascii: " ") { position += 1 }
    }

    private mutating func escape(from start: Int) -> Step? {
        guard position + 1 < end else { return nil }
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

extension UInt8 {
    fileprivate var isBlankOrBreak: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\n")
            || self == UInt8(ascii: "\r")
    }
}
