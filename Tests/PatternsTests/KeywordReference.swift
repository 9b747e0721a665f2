import Patterns

/// The definition of a whole word, written down as plainly as possible, for `Keyword` to be compared with.
///
/// It shares the folding with the code under test and nothing else: scalars instead of bytes, every candidate tried, the
/// standard library's properties instead of ICU's. Slow, and exponential on bad days.
struct KeywordReference {
    private var words: [Word] = []

    private struct Word {
        var scalars: [Unicode.Scalar]
        var takesAnyEnding = false
    }

    /// Reads a keyword; `nil` for one that is no keyword.
    init?(_ keyword: String) {
        for piece in Self.scalars(keyword).split(whereSeparator: \.properties.isWhitespace) {
            var word = Word(scalars: [])
            for scalar in piece {
                if scalar == "*", word.scalars.last == "\\" {
                    word.scalars[word.scalars.count - 1] = "*"
                    word.takesAnyEnding = false
                } else {
                    word.scalars.append(scalar)
                    word.takesAnyEnding = scalar == "*"
                }
            }
            if word.takesAnyEnding { word.scalars.removeLast() }
            guard !word.scalars.isEmpty else { return nil }
            words.append(word)
        }
        guard !words.isEmpty else { return nil }
    }

    func isFound(in text: String) -> Bool {
        let text = Self.scalars(text)
        return text.indices.contains { start in
            let isFree = start == 0 || Self.mayStand(text[start - 1], beside: words[0].scalars[0])
            return isFree && stands(from: 0, at: start, in: text)
        }
    }

    /// Whether the words from `index` on stand in the text, the first of them at `start`.
    private func stands(from index: Int, at start: Int, in text: [Unicode.Scalar]) -> Bool {
        let word = words[index]
        guard text[start...].starts(with: word.scalars) else { return false }
        var end = start + word.scalars.count
        guard index < words.count - 1 else {
            guard end < text.count, !word.takesAnyEnding else { return true }
            return Self.mayStand(text[end], beside: word.scalars[word.scalars.count - 1])
        }
        if word.takesAnyEnding {
            while end < text.count, Self.isWordPart(text[end]) { end += 1 }
        }
        while end < text.count, Self.isSeparator(text[end]) {
            end += 1
            if end < text.count, stands(from: index + 1, at: end, in: text) { return true }
        }
        return false
    }

    private static func scalars(_ text: String) -> [Unicode.Scalar] {
        Array(String(decoding: FoldedText(text).bytes, as: UTF8.self).unicodeScalars)
    }

    private static func mayStand(_ neighbour: Unicode.Scalar, beside own: Unicode.Scalar) -> Bool {
        !isWordPart(neighbour) || isSpaceless(neighbour) || isSpaceless(own)
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        case .decimalNumber, .letterNumber, .otherNumber: true
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation: true
        case .initialPunctuation, .finalPunctuation, .otherPunctuation: true
        default: scalar.properties.isWhitespace
        }
    }

    /// By block, which is enough for the letters that tests are made of: the standard library knows no scripts.
    private static func isSpaceless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E01...0x0E3A, 0x0E40...0x0E4E: true  // Thai
        case 0x0E81...0x0EBD, 0x0EC0...0x0ECE, 0x0EDC...0x0EDF: true  // Lao
        case 0x1000...0x109F, 0x1780...0x17DD: true  // Myanmar, Khmer
        case 0x3001...0x3003, 0x3005...0x3011, 0x3041...0x30FF: true  // shared punctuation, zero, Kana
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x2_0000...0x2_FFFF: true  // Han
        default: false
        }
    }
}
