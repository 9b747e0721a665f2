/// Bytes that stand in the case folded form of a text which a part of a pattern matches.
struct LiteralPiece: Hashable, Sendable {
    var bytes: [UInt8] = []

    /// Whether no ASCII letter or digit stands before them, if they begin with one.
    var isPartedBefore = false

    /// Whether no ASCII letter or digit stands behind them, if they end with one.
    var isPartedBehind = false

    /// Nothing.
    static let empty = LiteralPiece()

    /// Nothing, beside which no ASCII letter or digit stands on one of its sides.
    static let parting = LiteralPiece(isPartedBefore: true, isPartedBehind: true)

    /// A piece and another behind it.
    static func + (one: LiteralPiece, other: LiteralPiece) -> LiteralPiece {
        LiteralPiece(
            bytes: one.bytes + other.bytes,
            isPartedBefore: one.isPartedBefore || one.bytes.isEmpty && other.isPartedBefore,
            isPartedBehind: other.isPartedBehind || other.bytes.isEmpty && one.isPartedBehind
        )
    }

    /// Stands in a piece for a run of characters of which none is, or folds to, an ASCII letter or digit; no byte of UTF-8.
    private static let gapByte: UInt8 = 0xFF

    /// White space, or what else has no ASCII letter or digit.
    static let gap = LiteralPiece(bytes: [gapByte])

    /// What a text needs that holds the piece; empty when any text may.
    ///
    /// Mostly its words: the form that they are looked for in is shared with keywords, and a gap is one space there. What is written
    /// with other characters, such as a link, is looked for as it is when that says much more.
    var needs: [TextNeed] {
        let words = words
        let longest = bytes.split(separator: Self.gapByte).max { $0.count < $1.count } ?? []
        let wordNeed = Self.need(words, in: .caseFoldedWords)
        let plainNeed = Self.need(Array(longest), in: .caseFolded)
        guard let wordNeed, let plainNeed else { return [wordNeed ?? plainNeed].compactMap(\.self) }
        return [wordNeed.rarity + Self.rarityOfOneDatabase < plainNeed.rarity ? plainNeed : wordNeed]
    }

    /// By how many bits a literal must be rarer to be worth another search of the text.
    private static let rarityOfOneDatabase = 8

    /// The words of the piece, with a space at an end that no letter or digit of ASCII can stand beside.
    private var words: [UInt8] {
        let space = UInt8(ascii: " ")
        var words: [UInt8] = isPartedBefore ? [space] : []
        for byte in bytes {
            if byte.isASCIIWordPart { words.append(byte) } else if words.last != space { words.append(space) }
        }
        if isPartedBehind, words.last != space { words.append(space) }
        return words
    }

    /// The need of a literal; one byte is in so many texts that it is better looked up than searched for.
    private static func need(_ literal: [UInt8], in form: TextForm) -> TextNeed? {
        guard form == .caseFoldedWords else {
            guard let first = literal.first else { return nil }
            return literal.count == 1
                ? .character(TextCharacters(foldedTo: first)) : .literal(TextLiteral(literal, in: form))
        }
        guard let first = literal.first(where: \.isASCIIWordPart) else { return nil }
        return literal.count < 3 && literal.count(where: \.isASCIIWordPart) == 1
            ? .character(TextCharacters(foldedTo: first)) : .literal(TextLiteral(literal, in: form))
    }
}
