internal import CICU

/// Case folding for the literal matchers: `equals`, `in`, `contains`, `starts_with` and `ends_with` with `ignore_case`.
public enum TextFolding {
    /// The full Unicode case folding of a text, without a locale.
    ///
    /// Full means that one letter may become several: `ß` and `ẞ` fold to `ss`, the ligature `ﬁ` to `fi`, `İ` to `i` and a
    /// combining dot; `ı` stays. Nothing else changes: no normalisation takes place, so full-width letters fold to
    /// full-width letters, composed and decomposed accents stay as they are, and invisible characters are kept. Compare
    /// the results byte for byte (`utf8`), since `==` of `String` ignores how accents are composed.
    public static func caseFolded(_ text: String) -> String {
        var text = text
        return text.withUTF8 { utf8 in
            if unsafe utf8.allSatisfy({ $0 < 0x80 }) {
                return unsafe String(unsafeUninitializedCapacity: utf8.count) { output in
                    for index in 0..<utf8.count {
                        let byte = unsafe utf8[index]
                        unsafe output[index] = byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
                    }
                    return utf8.count
                }
            }
            var folded: [UInt8] = []
            var start = 0
            while start < utf8.count {
                let end = unsafe pieceEnd(in: utf8, from: start)
                let piece = unsafe UnsafeBufferPointer(rebasing: utf8[start..<end])
                unsafe folded.append(contentsOf: ICUConversion.converted(piece, by: cicu_fold_case))
                start = end
            }
            return String(decoding: folded, as: UTF8.self)
        }
    }

    /// Where a piece may end that ICU can take at once; folding looks at one scalar at a time, so any scalar will do.
    private static func pieceEnd(in utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard utf8.count - start > ICUConversion.bytesMax else { return utf8.count }
        var end = start + ICUConversion.bytesMax
        while unsafe utf8[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }
}
