/// What stands in the circle of a person, and its colour.
enum Initials {
    /// How many colours the style sheet has.
    static let tintCount = 8

    /// One or two letters of a name; empty for a name without letters, for which the page draws a figure.
    ///
    /// Two letters only in Latin script: in scripts that join their letters, two initials would make a syllable.
    static func of(_ name: String) -> String {
        let words = name.split(whereSeparator: \.isWhitespace).compactMap { word in word.first { $0.isLetter } }
        guard let first = words.first else { return "" }
        guard isLatin(first), let last = words.last, words.count > 1, isLatin(last) else { return short(first) }
        return short(first) + short(last)
    }

    /// A number below ``tintCount``, always the same for the same person.
    static func tint(_ number: String) -> Int {
        let hash = number.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return Int((hash >> 8) % UInt32(tintCount))
    }

    private static func isLatin(_ letter: Character) -> Bool {
        (letter.unicodeScalars.first?.value ?? 0) < 0x250
    }

    /// A grapheme can be as long as a text; the first scalars are enough for a letter with its marks.
    private static func short(_ letter: Character) -> String {
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: letter.unicodeScalars.prefix(4))
        return String(kept).uppercased()
    }
}
