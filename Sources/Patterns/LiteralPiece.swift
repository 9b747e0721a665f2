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

    /// What a text needs that holds the piece; `nil` when it is empty.
    var need: TextNeed? {
        guard let first = bytes.first, let last = bytes.last else { return nil }
        // One byte is in so many texts that it is better looked up than searched for.
        if bytes.count == 1 { return .character(TextCharacters(foldedTo: first)) }
        var freeEnds: TextLiteral.FreeEnds = []
        if isPartedBefore, first.isASCIIWordPart { freeEnds.insert(.left) }
        if isPartedBehind, last.isASCIIWordPart { freeEnds.insert(.right) }
        return .literal(TextLiteral(bytes, in: .caseFolded, freeEnds: freeEnds))
    }
}

extension UInt8 {
    /// Whether the byte is an ASCII letter or digit.
    @inline(__always)
    var isASCIIWordPart: Bool {
        (self | 0x20) &- UInt8(ascii: "a") < 26 || self &- UInt8(ascii: "0") < 10
    }
}
