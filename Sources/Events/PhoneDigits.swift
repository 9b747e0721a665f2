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

    /// Whether UTF-8 bytes are the digits of a phone number and nothing else, as most payloads write them; `false` too for
    /// what has to be looked at more closely.
    static func isWritten(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let half = MemoryLayout<UInt64>.size
        guard bytes.count >= half, bytes.count <= lengthRange.upperBound else { return false }
        return unsafe bytes[0] != UInt8(ascii: "0") && DigitWord(bytes, at: 0).isDigits
            && DigitWord(bytes, at: bytes.count - half).isDigits
    }

    /// The digits of a phone number in UTF-8 bytes.
    static func short(_ bytes: UnsafeRawBufferPointer) -> ShortText? {
        guard bytes.count <= textBytesMax else { return nil }
        if let digits = unsafe plain(bytes) { return digits }
        guard var digits = unsafe from(String(decoding: bytes, as: UTF8.self)) else { return nil }
        return digits.withUTF8 { unsafe ShortText(UnsafeRawBufferPointer($0)) }
    }

    /// The digits of a phone number in text.
    static func short(_ text: String) -> ShortText? {
        var text = text
        return text.withUTF8 { unsafe short(UnsafeRawBufferPointer($0)) }
    }

    /// The digits of a number in the common form, with nothing else but a plus sign in front, spaces and hyphens; `nil`
    /// for what has to be looked at more closely.
    private static func plain(_ bytes: UnsafeRawBufferPointer) -> ShortText? {
        unsafe ShortText { digits in
            var count = 0
            for place in (unsafe bytes.begins(with: UInt8(ascii: "+")) ? 1 : 0)..<bytes.count {
                let byte = unsafe bytes[place]
                if byte &- UInt8(ascii: "0") < 10 {
                    guard count < lengthRange.upperBound, count > 0 || byte != UInt8(ascii: "0") else { return nil }
                    unsafe digits[count] = byte
                    count += 1
                } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: "-") {
                    return nil
                }
            }
            return count < lengthRange.lowerBound ? nil : count
        }
    }
}
