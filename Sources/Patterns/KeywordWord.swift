/// One word of a keyword, in folded form.
struct KeywordWord: Hashable, Sendable {
    private let search: ByteSearch

    /// Whether letters, numbers and marks may follow (`refund*`).
    let takesAnyEnding: Bool

    let firstIsSpaceless: Bool
    let lastIsSpaceless: Bool

    /// The word itself.
    var bytes: [UInt8] { search.needle }

    /// Reads a folded word without white space, in which `*` and `\*` have not been told apart yet.
    init(_ written: ArraySlice<UInt8>) throws(KeywordProblem) {
        let star = UInt8(ascii: "*")
        let backslash = UInt8(ascii: "\\")
        var word: [UInt8] = []
        var endsInPlainStar = false
        for (index, byte) in zip(written.indices, written) {
            let isEscaped = byte == star && index > written.startIndex && written[index - 1] == backslash
            if isEscaped { word.removeLast() }
            word.append(byte)
            endsInPlainStar = byte == star && !isEscaped
        }
        if endsInPlainStar { word.removeLast() }
        guard !word.isEmpty else { throw .starAlone }
        takesAnyEnding = endsInPlainStar
        firstIsSpaceless = ScalarClass(of: word.scalar(at: 0).value).contains(.spaceless)
        lastIsSpaceless = ScalarClass(of: word.scalar(before: word.count)).contains(.spaceless)
        search = ByteSearch(word)
    }

    /// Whether the word begins with white space or punctuation, as the run does that parts it from the word before.
    var beginsWithSeparator: Bool { ScalarClass(of: bytes.scalar(at: 0).value).contains(.separator) }

    /// Whether the bytes of the word stand at a place of the text.
    func begins(at place: Int, in text: [UInt8]) -> Bool {
        guard text.count - place >= bytes.count else { return false }
        for index in bytes.indices where text[place + index] != bytes[index] { return false }
        return true
    }

    /// Whether the word stands in the text, free on the left, so that a condition on its end holds.
    func stands(in text: [UInt8], where isMet: (Int) -> Bool) -> Bool {
        var cursor = ByteSearch.Cursor()
        while let end = search.nextEnd(in: text, &cursor) {
            if isFreeOnTheLeft(in: text, end: end), isMet(end) { return true }
        }
        return false
    }

    /// Whether the word stands in the text by itself.
    func stands(in text: [UInt8]) -> Bool {
        stands(in: text) { isFreeOnTheRight(in: text, end: $0) }
    }

    /// Where the occurrences end with which a phrase may begin, in ascending order.
    func phraseBeginnings(in text: [UInt8]) -> [Int] {
        var ends: [Int] = []
        var ending = RunCursor(of: .wordPart)
        var cursor = ByteSearch.Cursor()
        while let end = search.nextEnd(in: text, &cursor) {
            guard isFreeOnTheLeft(in: text, end: end) else { continue }
            ends.append(takesAnyEnding ? ending.end(in: text, from: end) : end)
        }
        return ends
    }

    /// Where the occurrences end that begin no later than a place, in ascending order.
    func beginnings(in text: [UInt8], upTo last: Int) -> [Int] {
        var ends: [Int] = []
        var ending = RunCursor(of: .wordPart)
        var cursor = ByteSearch.Cursor()
        while let end = search.nextEnd(in: text, &cursor), end - search.needle.count <= last {
            ends.append(takesAnyEnding ? ending.end(in: text, from: end) : end)
        }
        return ends
    }

    /// Where the occurrences end that continue a phrase, in ascending order.
    func continuations(
        in text: [UInt8],
        after previous: [Int],
        partedBy parting: ScalarClass = .separator
    ) -> [Int] {
        var ends: [Int] = []
        var ending = RunCursor(of: .wordPart)
        visitContinuations(in: text, after: previous, partedBy: parting) { end in
            ends.append(takesAnyEnding ? ending.end(in: text, from: end) : end)
            return false
        }
        return ends
    }

    /// Whether an occurrence continues a phrase and is whole at its end.
    func completesPhrase(in text: [UInt8], after previous: [Int]) -> Bool {
        visitContinuations(in: text, after: previous, partedBy: .separator) { isFreeOnTheRight(in: text, end: $0) }
    }

    /// Gives `body` the end of each occurrence that scalars of a class, and at least one, part from one of the ends in
    /// `previous`, which are in ascending order, until it returns true; returns whether it did.
    ///
    /// Only the nearest end before an occurrence needs a look: if there are only such scalars from an earlier one on, there
    /// are only such scalars from the nearest one on. That makes words which begin with punctuation themselves, of which a
    /// part of the run may already belong to the word, as cheap as all others.
    @discardableResult
    private func visitContinuations(
        in text: [UInt8],
        after previous: [Int],
        partedBy parting: ScalarClass,
        _ body: (Int) -> Bool
    ) -> Bool {
        var nearest = 0
        var separators = RunCursor(of: parting)
        var cursor = ByteSearch.Cursor(at: previous[0])
        while let end = search.nextEnd(in: text, &cursor) {
            let start = end - search.needle.count
            guard previous[nearest] < start else { continue }
            while nearest + 1 < previous.count, previous[nearest + 1] < start { nearest += 1 }
            if separators.end(in: text, from: previous[nearest]) >= start, body(end) { return true }
        }
        return false
    }

    private func isFreeOnTheLeft(in text: [UInt8], end: Int) -> Bool {
        let start = end - search.needle.count
        guard start > 0, !firstIsSpaceless else { return true }
        return ScalarClass(of: text.scalar(before: start)).mayNeighbour
    }

    func isFreeOnTheRight(in text: [UInt8], end: Int) -> Bool {
        guard end < text.count, !takesAnyEnding, !lastIsSpaceless else { return true }
        return ScalarClass(of: text.scalar(at: end).value).mayNeighbour
    }
}
