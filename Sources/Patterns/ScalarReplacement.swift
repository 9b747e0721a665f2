internal import CICU

/// The characters that are one in a comparison: digits, apostrophes and hyphens, each with the ASCII form it takes.
enum ScalarReplacement {
    /// What people and their keyboards write for an apostrophe, in the form that NFKC_Casefold leaves.
    ///
    /// NFKC has turned U+FF07 FULLWIDTH APOSTROPHE into U+0027, U+FF40 FULLWIDTH GRAVE ACCENT and U+1FEF GREEK VARIA into
    /// U+0060, U+0149 LATIN SMALL LETTER N PRECEDED BY APOSTROPHE into U+02BC and n, U+0374 GREEK NUMERAL SIGN into U+02B9.
    /// Left out: U+201A SINGLE LOW-9 QUOTATION MARK, which looks like a comma and stands where no apostrophe does, and all
    /// double marks.
    static let apostrophes: [UInt32] = [
        0x0060,  // GRAVE ACCENT: the key next to 1, typed for an apostrophe (don`t)
        0x02B9,  // MODIFIER LETTER PRIME: the soft sign of transliterations, often typed as '
        0x02BB,  // MODIFIER LETTER TURNED COMMA: the Hawaiian ʻokina, often typed as '
        0x02BC,  // MODIFIER LETTER APOSTROPHE: Ukrainian and others, where the apostrophe is a letter
        0x02BD,  // MODIFIER LETTER REVERSED COMMA: rough breathing in transliterations
        0x055A,  // ARMENIAN APOSTROPHE
        0x05F3,  // HEBREW PUNCTUATION GERESH: most keyboards have only '
        0x07F4,  // NKO HIGH TONE APOSTROPHE
        0x07F5,  // NKO LOW TONE APOSTROPHE
        0x2018,  // LEFT SINGLE QUOTATION MARK: what "smart quotes" make of ' at the beginning of a word (‘tis)
        0x2019,  // RIGHT SINGLE QUOTATION MARK: the apostrophe of every phone
        0x201B,  // SINGLE HIGH-REVERSED-9 QUOTATION MARK: a variant of U+2018
        0x2032,  // PRIME: looks the same in most fonts
        0x275B,  // HEAVY SINGLE TURNED COMMA QUOTATION MARK ORNAMENT
        0x275C,  // HEAVY SINGLE COMMA QUOTATION MARK ORNAMENT
        0xA78C,  // LATIN SMALL LETTER SALTILLO: the glottal stop of Mexican languages, often typed as '
    ]

    /// Forms of apostrophe that NFKC would take apart into a space and a combining mark; they are replaced before it.
    ///
    /// U+1FBF GREEK PSILI looks the same but is also the first half of canonical pairs such as U+1FCD, which would fold in two
    /// ways.
    static let lostInNFKC: [UInt32] = [
        0x00B4,  // ACUTE ACCENT: typed for an apostrophe on many European keyboards (it´s)
        0x0384,  // GREEK TONOS: the same key of a Greek keyboard
        0x1FBD,  // GREEK KORONIS: the apostrophe of polytonic keyboards
        0x1FFD,  // GREEK OXIA: canonically U+00B4
    ]

    /// What the Dash property lacks and people read as a hyphen.
    ///
    /// U+00AD SOFT HYPHEN is not here: it is default-ignorable, and so left out of the comparison.
    static let hyphensBesideDashes: [UInt32] = [
        0x02D7,  // MODIFIER LETTER MINUS SIGN
        0x2043,  // HYPHEN BULLET
        0x2796,  // HEAVY MINUS SIGN: the minus of emoji keyboards
    ]

    /// The ASCII character that a scalar of class ``ScalarClass/replaced`` stands for.
    ///
    /// Hyphens are the Dash property (U+2010 … U+2015, the minus signs, Hebrew maqaf, Armenian hyphen, small and full
    /// width forms, …) and what it lacks.
    static func ascii(for scalar: UInt32) -> UInt8 {
        if apostrophes.contains(scalar) { return UInt8(ascii: "'") }
        let digit = cicu_decimal_value(scalar)
        return (0...9).contains(digit) ? UInt8(ascii: "0") + UInt8(digit) : UInt8(ascii: "-")
    }
}
