/// What a text must hold for a test of it to be able to hold.
///
/// A requirement may be looser than the test, never stricter: a text that does not meet it fails the test for certain, one that
/// meets it has to be tried. ``LiteralIndex`` says for thousands of requirements at once which of them a text may meet.
///
/// ```swift
/// try Pattern("colou?r (red|green)").requirement   // "colo", " red" or "colo", " green"
/// ```
public struct TextRequirement: Hashable, Sendable {
    /// Of these a text must meet at least one, each by meeting all of its needs; neither list is ever empty.
    public let alternatives: [[TextNeed]]

    /// Creates a requirement; `nil` when any text may meet it, which is so when an alternative has no needs.
    init?(alternatives: [[TextNeed]]) {
        guard !alternatives.isEmpty, alternatives.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.alternatives = alternatives
    }
}

/// One thing that a text must hold.
public enum TextNeed: Hashable, Sendable {
    /// The text holds some bytes in one of its forms.
    case literal(TextLiteral)

    /// The text as it is holds at least one of some characters.
    case character(TextCharacters)

    /// In one of the forms of the text, a letter or digit comes next behind another, with something else between them.
    case junction(TextJunction)
}

/// Bytes that a form of a text must hold.
public struct TextLiteral: Hashable, Sendable {
    /// What must be found, never empty.
    public let bytes: [UInt8]

    /// The form of the text in which it must be found.
    public let form: TextForm

    /// At which of its ends it must be free of letters, numbers and marks, as a word is.
    ///
    /// In the case folded form only those of ASCII count.
    public let freeEnds: FreeEnds

    /// The ends of a literal.
    public struct FreeEnds: OptionSet, Hashable, Sendable {
        /// The ends as bits.
        public let rawValue: UInt8

        /// Creates ends from bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The left end.
        public static let left = FreeEnds(rawValue: 1 << 0)

        /// The right end.
        public static let right = FreeEnds(rawValue: 1 << 1)
    }

    /// Creates a literal; of one that is too long the beginning is enough.
    init(_ bytes: [UInt8], in form: TextForm, freeEnds: FreeEnds = []) {
        precondition(!bytes.isEmpty, "a literal needs something to look for")
        let isCut = bytes.count > Self.bytesMax
        self.bytes = isCut ? Array(bytes.prefix(Self.bytesMax)) : bytes
        self.form = form
        self.freeEnds = isCut ? freeEnds.subtracting(.right) : freeEnds
    }

    /// The longest literal: more bytes would rule out no more texts.
    static let bytesMax = 64
}

/// A form of a text.
///
/// A plain text, which is wholly ASCII and has no grave accent, has one form, which is lower case.
public enum TextForm: Hashable, Sendable, CaseIterable {
    /// The full case folding of ``TextFolding``.
    ///
    /// Full folding works character by character, and characters that are the same to PCRE2 without regard to case have the same
    /// one. So a text that matches `(?i)stra(ss|ß)e`, or holds "Straße", holds "strasse" in this form.
    case caseFolded

    /// That of ``FoldedText``.
    case folded

    /// That of ``FoldedText`` without accents, as ``KeywordOptions`` defines them.
    case accentless
}

extension TextForm {
    /// The form as a bit.
    var bit: UInt8 {
        switch self {
        case .caseFolded: 1 << 0
        case .folded: 1 << 1
        case .accentless: 1 << 2
        }
    }

    /// The bits of all forms.
    static let allBits: UInt8 = 0b111
}
