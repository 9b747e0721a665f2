/// Texts of which all forms are the same but for capitals.
enum PlainText {
    /// Whether a text is wholly ASCII and has no grave accent, which ``FoldedText`` takes for an apostrophe.
    static func isPlain(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        var seen: UInt8 = 0
        var graves: UInt8 = 0
        for index in utf8.indices {
            let byte = unsafe utf8[index]
            seen |= byte
            graves |= byte == UInt8(ascii: "`") ? 1 : 0
        }
        return seen < 0x80 && graves == 0
    }
}
