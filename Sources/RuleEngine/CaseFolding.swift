import Patterns

/// Folds the case of texts into memory that it uses again and again.
///
/// For use from one thread.
final class CaseFolding {
    private var folded: [UInt8] = []

    /// Lends the full case folding of a text, as ``TextFolding`` defines it.
    ///
    /// Allocates nothing for a text that is wholly ASCII, once there is room for it.
    func withCaseFolded<Result>(_ text: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        folded.removeAll(keepingCapacity: true)
        var isASCII = true
        for place in 0..<text.count {
            let byte = unsafe text[place]
            isASCII = isASCII && byte < 0x80
            folded.append(byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte)
        }
        if isASCII { return unsafe folded.withUnsafeBytes { unsafe body($0) } }
        var whole = TextFolding.caseFolded(unsafe String(decoding: text, as: UTF8.self))
        return whole.withUTF8 { unsafe body(UnsafeRawBufferPointer($0)) }
    }
}
