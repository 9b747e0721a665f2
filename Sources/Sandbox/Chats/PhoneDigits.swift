/// Phone numbers as DoubleTick compares them: by their digits alone.
enum PhoneDigits {
    /// E.164 allows no more.
    static let countMax = 15

    /// The ASCII digits of a number as somebody wrote it.
    static func of(_ written: String) -> String {
        String(decoding: written.utf8.filter { (0x30...0x39).contains($0) }, as: UTF8.self)
    }

    /// Why a text cannot be a phone number, as the rest of a sentence; `nil` if it can.
    static func fault(in written: String) -> String? {
        let digits = of(written)
        guard !digits.isEmpty else { return "is no phone number: it has no digits" }
        guard digits.utf8.count <= countMax else { return "is no phone number: it has more than \(countMax) digits" }
        return nil
    }

    /// The digits as people read them; Indian mobile numbers in their usual two groups.
    static func display(_ digits: String) -> String {
        guard digits.count == 12, digits.hasPrefix("91") else { return "+\(digits)" }
        return "+91 \(digits.dropFirst(2).prefix(5)) \(digits.suffix(5))"
    }
}
