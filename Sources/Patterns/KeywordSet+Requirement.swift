extension KeywordSet {
    /// What a text must hold for the answer to a question to be yes; `nil` when that cannot be told, as with typos.
    ///
    /// For most keywords, phrases included, there is hardly a text that meets the requirement and does not hold the keyword.
    public func requirement(for question: Question) -> TextRequirement? {
        guard !options.isLoose, !keywords.isEmpty else { return nil }
        let form: TextForm = options.ignoresAccents ? .accentlessWords : .words
        let needs = compared.map { $0.needs(in: form, asTheWhole: question == .theWhole) }
        switch question {
        case .any, .theWhole: return TextRequirement(alternatives: needs)
        case .all: return TextRequirement(alternatives: [Array(needs.joined().prefix(Self.needsMax))])
        }
    }

    /// How many needs of one alternative are kept; more would rule out hardly any texts.
    static let needsMax = 8
}

extension Keyword {
    /// The runs of words that a text must hold; for a keyword without a letter, its characters.
    ///
    /// As the whole of a text a phrase may have symbols between its words, which are words of the text.
    fileprivate func needs(in form: TextForm, asTheWhole isTheWhole: Bool) -> [TextNeed] {
        var needs: [TextNeed] = []
        var rarity = 0
        var cutter = WordCutter(isFreeOnTheLeft: isTheWhole || !words[0].beginsSpaceless)
        for (place, word) in words.enumerated() {
            cutter.append(word.bytes)
            let isLast = place == words.count - 1
            if !word.mayGoOn(isFreeOnTheRight: isTheWhole || !isLast) { cutter.part() }
            // Other words may stand where a star does: `c++* here` is found in "c++11 here".
            guard isLast || word.takesAnyEnding || isTheWhole else { continue }
            if !cutter.isEmpty, needs.count < KeywordSet.needsMax {
                let need = TextNeed.literal(TextLiteral(cutter.bytes, in: form))
                rarity = max(rarity, need.rarity)
                needs.append(need)
            }
            cutter = WordCutter()
        }
        return rarity < Self.rarityWithoutCharacters ? needs + characterNeeds : needs
    }

    /// With words this rare, the other characters of a keyword are not asked about.
    private static let rarityWithoutCharacters = 12

    /// The characters of the keyword that are part of no word, as far as they tell anything.
    private var characterNeeds: [TextNeed] {
        var sets: [TextCharacters] = []
        for byte in words.lazy.flatMap(\.bytes) where !byte.isASCIIWordPart {
            let set = TextCharacters(keywordByte: byte)
            if !sets.contains(set), sets.count < KeywordSet.needsMax { sets.append(set) }
        }
        return sets.map { .character($0) }
    }
}

extension KeywordWord {
    /// Whether the word begins with a letter of a script without spaces, beside which any letter may stand.
    fileprivate var beginsSpaceless: Bool { WordCutter.Kind(of: bytes.scalar(at: 0).value) == .spacelessLetter }

    /// Whether the last word of the words form may be longer in a text that holds the word.
    fileprivate func mayGoOn(isFreeOnTheRight: Bool) -> Bool {
        let last = WordCutter.Kind(of: bytes.scalar(before: bytes.count))
        return takesAnyEnding && last.isLetter || !isFreeOnTheRight && last == .spacelessLetter
    }
}

extension TextCharacters {
    /// The characters that become a byte of a keyword, if it is no letter or digit of ASCII.
    fileprivate init(keywordByte byte: UInt8) {
        hasOthers = true
        guard byte < 0x80 else { return }
        insert(byte)
        if byte == UInt8(ascii: "'") { insert(UInt8(ascii: "`")) }
    }
}
