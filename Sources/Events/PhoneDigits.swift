/// Phone numbers as events carry them.
public enum PhoneDigits {
    /// How many digits a phone number with its country code has (E.164 allows 15; the shortest in use have 7).
    public static let lengthRange = 7...15

    /// The digits of a phone number, or `nil` if the text is none.
    ///
    /// A plus sign in front, spaces, hyphens, dots and parentheses are dropped; anything else, and a number of digits
    /// outside ``lengthRange``, means that this is no phone number: a group's id, a handle, a name. No country code is
    /// guessed.
    public static func from(_ text: some StringProtocol) -> String? {
        var digits: [UInt8] = []
        for byte in text.utf8 {
            guard append(byte, to: &digits) else { return nil }
        }
        return finished(digits)
    }

    /// The digits of a phone number in UTF-8 bytes.
    static func from(_ bytes: UnsafeRawBufferPointer) -> String? {
        // The common case is digits and nothing else.
        if lengthRange.contains(bytes.count), unsafe bytes.allSatisfy(isDigit) {
            return unsafe String(decoding: bytes, as: UTF8.self)
        }
        var digits: [UInt8] = []
        for place in 0..<bytes.count {
            guard unsafe append(bytes[place], to: &digits) else { return nil }
        }
        return finished(digits)
    }

    private static func append(_ byte: UInt8, to digits: inout [UInt8]) -> Bool {
        switch byte {
        case _ where isDigit(byte):
            digits.append(byte)
            return digits.count <= lengthRange.upperBound
        case UInt8(ascii: "+"): return digits.isEmpty
        default: return " -.()".utf8.contains(byte)
        }
    }

    private static func finished(_ digits: [UInt8]) -> String? {
        lengthRange.contains(digits.count) ? String(decoding: digits, as: UTF8.self) : nil
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

extension JSONValue {
    /// The digits of a phone number that is written as text or as a whole number.
    var phoneDigits: String? {
        guard let digits = unsafe withUTF8({ unsafe PhoneDigits.from($0) }) else {
            return integer.flatMap { PhoneDigits.from(String($0)) }
        }
        return digits
    }
}
