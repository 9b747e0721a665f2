public import Diagnostics

extension FormattedFile {
    /// The first line that is not as it should be, and how it should be; `nil` for a file in the standard form.
    ///
    /// Of both lines only the part that differs is marked, so that a long line is shown around it.
    public var firstDifference: Diagnostic? {
        guard !isStandard else { return nil }
        let offset = source.bytes.commonCount(with: text.bytes)
        let line = source.line(at: min(offset, source.bytes.count))
        let written = source.range(ofLine: line)
        guard let what = invisibleDifference(at: offset, line: line) else {
            let expected = SourceFile(path: "the standard form of \(source.path)", bytes: text.bytes)
            let should = expected.range(ofLine: line)
            let place = source.bytes.part(of: written, unlike: should, in: text.bytes)
            let shouldPlace = text.bytes.part(of: should, unlike: written, in: source.bytes)
            return difference(
                Label("the first line that differs", at: Span(source, place)),
                context: [Label("as it should be", at: Span(expected, shouldPlace))]
            )
        }
        return difference(Label(what, at: Span(source, written)), context: [])
    }

    private func difference(_ place: Label, context: [Label]) -> Diagnostic {
        Diagnostic(
            .notInStandardForm,
            severity: .warning,
            message: "'\(source.path)' is not in the standard form",
            primary: place,
            context: context,
            help: "run 'beckon fmt'"
        )
    }

    /// What is different where the line itself would not show it.
    private func invisibleDifference(at offset: Int, line: Int) -> String? {
        if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return "behind a byte order mark, which does not belong here"
        }
        let written = source.bytes[source.range(ofLine: line)]
        let isThere = text.line(at: text.bytes.count) >= line
        let expected = isThere ? text.bytes[text.range(ofLine: line)] : []
        if offset == source.bytes.count { return "the line feed at the end of the file is missing" }
        if written.elementsEqual(expected), source.bytes[offset] == UInt8(ascii: "\r") {
            return "ends with a carriage return"
        }
        if expected.isEmpty {
            return isThere && !written.isBlank ? "a blank line belongs above" : "too many blank lines"
        }
        if written.isBlank { return "no blank line belongs here" }
        let visible = written.prefix(expected.count)
        return visible.elementsEqual(expected) && written.dropFirst(expected.count).isBlank
            ? "white space at the end of the line" : nil
    }
}

extension [UInt8] {
    /// How many bytes at the start are equal.
    fileprivate func commonCount(with other: [UInt8]) -> Int {
        let end = Swift.min(count, other.count)
        return indices.prefix(end).first { self[$0] != other[$0] } ?? end
    }

    /// The part of a line between what it has in common with another at its start and at its end, in whole characters.
    fileprivate func part(of line: Range<Int>, unlike otherLine: Range<Int>, in other: [UInt8]) -> Range<Int> {
        let shorter = Swift.min(line.count, otherLine.count)
        var same = (0..<shorter).first { self[line.lowerBound + $0] != other[otherLine.lowerBound + $0] } ?? shorter
        while same > 0,
            isInCharacter(line.lowerBound + same, of: line)
                || other.isInCharacter(otherLine.lowerBound + same, of: otherLine)
        {
            same -= 1
        }
        let rest = shorter - same
        var sameAtEnd =
            (0..<rest).first { self[line.upperBound - 1 - $0] != other[otherLine.upperBound - 1 - $0] } ?? rest
        while sameAtEnd > 0, isInCharacter(line.upperBound - sameAtEnd, of: line) { sameAtEnd -= 1 }
        return line.lowerBound + same..<line.upperBound - sameAtEnd
    }

    /// Whether a place in a line is behind the first byte of a character.
    private func isInCharacter(_ offset: Int, of line: Range<Int>) -> Bool {
        offset < line.upperBound && self[offset] & 0xC0 == 0x80
    }
}

extension ArraySlice<UInt8> {
    fileprivate var isBlank: Bool { allSatisfy(\.isBlank) }
}
