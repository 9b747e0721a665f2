import Crypto
import Diagnostics

extension Span {
    /// A digest of the text, without white space behind it.
    var digest: String {
        var text = file.bytes[bytes]
        while let last = text.last, last == UInt8(ascii: " ") || (0x09...0x0D).contains(last) { text.removeLast() }
        return text.shortDigest
    }
}

extension Sequence<UInt8> {
    /// The first twelve hexadecimal digits of the SHA-256 of the bytes.
    ///
    /// 48 bits tell the wordings of one rule apart: it would take millions of them for two to meet by chance.
    var shortDigest: String {
        let bits = SHA256.hash(data: Array(self)).prefix(6).reduce(into: UInt64(0)) { $0 = $0 << 8 | UInt64($1) }
        // The one above the 48 bits keeps the zeros in front, and is cut off again.
        return String(String(1 << 48 | bits, radix: 16).dropFirst())
    }
}
