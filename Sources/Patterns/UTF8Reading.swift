/// Reading scalars from bytes that are known to be valid UTF-8.
///
/// On other bytes the values are meaningless, but no access is out of bounds without a trap.
extension RandomAccessCollection<UInt8> where Index == Int {
    /// The scalar that begins at `index`, and where the next one begins.
    @inline(__always)
    func scalar(at index: Int) -> (value: UInt32, end: Int) {
        let lead = UInt32(self[index])
        if lead < 0x80 { return (lead, index + 1) }
        let second = UInt32(self[index + 1] & 0x3F)
        if lead < 0xE0 { return ((lead & 0x1F) << 6 | second, index + 2) }
        let third = UInt32(self[index + 2] & 0x3F)
        if lead < 0xF0 { return ((lead & 0x0F) << 12 | second << 6 | third, index + 3) }
        let fourth = UInt32(self[index + 3] & 0x3F)
        return ((lead & 0x07) << 18 | second << 12 | third << 6 | fourth, index + 4)
    }

    /// The scalar that ends before `index`, which is not the start.
    @inline(__always)
    func scalar(before index: Int) -> UInt32 {
        var start = index - 1
        while self[start] & 0xC0 == 0x80 { start -= 1 }
        return scalar(at: start).value
    }
}

extension [UInt8] {
    /// Appends the UTF-8 of a scalar; what is none becomes U+FFFD.
    mutating func append(scalar: UInt32) {
        append(contentsOf: UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
    }
}
