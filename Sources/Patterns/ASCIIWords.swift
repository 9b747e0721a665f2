/// Makes the words form of which only the letters and digits of ASCII are part, all else is left out.
///
/// Of a text that is wholly ASCII it is the form that ``WordCutter`` makes.
enum ASCIIWords {
    /// How many bytes the form may have for each text of a number of bytes.
    static func bytesMax(of count: Int) -> Int { count + 2 }

    /// Writes the form in small letters; returns how many bytes it has, and whether the text is wholly ASCII.
    ///
    /// The output has room for ``bytesMax(of:)``. No branch depends on the text: where its words end cannot be foreseen.
    @inline(__always)
    static func write(
        _ text: UnsafeBufferPointer<UInt8>,
        to output: UnsafeMutablePointer<UInt8>
    ) -> (count: Int, isASCII: Bool) {
        let space = UInt8(ascii: " ")
        var seen: UInt8 = 0
        var count = 1
        var last = space
        unsafe output[0] = space
        unsafe parts.withUnsafeBufferPointer { parts in
            for index in 0..<text.count {
                let byte = unsafe text[index]
                seen |= byte
                let part = unsafe parts[Int(byte)]
                unsafe output[count] = part
                count += part | last == space ? 0 : 1
                last = part
            }
        }
        if last != space {
            unsafe output[count] = space
            count += 1
        }
        return (count, seen < 0x80)
    }

    /// What becomes of each byte: letters and digits stay, as small letters, all else is a space.
    private static let parts = (UInt8.min...UInt8.max).map { byte in
        byte.isASCIIWordPart ? byte.lowercased : UInt8(ascii: " ")
    }

    /// The form of a text that has been folded.
    static func words(of folded: [UInt8]) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: bytesMax(of: folded.count)) { output, count in
            guard let start = output.baseAddress else { return }
            unsafe folded.withUnsafeBufferPointer { count = unsafe write($0, to: start).count }
        }
    }
}

extension UInt8 {
    /// Whether the byte is an ASCII letter or digit.
    @inline(__always)
    var isASCIIWordPart: Bool {
        (self | 0x20) &- UInt8(ascii: "a") < 26 || self &- UInt8(ascii: "0") < 10
    }
}
