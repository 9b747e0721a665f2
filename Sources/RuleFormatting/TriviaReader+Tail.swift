/// The comments at the end of a block.
extension TriviaReader {
    /// Takes the comments that stand at least as deep as a block that has ended, and deeper than what follows.
    ///
    /// Where the dashes of a list stand in the column of its key, a comment in that column may belong to either: to the
    /// list if it is an item that was commented out, for as YAML it would be one, and otherwise to the keys.
    mutating func tail(column: Int, sharedWithKey: Bool = false) -> [Trivia] {
        let next = nextToken()
        let nextColumn = next == bytes.count || isMarker(at: next) ? -1 : bytes.column(of: next)
        let ownColumn = max(nextColumn + 1, sharedWithKey ? column + 1 : column)
        var result: [Trivia] = []
        var (taken, end) = (0, cursor)
        var dash: Int?
        while let comment = nextOwnLineComment(), comment.column >= column {
            var belongs = comment.column >= ownColumn
            if !belongs {
                guard sharedWithKey, comment.column == column else { break }
                let item = comment.isBelowBlank ? nil : dash
                dash = bytes.dash(ofItem: comment.range, below: item)
                belongs = dash != nil
                // An empty line belongs to an item that goes on below it.
                if !belongs, comment.range.count == 1 { dash = item }
                guard dash != nil else { break }
            }
            if comment.isBelowBlank { result.append(.blank) }
            result.append(.comment(comment.range))
            cursor = bytes.lineEnd(from: comment.range.lowerBound)
            if belongs { (taken, end) = (result.count, cursor) }
        }
        cursor = end
        return Array(result.prefix(taken))
    }

    private struct OwnLineComment {
        var range: Range<Int>
        var column: Int
        var isBelowBlank: Bool
    }

    /// The comment that comes next, which stands on a line of its own since those at ends of lines have been taken.
    private func nextOwnLineComment() -> OwnLineComment? {
        var position = cursor
        var lineStart = cursor
        var breaks = isAtLineStart ? 1 : 0
        while position < bytes.count {
            let breakLength = bytes.breakLength(at: position)
            if breakLength > 0 {
                position += breakLength
                lineStart = position
                breaks += 1
            } else if bytes[position].isBlank {
                position += 1
            } else {
                guard bytes[position] == .hash else { return nil }
                let range = bytes.trimmed(position..<bytes.lineEnd(from: position))
                return OwnLineComment(range: range, column: position - lineStart, isBelowBlank: breaks > 1)
            }
        }
        return nil
    }
}

extension [UInt8] {
    /// How deep the dash of an item stands behind the `#` that comments it out; `nil` for a comment that is no item.
    ///
    /// A line below an item is part of it if its text begins deeper than the item's dash.
    fileprivate func dash(ofItem comment: Range<Int>, below dash: Int?) -> Int? {
        let text = self[comment].dropFirst()
        let depth = text.prefix { $0 == .space }.count
        let content = text.dropFirst(depth)
        if let dash, depth > dash, !content.isEmpty { return dash }
        guard content.first == UInt8(ascii: "-"), content.dropFirst().first?.isBlank ?? true else { return nil }
        return depth
    }
}
