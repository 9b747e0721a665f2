import RuleSyntax

/// A value of one line or several that is moved as a whole.
struct LeafLines {
    /// A line of the value.
    struct Line {
        /// The column of its first visible character.
        var indentation: Int

        /// The line without white space at either end.
        var text: [UInt8]

        /// What ends it.
        var terminator: [UInt8] = [.lineFeed]

        /// Whether it begins with a bracket that closes one opened above.
        var isClosing = false
    }

    /// The lines; the first begins wherever the value does.
    var lines: [Line] = []

    /// How far the lines below the first move.
    ///
    /// They follow the first, but none may come to stand left of where YAML could take it for something else.
    func shift(of leaf: Leaf, to column: Int, ownerColumn: Int) -> Int {
        let isOpenedAtEnd =
            lines.count > 1 && (lines[0].text == [UInt8(ascii: "{")] || lines[0].text == [UInt8(ascii: "[")])
        let followsOwner = isOpenedAtEnd && !leaf.isBelowKey
        var shift = followsOwner ? ownerColumn - leaf.ownerColumn : column - leaf.column
        for line in lines.dropFirst() where !line.text.isEmpty {
            let leftmost = max(0, line.isClosing ? ownerColumn : ownerColumn + 2)
            shift = max(shift, leftmost - line.indentation)
        }
        return shift
    }
}

extension LeafLines {
    /// Takes a scalar apart; its white space at the ends of lines has no meaning.
    init(_ bytes: [UInt8], scalar range: Range<Int>, style: YAMLScalar.Style) {
        append(bytes, scalar: range, style: style)
    }

    /// Adds a scalar, the first line of it to the last one that is there.
    mutating func append(_ bytes: [UInt8], scalar range: Range<Int>, style: YAMLScalar.Style) {
        var isFirst = true
        for line in bytes.lines(in: range) {
            let start = isFirst ? line.text.lowerBound : bytes.firstVisible(in: line.text)
            let end = bytes.visibleEnd(of: start..<line.text.upperBound, style: style)
            let text = bytes[start..<max(start, end)]
            if isFirst, !lines.isEmpty {
                lines[lines.count - 1].text += text
            } else {
                lines.append(Line(indentation: start - line.text.lowerBound, text: Array(text)))
            }
            if !line.terminator.isEmpty { lines[lines.count - 1].terminator = Array(bytes[line.terminator]) }
            isFirst = false
        }
    }
}

extension [UInt8] {
    fileprivate func firstVisible(in range: Range<Int>) -> Int {
        self[range].firstIndex { !$0.isBlank } ?? range.upperBound
    }

    /// The end of a line of a scalar without white space; in double quotes a blank behind `\` is text.
    fileprivate func visibleEnd(of range: Range<Int>, style: YAMLScalar.Style) -> Int {
        let end = trimmed(range).upperBound
        guard style == .doubleQuoted, end < range.upperBound else { return end }
        let backslashes = self[range.lowerBound..<end].reversed().prefix { $0 == UInt8(ascii: "\\") }.count
        return backslashes.isMultiple(of: 2) ? end : end + 1
    }
}
