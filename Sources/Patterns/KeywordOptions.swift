/// How far a text may be from a keyword and still hold it.
///
/// All of them compare in the form of ``FoldedText``, and none changes what a whole word is. An option only adds: what is found
/// without it is found with it (but for a keyword that begins with a bare mark).
///
/// **Typos** are counted for each word of a phrase by itself. A letter too many, a letter too few, another letter and a swap of
/// two neighbours are one typo each (the distance is that of optimal string alignment: what was swapped is not changed
/// again). A "letter" here is a scalar of the folded form, so that a wrong vowel sign is one typo too. What a typo puts
/// into the text is a letter, digit or mark: a typo never joins two words, and `apart` is not found in "a part". A word with
/// fewer than five letters (scalars of category L; digits, marks and signs do not count) allows no typo, and neither does a
/// word with a character of a script that is written without spaces, since nothing shows where the mistyped word would begin
/// and end. Of a word with a star (`refund*`) the part before the star may be mistyped, and a word of the text is found when
/// one of its beginnings is near enough: "refnudable", and with `refund*` and one typo "refunction" as well.
///
/// **Accents** are nonspacing marks of the canonical decomposition which Unicode calls diacritics or which are points of Hebrew,
/// Arabic or Syriac (combining classes 10 to 36), on a letter of a script with case (Latin, Greek, Cyrillic, Armenian, …) or
/// of Hebrew, Arabic or Syriac. They are left out of keyword and text. So "cafe" finds "café" and the reverse, "елка" finds
/// "ёлка" and "مرحبا" finds "مَرحباً"; vowel signs, nuktas, viramas and tone marks of Indic scripts and Thai, the voiced marks of
/// Kana (on any letter) and the hamza and madda of Arabic, which make other letters, stay. A letter that does not decompose, such as `ø` or
/// `ł`, has no accent.
///
/// **Stretching**: a run of three or more of one letter or mark in the text may stand for any shorter run. "pleeease" has
/// "please", "sooo" has "so" and "soo"; "see" does not have "se".
public struct KeywordOptions: Hashable, Sendable {
    /// How many typos each word of at least five letters may have: 0, 1 or 2.
    public let typos: Int

    /// Whether accents are left out of the comparison.
    public let ignoresAccents: Bool

    /// Whether stretched letters count as shorter runs of them.
    public let ignoresStretching: Bool

    /// The largest number of typos.
    public static let typosMax = 2

    /// The smallest number of letters with which a word allows typos.
    public static let lettersWithTyposMin = 5

    /// Creates options; a number of typos beyond 0 to 2 is taken for the nearest of them.
    public init(typos: Int = 0, ignoresAccents: Bool = false, ignoresStretching: Bool = false) {
        self.typos = min(max(typos, 0), Self.typosMax)
        self.ignoresAccents = ignoresAccents
        self.ignoresStretching = ignoresStretching
    }

    /// Whether words are compared letter by letter instead of being searched for as they are.
    var isLoose: Bool { typos > 0 || ignoresStretching }
}
