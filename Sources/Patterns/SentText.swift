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
    ///
    /// Characters fold one by one into the form of the whole in all but contrived texts; that is made sure of.
    func sent(_ place: Range<Int>, withoutAccents: Bool) -> String {
        let form = form(withoutAccents: withoutAccents)
        var folded = 0
        var sent = ""
        for character in text {
            let piece = FoldedText(String(character))
            let bytes = (withoutAccents ? piece.withoutAccents : piece).bytes
            let next = folded + bytes.count
            guard next <= form.bytes.count, form.bytes[folded..<next].elementsEqual(bytes) else {
                return String(decoding: form.bytes[place], as: UTF8.self)
            }
            // What folds to nothing belongs to the place when it stands within.
            let isWithin = bytes.isEmpty ? place.lowerBound < folded && folded < place.upperBound : true
            if isWithin, folded < place.upperBound, next > place.lowerBound { sent.append(character) }
            folded = next
            if folded >= place.upperBound { break }
        }
        return sent
    }
}
