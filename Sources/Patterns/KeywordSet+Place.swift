extension KeywordSet {
    /// Where the first keyword in written order that is found stands first, in UTF-8 bytes of the text as it was sent.
    ///
    /// Letters of a script without spaces that stand around it belong to the place: where the word begins and ends cannot be told.
    /// `nil` when no keyword is found, or when folding moved so much that the place cannot be told. Takes time proportional to
    /// the text for each keyword.
    public func place(in text: String) -> Range<Int>? {
        let sent = SentText(text)
        let bytes = sent.form(withoutAccents: options.ignoresAccents).bytes
        for keyword in keywords {
            guard let place = place(of: keyword, in: sent, with: options, amid: .wholeWord) else { continue }
            let start = bytes.wordStart(before: place.lowerBound)
            var run = RunCursor(of: .wordPart)
            let end = run.end(in: bytes, from: place.upperBound)
            return sent.sentPlace(of: start..<end, withoutAccents: options.ignoresAccents)
        }
        return nil
    }
}
