/// Reads what stands between the values of a file: white space, comments, indicators and the marks of documents.
///
/// Every value's place is known from the tree, so outside of values a `#` can only begin a comment.
struct TriviaReader {
    /// The whole text.
    let bytes: [UInt8]

    /// How far the text has been read.
    var cursor = 0

    /// Where the next token begins that the cursor has not passed yet; found once for each gap.
    private var foundToken: Int?

    /// What could not be read.
    struct Unexpected: Error {
        /// Where it stands.
        var offset: Int
    }

    /// Where reading ends.
    enum Stop {
        /// At a place, past any `?` on the way.
        case offset(Int)
        /// Behind an indicator.
        case indicator(UInt8)
        /// At the end of the text, past the marks of documents.
        case end
    }

    /// Creates a reader at the start of a text.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether nothing stands on the cursor's line before it.
    var isAtLineStart: Bool { cursor == 0 || bytes[cursor - 1] == .lineFeed }

    /// The comment on the rest of the cursor's line, if nothing else is there.
    mutating func lineComment() -> Range<Int>? {
        var position = cursor
        while position < bytes.count, bytes[position].isBlank { position += 1 }
        guard position < bytes.count, bytes[position] == .hash else { return nil }
        cursor = bytes.lineEnd(from: position)
        return bytes.trimmed(position..<cursor)
    }

    /// Reads up to a place and returns the comments and blank lines on the way.
    mutating func trivia(to stop: Stop) throws(Unexpected) -> [Trivia] {
        var result: [Trivia] = []
        var lineIsEmpty = isAtLineStart
        let end = if case .offset(let offset) = stop { offset } else { bytes.count }
        while cursor < end {
            let byte = bytes[cursor]
            let breakLength = bytes.breakLength(at: cursor)
            if breakLength > 0 {
                if lineIsEmpty, result.last != .blank { result.append(.blank) }
                lineIsEmpty = true
                cursor += breakLength
            } else if byte.isBlank {
                cursor += 1
            } else if byte == .hash {
                let start = cursor
                cursor = bytes.lineEnd(from: start)
                result.append(.comment(bytes.trimmed(start..<cursor)))
                lineIsEmpty = false
            } else if case .indicator(byte) = stop {
                cursor += 1
                return result
            } else if case .offset = stop, byte == UInt8(ascii: "?") {
                cursor += 1
                lineIsEmpty = false
            } else if isMarker(at: cursor) {
                result.append(marker())
                lineIsEmpty = false
            } else {
                throw Unexpected(offset: cursor)
            }
        }
        if case .indicator = stop { throw Unexpected(offset: cursor) }
        return result
    }

    /// Where the next thing begins that is no white space and no comment; the end of the text if there is none.
    ///
    /// - Complexity: O(1) while the cursor has not passed it.
    mutating func nextToken() -> Int {
        if let foundToken, foundToken >= cursor { return foundToken }
        var position = cursor
        while position < bytes.count {
            let breakLength = bytes.breakLength(at: position)
            if breakLength > 0 || bytes[position].isBlank {
                position += max(1, breakLength)
            } else if bytes[position] == .hash {
                position = bytes.lineEnd(from: position)
            } else {
                break
            }
        }
        foundToken = position
        return position
    }

    func isMarker(at offset: Int) -> Bool {
        guard offset == 0 || bytes[offset - 1] == .lineFeed else { return false }
        let word = bytes[offset...].prefix(3)
        return bytes[offset] == UInt8(ascii: "%") || word.elementsEqual("---".utf8) || word.elementsEqual("...".utf8)
    }

    private mutating func marker() -> Trivia {
        let start = cursor
        if bytes[start] == UInt8(ascii: "%") {
            // A directive has its comment within it.
            cursor = bytes.lineEnd(from: start)
            return .marker(bytes.trimmed(start..<cursor), comment: nil)
        }
        cursor += 3
        return .marker(start..<cursor, comment: lineComment())
    }
}
