import DoubleTick

extension DoubleTickNumber {
    /// The digits of a number as somebody wrote it.
    static func digits(of written: String) -> String {
        DoubleTickNumber(written).description
    }

    /// Why a text cannot be a phone number, as the rest of a sentence; `nil` if it can.
    ///
    /// Short numbers pass: whoever tries something out may number customers 1, 2, 3.
    static func fault(in written: String) -> String? {
        let count = digits(of: written).utf8.count
        guard count > 0 else { return "is no phone number: it has no digits" }
        guard count <= lengths.upperBound else {
            return "is no phone number: it has more than \(lengths.upperBound) digits"
        }
        return nil
    }

    /// Digits as people read them; Indian mobile numbers in their usual two groups.
    static func display(_ digits: String) -> String {
        guard digits.count == 12, digits.hasPrefix("91") else { return "+\(digits)" }
        return "+91 \(digits.dropFirst(2).prefix(5)) \(digits.suffix(5))"
    }
}
