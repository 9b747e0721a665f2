import Diagnostics
import RuleSyntax

extension Span {
    /// From the start of one span to the end of another of the same file.
    ///
    /// An alias stands where it is used, so both always are in one file; were they not, the first is the better answer.
    init(_ start: Span, through end: Span) {
        let upper = end.file == start.file ? max(start.bytes.upperBound, end.bytes.upperBound) : start.bytes.upperBound
        self.init(start.file, start.bytes.lowerBound..<upper)
    }
}

extension YAMLNode {
    /// The place in the file of some bytes of a scalar's text.
    func span(ofText range: Range<Int>) -> Span {
        let start = span(ofTextOffset: range.lowerBound)
        let end = span(ofTextOffset: max(range.lowerBound, range.upperBound - 1))
        return Span(start, through: end)
    }
}
