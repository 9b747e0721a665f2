internal import Synchronization

/// A text in the form in which keywords are compared.
///
/// The form is NFKC_Casefold (no locale) without default-ignorable and format characters, with the decimal digits of every
/// script, every form of apostrophe and every form of hyphen replaced by the ASCII one. It is made once a text and asked
/// for any number of keywords:
///
/// ```swift
/// let text = FoldedText("I want a REFUND")
/// try Keyword("refund").isFound(in: text)   // true
/// ```
///
/// Canonically equivalent texts have the same form. The one exception is a run of more than 256 combining marks, which is
/// taken in pieces, the same way in texts and keywords: putting such a run in order takes quadratic time.
///
/// Creating one takes time and memory proportional to the text, whatever it holds.
public struct FoldedText: Hashable, Sendable {
    /// The form, in UTF-8.
    public let bytes: [UInt8]

    /// The pairs of neighbouring bytes, which rule most keywords out.
    let bigrams: BigramSet

    /// The same text without accents, made when the first keyword wants it; `nil` for what is wholly ASCII and has none.
    private let accentlessForm: AccentlessForm?

    /// Folds a text.
    public init(_ text: String) {
        self.init(text, withASCIIShortcut: true)
    }

    /// Folds a text; without the shortcut, plain ASCII goes the way of all other text, for tests to compare.
    package init(_ text: String, withASCIIShortcut: Bool) {
        var text = text
        var isASCII = false
        bytes = text.withUTF8 { utf8 in
            if withASCIIShortcut, let folded = unsafe Self.foldedASCII(utf8) {
                isASCII = true
                return folded
            }
            return unsafe KeywordFolding.folded(utf8)
        }
        bigrams = BigramSet(bytes)
        accentlessForm = isASCII ? nil : AccentlessForm()
    }

    /// Takes another text, given as valid UTF-8, in place of the one that was folded; for a plain one nothing is allocated.
    public mutating func refold(_ utf8: UnsafeBufferPointer<UInt8>) {
        unsafe self = FoldedText(String(decoding: utf8, as: UTF8.self))
    }

    /// A form that has been made already, without accents.
    private init(accentless bytes: [UInt8]) {
        self.bytes = bytes
        bigrams = BigramSet(bytes)
        accentlessForm = nil
    }

    /// The text without its accents, as ``KeywordOptions`` defines them.
    ///
    /// Takes time proportional to the text the first time, and nothing from then on.
    var withoutAccents: FoldedText {
        guard let accentlessForm else { return self }
        return accentlessForm.text.withLock { known in
            if let known { return known }
            let made = FoldedText(accentless: AccentFolding.withoutAccents(bytes))
            known = made
            return made
        }
    }

    /// The folded form of a text that is wholly ASCII; `nil` for any other.
    ///
    /// Of ASCII only the capitals and the grave accent change.
    private static func foldedASCII(_ utf8: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var seen: UInt8 = 0
        let folded = unsafe [UInt8](unsafeUninitializedCapacity: utf8.count) { output, count in
            for index in 0..<utf8.count {
                let byte = unsafe utf8[index]
                seen |= byte
                let isCapital = byte &- UInt8(ascii: "A") < 26
                let lowered = isCapital ? byte | 0x20 : byte
                unsafe output[index] = lowered == UInt8(ascii: "`") ? UInt8(ascii: "'") : lowered
            }
            count = utf8.count
        }
        return seen < 0x80 ? folded : nil
    }
}

extension FoldedText {
    /// Texts are equal when their forms are.
    public static func == (one: FoldedText, other: FoldedText) -> Bool {
        one.bytes == other.bytes
    }

    /// Hashes the form.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(bytes)
    }
}

/// Holds the form without accents for all copies of a text.
private final class AccentlessForm: Sendable {
    let text = Mutex<FoldedText?>(nil)
}
