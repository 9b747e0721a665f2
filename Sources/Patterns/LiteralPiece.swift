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
    var needs: [TextNeed] {
        let words = bytes.split(separator: Self.gapByte, omittingEmptySubsequences: false)
        var needs: [TextNeed] = []
        for (place, word) in words.enumerated() {
            guard let first = word.first, let last = word.last else { continue }
            var freeEnds: TextLiteral.FreeEnds = []
            if isPartedBefore || place > 0, first.isASCIIWordPart { freeEnds.insert(.left) }
            if isPartedBehind || place < words.count - 1, last.isASCIIWordPart { freeEnds.insert(.right) }
            // One byte is in so many texts that it is better looked up than searched for.
            let isLookedUp = word.count == 1 && freeEnds != [.left, .right]
            let literal = TextLiteral(Array(word), in: .caseFolded, freeEnds: freeEnds)
            needs.append(isLookedUp ? .character(TextCharacters(foldedTo: first)) : .literal(literal))
            if place + 1 < words.count, let next = words[place + 1].first, let junction = TextJunction(last, next) {
                needs.append(.junction(junction))
            }
        }
        return needs
    }
}

extension UInt8 {
    /// Whether the byte is an ASCII letter or digit.
    @inline(__always)
    var isASCIIWordPart: Bool {
        (self | 0x20) &- UInt8(ascii: "a") < 26 || self &- UInt8(ascii: "0") < 10
    }
}
