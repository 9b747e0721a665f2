/// A keyword that is looked for with typos or stretched letters.
struct LooseKeyword: Hashable, Sendable {
    private let words: [LooseWord]
    private let bigrams: BigramSet

    /// How many of the pairs a text that holds the keyword may lack.
    private let bigramsLostMax: Int

    /// What stands around the keyword.
    enum Surroundings {
        /// Anything, by the rules of whole words.
        case wholeWord

        /// Nothing but what is apart.
        case wholeText

        /// Anything, letters too.
        case anything
    }

    init(_ keyword: Keyword, options: KeywordOptions) {
        words = keyword.words.map { LooseWord($0, options: options) }
        bigrams = keyword.bigrams
        bigramsLostMax = words.reduce(0) { $0 + $1.bigramsLostMax }
    }

    /// Whether the text may hold the keyword as far as its pairs of bytes tell.
    func isPossible(in text: FoldedText) -> Bool {
        text.bigrams.lacksAtMost(bigramsLostMax, of: bigrams)
    }

    /// Where the keyword stands first, in bytes of the text; `nil` when it does not.
    ///
    /// Takes time proportional to the text for each word of the keyword, and for each 64 letters of such a word.
    func place(in text: FoldedText, amid surroundings: Surroundings) -> Range<Int>? {
        guard isPossible(in: text) else { return nil }
        let bytes = text.bytes
        let edges = surroundings == .wholeText ? WholeTextEdges(of: bytes) : nil
        var beginnings: WordBeginnings =
            switch surroundings {
            case .wholeWord: .free(ownIsSpaceless: words[0].firstIsSpaceless)
            case .wholeText: .upTo(edges?.leadingEnd ?? 0)
            case .anything: .anywhere
            }
        let parting: ScalarClass = surroundings == .wholeText ? .apart : .separator
        for word in words.dropLast() {
            let ends = word.ends(in: bytes, from: beginnings)
            guard !ends.isEmpty else { return nil }
            beginnings = .after(ends, parting: parting)
        }
        let last = words[words.count - 1]
        var ending = RunCursor(of: .wordPart)
        var found: Range<Int>?
        last.visitEnds(in: bytes, from: beginnings) { origin, wordEnd in
            let end = last.takesAnyEnding ? ending.end(in: bytes, from: wordEnd) : wordEnd
            let isWhole =
                switch surroundings {
                case .wholeWord: last.isFreeOnTheRight(in: bytes, end: wordEnd)
                case .wholeText: end >= edges?.trailingStart ?? 0
                case .anything: true
                }
            if isWhole { found = origin..<end }
            return isWhole
        }
        return found
    }
}
