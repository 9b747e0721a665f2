internal import CPCRE2

/// Why a text is not a pattern, and where.
public struct PatternProblem: Error, Hashable, Sendable {
    /// PCRE2's message: one clause, lower case, without a full stop.
    public let reason: String

    /// Where reading stopped, in UTF-8 bytes from the start of the pattern; often just behind the offending item.
    ///
    /// Always at the beginning of a character or at the end of the pattern.
    public let offset: Int
}

extension PatternProblem {
    /// Translates an error of compiling `source`.
    init(code: Int32, offset: Int, in source: String) {
        reason = Self.message(for: code)
        let utf8 = source.utf8
        var place = utf8.index(utf8.startIndex, offsetBy: min(offset, utf8.count))
        while place < utf8.endIndex, utf8[place] & 0xC0 == 0x80 { place = utf8.index(before: place) }
        self.offset = utf8.distance(from: utf8.startIndex, to: place)
    }

    /// PCRE2's words for an error; they are lower case, but for names, and have no full stop.
    package static func message(for code: Int32) -> String {
        // "The buffer of 256 code units is large enough for all messages", says pcre2api.
        var length: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
            length = unsafe pcre2_get_error_message_8(code, buffer.baseAddress, buffer.count)
            count = max(0, Int(length))
        }
        return length > 0
            ? String(decoding: bytes, as: UTF8.self) : "the pattern does not compile (PCRE2 error \(code))"
    }
}
