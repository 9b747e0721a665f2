/// A text with the form in which it is compared, so that a place in the one can be shown in the other.
struct SentText {
    private let text: String
    let folded: FoldedText

    init(_ text: String) {
        self.text = text
        folded = FoldedText(text)
    }

    /// The form in which the text is compared.
    func form(withoutAccents: Bool) -> FoldedText {
        withoutAccents ? folded.withoutAccents : folded
    }

    /// What was sent for a place in the form; what stands in the form itself when that cannot be told.
    func sent(_ place: Range<Int>, withoutAccents: Bool) -> String {
        guard let sent = sentPlace(of: place, withoutAccents: withoutAccents) else {
            return String(decoding: form(withoutAccents: withoutAccents).bytes[place], as: UTF8.self)
        }
        return String(decoding: text.utf8.dropFirst(sent.lowerBound).prefix(sent.count), as: UTF8.self)
    }

    /// The whole characters that were sent for a place in the form, in UTF-8 bytes of the text; `nil` when that cannot be told.
    ///
    /// Characters fold one by one into the form of the whole in all but contrived texts; that is made sure of. Takes time
    /// proportional to the text.
    func sentPlace(of place: Range<Int>, withoutAccents: Bool) -> Range<Int>? {
        // What is wholly ASCII folds byte by byte.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return place }
        let form = form(withoutAccents: withoutAccents)
        var folded = 0
        var offset = 0
        var sent: Range<Int>?
        for character in text {
            let piece = FoldedText(String(character))
            let bytes = (withoutAccents ? piece.withoutAccents : piece).bytes
            let next = folded + bytes.count
            guard next <= form.bytes.count, form.bytes[folded..<next].elementsEqual(bytes) else { return nil }
            let end = offset + character.utf8.count
            // What folds to nothing belongs to the place when it stands within.
            let isWithin = bytes.isEmpty ? place.lowerBound < folded && folded < place.upperBound : true
            if isWithin, folded < place.upperBound, next > place.lowerBound {
                sent = (sent?.lowerBound ?? offset)..<end
            }
            folded = next
            offset = end
            if folded >= place.upperBound { break }
        }
        return sent
    }
}
