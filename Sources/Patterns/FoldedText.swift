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
    public private(set) var bytes: [UInt8]

    /// The pairs of neighbouring bytes, which rule most keywords out.
    private(set) var bigrams: BigramSet

    /// The same text without accents, made when the first keyword wants it; `nil` for what is wholly ASCII and has none.
    private var accentlessForm: AccentlessForm?

    /// Folds a text.
    public init(_ text: String) {
        self.init(text, withASCIIShortcut: true)
    }

    /// Folds a text; without the shortcut, plain ASCII goes the way of all other text, for tests to compare.
    package init(_ text: String, withASCIIShortcut: Bool) {
        var text = text
        var isASCII = false
        bytes = text.withUTF8 { utf8 in
            var folded = unsafe Array(utf8)
            isASCII = withASCIIShortcut && Self.foldASCII(in: &folded)
            return unsafe isASCII ? folded : KeywordFolding.folded(utf8)
        }
        bigrams = BigramSet(folded: bytes)
        accentlessForm = isASCII ? nil : AccentlessForm()
    }

    /// Takes another text, given as valid UTF-8, in place of the one that was folded.
    ///
    /// For a text that is wholly ASCII nothing is allocated once the memory has grown to the longest of them.
    public mutating func refold(_ utf8: UnsafeBufferPointer<UInt8>) {
        bytes.removeAll(keepingCapacity: true)
        unsafe bytes.append(contentsOf: utf8)
        if Self.foldASCII(in: &bytes) {
            accentlessForm = nil
        } else {
            bytes = unsafe KeywordFolding.folded(utf8)
            accentlessForm = AccentlessForm()
        }
        bigrams = BigramSet(folded: bytes)
    }

    /// A form that has been made already, without accents.
    private init(accentless bytes: [UInt8]) {
        self.bytes = bytes
        bigrams = BigramSet(folded: bytes)
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

    /// Folds a text that is wholly ASCII in place; returns whether it is, and leaves any other half done.
    ///
    /// Of ASCII only the capitals and the grave accent change.
    private static func foldASCII(in bytes: inout [UInt8]) -> Bool {
        unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            var seen: UInt8 = 0
            for index in 0..<bytes.count {
                let byte = unsafe bytes[index]
                seen |= byte
                let lowered = byte.lowercased
                unsafe bytes[index] = lowered == UInt8(ascii: "`") ? UInt8(ascii: "'") : lowered
            }
            return seen < 0x80
        }
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
