/// Where a keyword must begin and end to be a whole text.
///
/// What is ``ScalarClass/apart`` at the two ends of the text may be part of the keyword (`c++`) or stand around it.
struct WholeTextEdges {
    /// The last place at which the keyword may begin.
    let leadingEnd: Int

    /// The first place at which it may end.
    let trailingStart: Int

    init(of text: [UInt8]) {
        var leading = RunCursor(of: .apart)
        leadingEnd = leading.end(in: text, from: 0)
        var start = text.count
        while start > 0, ScalarClass(of: text.scalar(before: start)).contains(.apart) {
            start -= 1
            while text[start] & 0xC0 == 0x80 { start -= 1 }
        }
        trailingStart = start
    }
}
