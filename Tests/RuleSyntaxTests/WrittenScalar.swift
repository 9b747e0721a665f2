import SeededRandom

/// A scalar as somebody might write it: its source, the text that it stands for, and which of the one is which of the other.
struct WrittenScalar {
    /// The ways to write a scalar.
    enum Style: CaseIterable {
        case plain
        case singleQuoted
        case doubleQuoted
        case literal
        case folded
    }

    /// A character of the text and its source.
    struct Piece {
        var textOffset: Int
        var source: Range<Int>
        /// Whether the source is a line break with the white space around it.
        var isFold: Bool
    }

    var text = ""
    var source = ""
    var pieces: [Piece] = []

    private static let indentation = "    "

    private static let letters: [Unicode.Scalar] = [
        "a", "b", "(", ")", "+", "d", "7", "é", "日", "🙏", "\u{301}", "ß", "|", "$", "^", ".", "/",
    ]

    static func random(_ style: Style, using generator: inout SeededGenerator) -> WrittenScalar {
        var written = WrittenScalar()
        switch style {
        case .plain: written.source = ""
        case .singleQuoted: written.source = "'"
        case .doubleQuoted: written.source = "\""
        case .literal: written.source = "|-\n\(indentation)"
        case .folded: written.source = ">-\n\(indentation)"
        }
        // White space at the ends is left to the examples: each style strips it in its own way.
        written.appendWord("a", style, using: &generator)
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            written.appendBreak(style, using: &generator)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                written.appendWord(letters.randomElement(using: &generator) ?? "a", style, using: &generator)
            }
        }
        if style == .singleQuoted { written.source += "'" }
        if style == .doubleQuoted { written.source += "\"" }
        return written
    }

    private mutating func append(_ scalar: Unicode.Scalar, as written: String, isFold: Bool = false) {
        let start = source.utf8.count
        let offset = text.utf8.count
        text.unicodeScalars.append(scalar)
        source += written
        pieces.append(Piece(textOffset: offset, source: start..<source.utf8.count, isFold: isFold))
    }

    private mutating func appendWord(
        _ scalar: Unicode.Scalar,
        _ style: Style,
        using generator: inout SeededGenerator
    ) {
        switch (style, Int.random(in: 0..<8, using: &generator)) {
        case (.singleQuoted, 0): append("'", as: "''")
        case (.doubleQuoted, 0): append("\\", as: "\\\\")
        case (.doubleQuoted, 1): append("\"", as: "\\\"")
        case (.doubleQuoted, 2): append("\n", as: "\\n")
        case (.doubleQuoted, 3), (.doubleQuoted, 4): append(scalar, as: Self.escape(scalar))
        case (.doubleQuoted, 5):
            source += "\\\n\(Self.indentation)"
            append(scalar, as: String(Character(scalar)))
        case (.literal, 0), (.folded, 0), (.plain, 0): append("\\", as: "\\")
        case (.literal, 1): append("\"", as: "\"")
        default: append(scalar, as: String(Character(scalar)))
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let hexadecimal = String(scalar.value, radix: 16)
        let (mark, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x1_0000 ? ("u", 4) : ("U", 8)
        return "\\\(mark)" + String(repeating: "0", count: width - hexadecimal.count) + hexadecimal
    }

    /// Something between two words: a space, or line breaks in the way of the style.
    private mutating func appendBreak(_ style: Style, using generator: inout SeededGenerator) {
        let choice = Int.random(in: 0..<4, using: &generator)
        switch (style, choice) {
        case (_, 0), (_, 1): append(" ", as: " ")
        case (.literal, 2):
            append("\n", as: "\n")
            source += Self.indentation
        case (.literal, _):
            append("\n", as: "\n")
            source += Self.indentation
            append(" ", as: " ")
        case (.folded, 2): append(" ", as: "\n\(Self.indentation)", isFold: true)
        case (_, 2): append(" ", as: "  \n \t \(Self.indentation)", isFold: true)
        default: append("\n", as: "\n\n\(Self.indentation)", isFold: true)
        }
    }
}
