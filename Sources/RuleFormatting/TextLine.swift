/// A line of a text, with what ends it.
struct TextLine {
    /// The line without its line break.
    var text: Range<Int>

    /// Its line break; empty at the end of the text.
    var terminator: Range<Int>

    /// Where the next line begins.
    var end: Int { terminator.upperBound }
}

extension [UInt8] {
    /// The lines of a stretch of the text.
    func lines(in range: Range<Int>) -> [TextLine] {
        var lines: [TextLine] = []
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start
            while end < range.upperBound, breakLength(at: end) == 0 { end += 1 }
            let next = end < range.upperBound ? end + breakLength(at: end) : end
            lines.append(TextLine(text: start..<end, terminator: end..<next))
            start = next
        }
        return lines
    }

    /// The number of spaces at the start of a line.
    func indentation(of line: Range<Int>) -> Int {
        self[line].prefix { $0 == .space }.count
    }

    /// What stands on a line behind an indentation; a line of fewer spaces is empty.
    func text(of line: TextLine, behind indentation: Int) -> Range<Int> {
        let skipped = self[line.text].prefix(indentation).prefix { $0 == .space }.count
        return line.text.lowerBound + skipped..<line.text.upperBound
    }
}
