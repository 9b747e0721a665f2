/// The keywords of one condition, asked together.
///
/// What rules keywords out lies side by side in memory, so that a text that holds none of them, as most texts do, costs about
/// a nanosecond a keyword.
public struct KeywordSet: Sendable {
    /// The keywords in written order.
    public let keywords: [Keyword]

    private let bigrams: [BigramSet]

    /// Creates a set.
    public init(_ keywords: [Keyword]) {
        self.keywords = keywords
        bigrams = keywords.map(\.bigrams)
    }

    /// Whether at least one of the keywords stands in the text.
    public func anyIsFound(in text: FoldedText) -> Bool {
        for index in bigrams.indices where text.bigrams.contains(bigrams[index]) {
            if keywords[index].isFound(in: text) { return true }
        }
        return false
    }

    /// Whether every one of the keywords stands in the text.
    public func allAreFound(in text: FoldedText) -> Bool {
        bigrams.allSatisfy { text.bigrams.contains($0) } && keywords.allSatisfy { $0.isFound(in: text) }
    }
}
