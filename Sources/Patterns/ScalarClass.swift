internal import CICU

/// What folding and keyword matching want to know of one scalar.
///
/// ICU answers each question in some nanoseconds, a table answers all at once: the classes of the Basic Multilingual
/// Plane and of the emoji are computed when the first of them is needed (134 KiB, some milliseconds); other scalars are
/// asked for as they come.
struct ScalarClass: OptionSet, Sendable {
    let rawValue: UInt16

    /// A letter, number or combining mark: what may not stand next to a keyword.
    ///
    /// "Digit" is read as every number (categories Nd, Nl and No): NFKC turns `①`, `²` and `½` into digits, and the
    /// numbers that it leaves alone, such as `❶` or Ethiopic `፩`, should not behave differently.
    static let wordPart = ScalarClass(rawValue: 1 << 0)

    /// White space or punctuation: what stands between the words of a phrase.
    static let separator = ScalarClass(rawValue: 1 << 1)

    /// White space: what keywords are split at.
    static let whiteSpace = ScalarClass(rawValue: 1 << 2)

    /// Of a script that is written without spaces, by its script or one of its script extensions.
    ///
    /// The extensions matter: the prolonged sound mark `ー` is common to Hiragana and Katakana and so has neither script.
    /// That holds for letters, marks, signs and punctuation alike.
    static let spaceless = ScalarClass(rawValue: 1 << 3)

    /// Default-ignorable or a format character: left out of the comparison.
    static let ignored = ScalarClass(rawValue: 1 << 4)

    /// A form of apostrophe that NFKC would take apart into a space and a mark, so that it must be replaced before.
    static let replacedEarly = ScalarClass(rawValue: 1 << 5)

    /// A digit, apostrophe or hyphen that stands for its ASCII form.
    static let replaced = ScalarClass(rawValue: 1 << 6)

    /// Written with an iota below, which canonical order puts last and case folding turns into a letter.
    static let iotaBelow = ScalarClass(rawValue: 1 << 7)

    /// A letter or combining mark: what people repeat to stretch a word, and what a run of three or more makes a stretch of.
    ///
    /// Digits are none, since 1000 is not 10, and neither are enclosing marks.
    static let stretchable = ScalarClass(rawValue: 1 << 8)

    /// A letter (category L): what is counted before typos are allowed.
    static let letter = ScalarClass(rawValue: 1 << 10)

    /// What may stand around a keyword that is the whole text: all but letters, numbers and marks.
    ///
    /// An enclosing mark, as in a keycap, makes a symbol of what it encloses and is apart from it. Symbols that the platform's
    /// Unicode data does not know yet are unassigned there, and so apart.
    static let apart = ScalarClass(rawValue: 1 << 9)

    /// The class of a scalar.
    @inline(__always)
    init(of scalar: UInt32) {
        if scalar < 0x1_0000 {
            self = Self.basicPlane[Int(scalar)]
        } else if Self.emojiBlocks.contains(scalar) {
            self = Self.emoji[Int(scalar - Self.emojiBlocks.lowerBound)]
        } else {
            self = Self.asked(for: scalar)
        }
    }

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Whether the scalar is of a class.
    ///
    /// Stands in for the generic method of `OptionSet`, which takes most of the time of folding in debug builds.
    @inline(__always)
    func contains(_ other: ScalarClass) -> Bool {
        rawValue & other.rawValue == other.rawValue
    }

    private static let basicPlane: [ScalarClass] = {
        var classes = (0..<0x1_0000).map { asked(for: $0) }
        for scalar in ScalarReplacement.apostrophes { classes[Int(scalar)].insert(.replaced) }
        for scalar in ScalarReplacement.hyphensBesideDashes { classes[Int(scalar)].insert(.replaced) }
        for scalar in ScalarReplacement.lostInNFKC { classes[Int(scalar)].insert(.replacedEarly) }
        for scalar in 0x1F80...0x1FFC { classes[scalar].insert(.iotaBelow) }
        classes[0x345].insert(.iotaBelow)
        return classes
    }()

    private static let emojiBlocks: Range<UInt32> = 0x1_F000..<0x1_FB00
    private static let emoji: [ScalarClass] = emojiBlocks.map { asked(for: $0) }

    private static let spacelessScripts = [
        cicu_script_han, cicu_script_hiragana, cicu_script_katakana, cicu_script_thai, cicu_script_khmer,
        cicu_script_lao, cicu_script_myanmar,
    ].map { Int32($0) }

    /// What ICU says; the tables of ``ScalarReplacement`` hold no scalar beyond the Basic Multilingual Plane.
    private static func asked(for scalar: UInt32) -> ScalarClass {
        var found: ScalarClass = []
        let category = Int(cicu_category_bit(scalar))
        if category & (cicu_category_letter | cicu_category_number | cicu_category_mark) != 0 {
            found.insert(.wordPart)
        }
        if category & cicu_category_letter != 0 { found.insert(.letter) }
        let isEnclosing = category & cicu_category_enclosing_mark != 0
        if category & (cicu_category_letter | cicu_category_mark) != 0, !isEnclosing { found.insert(.stretchable) }
        if isEnclosing || !found.contains(.wordPart) { found.insert(.apart) }
        if spacelessScripts.contains(where: { cicu_has_script(scalar, $0) }) { found.insert(.spaceless) }
        if category & cicu_category_punctuation != 0 { found.insert(.separator) }
        if cicu_is_white_space(scalar) { found.formUnion([.separator, .whiteSpace]) }
        if category & cicu_category_format != 0 || cicu_is_default_ignorable(scalar) { found.insert(.ignored) }
        if scalar > 0x7F, category & cicu_category_decimal != 0 || cicu_is_dash(scalar) { found.insert(.replaced) }
        return found
    }
}
