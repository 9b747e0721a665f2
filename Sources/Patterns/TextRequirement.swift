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
}

/// Bytes that a form of a text must hold.
public struct TextLiteral: Hashable, Sendable {
    /// What must be found, never empty.
    public let bytes: [UInt8]

    /// The form of the text in which it must be found.
    public let form: TextForm

    /// Creates a literal; of one that is too long the beginning is enough.
    init(_ bytes: [UInt8], in form: TextForm) {
        precondition(!bytes.isEmpty, "a literal needs something to look for")
        self.bytes = bytes.count > Self.bytesMax ? Array(bytes.prefix(Self.bytesMax)) : bytes
        self.form = form
    }

    /// The longest literal: more bytes would rule out no more texts.
    static let bytesMax = 64
}

/// A form of a text.
public enum TextForm: Hashable, Sendable {
    /// The full case folding of ``TextFolding``.
    ///
    /// Full folding works character by character, and characters that are the same to PCRE2 without regard to case have the same
    /// one. So a text that matches `(?i)stra(ss|ß)e`, or holds "Straße", holds "strasse" in this form.
    case caseFolded

    /// The runs of ASCII letters and digits in the case folded form, one space between them and at both ends.
    case caseFoldedWords

    /// The words of the form of ``FoldedText``, one space between them and at both ends.
    case words

    /// The words of the form of ``FoldedText`` without accents, as ``KeywordOptions`` defines them.
    case accentlessWords
}

extension TextForm {
    /// The form as a bit.
    var bit: UInt8 {
        switch self {
        case .caseFolded: 1 << 0
        case .caseFoldedWords: 1 << 1
        case .words: 1 << 2
        case .accentlessWords: 1 << 3
        }
    }

    /// The bits of the forms that hold words, which for a text that is wholly ASCII are one.
    static let bitsOfWords = caseFoldedWords.bit | words.bit | accentlessWords.bit
}
