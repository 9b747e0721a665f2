/// Phone numbers as events carry them.
public enum PhoneDigits {
    /// How many digits a phone number with its country code has (E.164 allows 15; the shortest in use have 7).
    public static let lengthRange = 7...15

    /// The longest text that is looked at, in bytes of UTF-8: what is longer is no phone number.
    public static let textBytesMax = 256

    /// The digits of a phone number, or `nil` if the text is none.
    ///
    /// Numbers are read however they are written (``WrittenPhoneNumber``). Anything else, and a number of digits outside
    /// ``lengthRange``, means that this is no phone number: a group's id, a handle, a name. No country code is guessed,
    /// and whether the number exists is not asked.
    public static func from(_ text: some StringProtocol) -> String? {
        guard text.utf8.count <= textBytesMax, let digits = WrittenPhoneNumber(reading: text)?.digits,
            lengthRange.contains(digits.utf8.count)
        else { return nil }
        return digits
    }

    /// The digits of a phone number in UTF-8 bytes.
    static func from(_ bytes: UnsafeRawBufferPointer) -> String? {
        guard bytes.count <= textBytesMax else { return nil }
        // The common case is digits and nothing else but a plus sign.
        let hasPlus = unsafe bytes.first == UInt8(ascii: "+")
        let digits = unsafe UnsafeRawBufferPointer(rebasing: bytes.dropFirst(hasPlus ? 1 : 0))
        if lengthRange.contains(digits.count), unsafe digits.allSatisfy(isDigit), unsafe digits[0] != UInt8(ascii: "0")
        {
            return unsafe String(decoding: digits, as: UTF8.self)
        }
        return from(unsafe String(decoding: bytes, as: UTF8.self))
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
