/// Finds one phone number in text, however it is grouped.
///
/// The digits with their country code, in ASCII, with spaces, hyphens, dots and brackets between them as people write. A
/// longer number that holds them is another number; one behind `+` or `00` is this one.
struct NumberSearch {
    private let digits: [UInt8]

    /// How many marks may stand between two digits.
    private static let marksMax = 3

    /// The marks that people put between digits, as UTF-8: also the no-break spaces and hyphens of word processors.
    private static let marks: [[UInt8]] = [
        " ", "-", "(", ")", ".", "/", "\u{A0}", "\u{202F}", "\u{2009}", "\u{2010}", "\u{2011}", "\u{2013}",
    ]
    .map { (mark: String) in Array(mark.utf8) }

    init(digits: String) {
        self.digits = Array(digits.utf8)
    }

    /// Whether the number occurs.
    func isFound(in bytes: [UInt8]) -> Bool {
        match(in: bytes, from: 0) != nil
    }

    /// Whether the number occurs in one of these.
    func isFound(in texts: [String]) -> Bool {
        texts.contains { isFound(in: Array($0.utf8)) }
    }

    /// The text with a zero in place of the number, which leaves JSON what it was; `nil` where the number does not occur.
    func redacted(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var end = 0
        while let found = match(in: bytes, from: end) {
            result += bytes[end..<found.lowerBound] + [UInt8(ascii: "0")]
            end = found.upperBound
        }
        return end == 0 ? nil : String(decoding: result + bytes[end...], as: UTF8.self)
    }

    private func match(in bytes: [UInt8], from start: Int) -> Range<Int>? {
        guard let first = digits.first else { return nil }
        var place = start
        while let candidate = bytes[place...].firstIndex(of: first) {
            if startsNumber(bytes, at: candidate), let end = end(in: bytes, from: candidate) { return candidate..<end }
            place = candidate + 1
        }
        return nil
    }

    /// Whether no digit stands before a place, but for the prefix of international calls.
    private func startsNumber(_ bytes: [UInt8], at place: Int) -> Bool {
        let zero = UInt8(ascii: "0")
        var place = place
        if place >= 2, bytes[place - 1] == zero, bytes[place - 2] == zero { place -= 2 }
        return place == 0 || !bytes[place - 1].isDigit
    }

    private func end(in bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        for digit in digits {
            var markCount = 0
            while place > start, markCount < Self.marksMax,
                let mark = Self.marks.first(where: { bytes[place...].starts(with: $0) })
            {
                place += mark.count
                markCount += 1
            }
            guard place < bytes.count, bytes[place] == digit else { return nil }
            place += 1
        }
        return place == bytes.count || !bytes[place].isDigit ? place : nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
