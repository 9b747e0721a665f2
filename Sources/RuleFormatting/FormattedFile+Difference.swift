public import Diagnostics

extension FormattedFile {
    /// The first line that is not as it should be, and how it should be; `nil` for a file in the standard form.
    public var firstDifference: Diagnostic? {
        guard !isStandard else { return nil }
        let offset = source.bytes.commonCount(with: text.bytes)
        let line = source.line(at: min(offset, source.bytes.count))
        let place = Span(source, source.range(ofLine: line))
        guard let what = invisibleDifference(at: offset, line: line) else {
            let expected = SourceFile(path: "the standard form of \(source.path)", bytes: text.bytes)
            let should = Label("as it should be", at: Span(expected, expected.range(ofLine: line)))
            return difference(Label("the first line that differs", at: place), context: [should])
        }
        return difference(Label(what, at: place), context: [])
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
}

extension ArraySlice<UInt8> {
    fileprivate var isBlank: Bool { allSatisfy(\.isBlank) }
}
