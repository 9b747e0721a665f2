extension KeywordSet {
    /// What a text must hold for the answer to a question to be yes; `nil` when that cannot be told, as with typos.
    ///
    /// For a keyword of one word there is hardly a text that meets the requirement and does not hold the keyword. A phrase needs
    /// each of its words, of which a few are taken.
    public func requirement(for question: Question) -> TextRequirement? {
        guard !options.isLoose, !keywords.isEmpty else { return nil }
        let form: TextForm = options.ignoresAccents ? .accentless : .folded
        let needs = compared.map { $0.needs(in: form) }
        switch question {
        case .any, .theWhole: return TextRequirement(alternatives: needs)
        case .all: return TextRequirement(alternatives: [Array(needs.joined().prefix(Self.needsMax))])
        }
    }

    /// How many needs of one alternative are kept; more would rule out hardly any texts.
    static let needsMax = 8
}

extension Keyword {
    /// The words that a text must hold, the longest first.
    ///
    /// What stands beside a word is white space, punctuation, what is apart or the end of the text, unless the word is of a script
    /// without spaces.
    fileprivate func needs(in form: TextForm) -> [TextNeed] {
        let longest = words.count == 1 ? words : words.sorted { $0.bytes.count > $1.bytes.count }
        let literals = longest.prefix(KeywordSet.needsMax).map { word -> TextNeed in
            var freeEnds: TextLiteral.FreeEnds = []
            if !word.firstIsSpaceless { freeEnds.insert(.left) }
            if !word.lastIsSpaceless, !word.takesAnyEnding { freeEnds.insert(.right) }
            return .literal(TextLiteral(word.bytes, in: form, freeEnds: freeEnds))
        }
        let junctions = zip(words, words.dropFirst()).compactMap { word, next -> TextNeed? in
            guard !word.takesAnyEnding, let last = word.bytes.last, let first = next.bytes.first else { return nil }
            return TextJunction(last, first).map { .junction($0) }
        }
        return literals + junctions.prefix(KeywordSet.needsMax)
    }
}
