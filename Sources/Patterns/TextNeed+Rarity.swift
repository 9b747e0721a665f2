extension TextNeed {
    /// How rare texts are that meet the need, in bits: a guess, which decides about speed only.
    package var rarity: Int {
        switch self {
        case .literal(let literal):
            // Beyond so many bits, literals are as good as one another.
            min(40, literal.bytes.reduce(-4) { $0 + Self.bits(of: $1) })
        case .character(let set):
            max(0, 4 - set.ascii.nonzeroBitCount / 4) / (set.hasOthers ? 2 : 1)
        }
    }

    /// How rare a byte is in what people write, in bits.
    ///
    /// Letters are those of English text, and not far off in other languages; the leading bytes of other scripts are the same for
    /// all letters, so that a byte of them says little.
    private static func bits(of byte: UInt8) -> Int {
        switch Unicode.Scalar(byte) {
        case " ": 2
        case "e", "t", "a", "o": 3
        case "i", "n", "s", "r", "h", "l", "d": 4
        case "u", "c", "m", "w", "f", "g", "y", "p": 5
        case "b", "v", "k", ".", ",", "0", "1": 6
        case "2"..."9": 7
        case "x", "j": 8
        case "\u{80}"...: 3
        default: 8
        }
    }
}
