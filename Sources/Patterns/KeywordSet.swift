/// The keywords of one condition, asked together.
///
/// What rules keywords out lies side by side in memory, so that a text that holds none of them, as most texts do, costs about
/// a nanosecond a keyword. With typos or stretched letters, a keyword that cannot be ruled out costs some nanoseconds for
/// each byte of the text.
public struct KeywordSet: Sendable {
    /// The keywords in written order.
    public let keywords: [Keyword]

    /// How far a text may be from them.
    public let options: KeywordOptions

    /// The keywords as they are compared: without accents if so wished.
    let compared: [Keyword]
    private let bigrams: [BigramSet]

    /// The keywords with typos and stretched letters; empty when neither is wished.
    private let loose: [LooseKeyword]

    /// Creates a set.
    public init(_ keywords: [Keyword], options: KeywordOptions = KeywordOptions()) {
        self.keywords = keywords
        self.options = options
        let compared = options.ignoresAccents ? keywords.map(\.withoutAccents) : keywords
        self.compared = compared
        bigrams = compared.map(\.bigrams)
        loose = options.isLoose ? compared.map { LooseKeyword($0, options: options) } : []
    }

    /// Whether at least one of the keywords stands in the text.
    public func anyIsFound(in text: FoldedText) -> Bool {
        let text = form(of: text)
        guard loose.isEmpty else { return loose.contains { $0.place(in: text, amid: .wholeWord) != nil } }
        for index in bigrams.indices where text.bigrams.contains(bigrams[index]) {
            if compared[index].isFound(in: text) { return true }
        }
        return false
    }

    /// Whether every one of the keywords stands in the text.
    public func allAreFound(in text: FoldedText) -> Bool {
        let text = form(of: text)
        guard loose.isEmpty else {
            return loose.allSatisfy { $0.isPossible(in: text) }
                && loose.allSatisfy { $0.place(in: text, amid: .wholeWord) != nil }
        }
        return bigrams.allSatisfy { text.bigrams.contains($0) } && compared.allSatisfy { $0.isFound(in: text) }
    }

    /// Whether the whole text is one of the keywords, white space, punctuation and symbols apart.
    ///
    /// Before the keyword, behind it and between the words of a phrase may stand whatever is no letter, number or mark:
    /// "STOP 🙏", "--stop--", "money 🙏 back", and the keycap of "1️⃣" as well. What the keyword itself is written with must
    /// stand there (`c++` is not the whole of "c"), and between the words of a phrase stands something.
    public func anyIsTheWhole(of text: FoldedText) -> Bool {
        let text = form(of: text)
        guard loose.isEmpty else { return loose.contains { $0.place(in: text, amid: .wholeText) != nil } }
        for index in bigrams.indices where text.bigrams.contains(bigrams[index]) {
            if compared[index].isTheWhole(of: text) { return true }
        }
        return false
    }

    private func form(of text: FoldedText) -> FoldedText {
        options.ignoresAccents ? text.withoutAccents : text
    }
}
