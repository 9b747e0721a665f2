/// A word or phrase that is found as whole words.
///
/// Text and keyword are compared in the form of ``FoldedText``. A word is whole when neither neighbour is a letter, number
/// or combining mark; next to a script that is written without spaces, neighbours do not count. Between the words of a
/// phrase stands white space or punctuation, in any run. A star at the end of a word takes any ending (`refund*`); `\*` is
/// a literal star, and a star anywhere else in a word stands for itself, as does every other backslash.
///
/// ```swift
/// let keyword = try Keyword("money back")
/// keyword.isFound(in: FoldedText("Money-back, please"))    // true
/// keyword.isFound(in: FoldedText("money backwards"))       // false
/// ```
///
/// The literal reading has consequences that are worth knowing: `🙏` is not found in `thanks🙏`, since its neighbour is a
/// letter, and `don` is found in `don't`, since an apostrophe is none.
public struct Keyword: Hashable, Sendable {
    /// The keyword as it was written.
    public let text: String

    /// The words in folded form, at least one.
    let words: [KeywordWord]

    /// Whether each word can be looked for right behind the one before, so that no list of places is needed.
    private let canBeFollowed: Bool

    /// The pairs of neighbouring bytes in the words; a text that lacks one cannot hold the keyword.
    let bigrams: BigramSet

    /// The longest keyword, in UTF-8 bytes: as long as the longest WhatsApp message can be.
    public static let bytesMax = 16_384

    /// The largest number of words in a phrase: matching may take time proportional to the text for each of them.
    public static let wordsMax = 1_000

    /// Longer phrases are looked for word by word: from each place anew would take time for the square of their length.
    private static let wordsFollowedMax = 8

    /// Reads a keyword.
    ///
    /// - Throws: Why the keyword could never be found, or is too long.
    public init(_ text: String) throws(KeywordProblem) {
        guard text.utf8.count <= Self.bytesMax else { throw .tooLong }
        try self.init(text, folded: FoldedText(text).bytes)
    }

    /// Reads a keyword that has been folded.
    private init(_ text: String, folded: [UInt8]) throws(KeywordProblem) {
        var words: [KeywordWord] = []
        var index = 0
        var start = 0
        while index < folded.count {
            let (scalar, end) = folded.scalar(at: index)
            if ScalarClass(of: scalar).contains(.whiteSpace) {
                if start < index { words.append(try KeywordWord(folded[start..<index])) }
                start = end
            }
            index = end
        }
        if start < folded.count { words.append(try KeywordWord(folded[start...])) }
        guard !words.isEmpty else { throw .empty }
        guard words.count <= Self.wordsMax else { throw .tooManyWords }
        self.text = text
        self.words = words
        canBeFollowed =
            words.count <= Self.wordsFollowedMax && words.dropLast().allSatisfy { !$0.takesAnyEnding }
            && words.dropFirst().allSatisfy { !$0.beginsWithSeparator }
        bigrams = words.reduce(into: BigramSet()) { $0.insert($1.bytes) }
    }

    /// The same keyword, to be compared with texts without accents.
    var withoutAccents: Keyword {
        let folded = FoldedText(text)
        // An accent is left out only behind a letter, so no word becomes empty.
        return (try? Keyword(text, folded: folded.withoutAccents.bytes)) ?? self
    }

    /// Whether the keyword stands in the text as a whole word or phrase.
    ///
    /// Takes time proportional to the text, for a phrase at most once for each word; for one word it allocates nothing.
    public func isFound(in text: FoldedText) -> Bool {
        guard text.bigrams.contains(bigrams) else { return false }
        let bytes = text.bytes
        guard words.count > 1 else { return words[0].stands(in: bytes) }
        if canBeFollowed { return isFoundFollowing(in: bytes) }
        var ends = words[0].phraseBeginnings(in: bytes)
        for word in words[1..<(words.count - 1)] {
            guard !ends.isEmpty else { return false }
            ends = word.continuations(in: bytes, after: ends)
        }
        guard !ends.isEmpty else { return false }
        return words[words.count - 1].completesPhrase(in: bytes, after: ends)
    }

    /// Whether the phrase stands in the text, looked for from each place where its first word does.
    ///
    /// Behind a word, the next one can begin only where the white space and punctuation end, since it begins with neither.
    private func isFoundFollowing(in text: [UInt8]) -> Bool {
        words[0].stands(in: text) { start in
            var end = start
            for word in words[1...] {
                var separators = RunCursor(of: .separator)
                let next = separators.end(in: text, from: end)
                guard next > end, word.begins(at: next, in: text) else { return false }
                end = next + word.bytes.count
            }
            return words[words.count - 1].isFreeOnTheRight(in: text, end: end)
        }
    }

    /// Whether the keyword is the whole text: what stands before, between and behind its words is apart.
    ///
    /// See ``KeywordSet/anyIsTheWhole(of:)``. Takes time proportional to the text, for a phrase at most once for each word.
    func isTheWhole(of text: FoldedText) -> Bool {
        guard text.bigrams.contains(bigrams) else { return false }
        let bytes = text.bytes
        let edges = WholeTextEdges(of: bytes)
        var ends = words[0].beginnings(in: bytes, upTo: edges.leadingEnd)
        for word in words.dropFirst() {
            guard !ends.isEmpty else { return false }
            ends = word.continuations(in: bytes, after: ends, partedBy: .apart)
        }
        return ends.contains { $0 >= edges.trailingStart }
    }
}

/// Why a text cannot be a keyword.
public struct KeywordProblem: Error, Hashable, Sendable {
    /// One clause, lower case, without a full stop.
    public let reason: String

    static let empty = KeywordProblem(
        reason: "a keyword needs a character that is compared; white space and invisible characters are not"
    )

    static let starAlone = KeywordProblem(
        reason: "'*' takes any ending of the word before it, and there is none; '\\*' is a literal star"
    )

    static let tooLong = KeywordProblem(reason: "a keyword may have at most \(Keyword.bytesMax) bytes")

    static let tooManyWords = KeywordProblem(reason: "a keyword may have at most \(Keyword.wordsMax) words")
}
