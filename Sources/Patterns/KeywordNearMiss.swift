/// A keyword that a text narrowly does not hold, and why not.
public struct KeywordNearMiss: Hashable, Sendable {
    /// The keyword as it was written.
    public let keyword: String

    /// The words of the text that are nearest, as they were sent; in folded form where that cannot be told.
    public let found: String

    /// What keeps the keyword from being found.
    public let kind: Kind

    /// What keeps a keyword from being found.
    public enum Kind: Hashable, Sendable {
        /// Nothing but accents; ignoring them would match.
        case accents

        /// Nothing but stretched letters; ignoring them would match.
        case stretched

        /// As many typos in one word, or in each of several; allowing them would match.
        case typos(Int)

        /// The keyword stands inside of a longer word.
        case insideLongerWord(isBeginning: Bool)

        /// The keyword stands in the text, which holds more than that.
        case notTheWhole

        /// Some of the words of a phrase stand in the text; these do not.
        case missingWords([String])

        /// All of the words of a phrase stand in the text, but not together in their order.
        case wordsApart
    }

    /// Creates a near miss.
    public init(keyword: String, found: String, kind: Kind) {
        self.keyword = keyword
        self.found = found
        self.kind = kind
    }

    /// What is said of it: one clause, without a full stop, with what would match if that is known.
    public var explanation: String {
        switch kind {
        case .accents: "'\(found)' is keyword '\(keyword)' but for accents; `accents: ignore` would match"
        case .stretched: "'\(found)' is keyword '\(keyword)', stretched; `stretched: ignore` would match"
        case .typos(let count):
            "'\(found)' is \(count == 1 ? "one typo" : "two typos") from keyword '\(keyword)'; `typos: \(count)` would match"
        case .insideLongerWord(let isBeginning):
            "keyword '\(keyword)' stands inside of '\(found)'" + (isBeginning ? "; `\(keyword)*` would match" : "")
        case .notTheWhole: "keyword '\(keyword)' stands in the text, but is not all of it; `keywords` would match"
        case .missingWords(let words):
            "'\(found)' is there of keyword '\(keyword)', but not \(words.map { "'\($0)'" }.joined(separator: ", "))"
        case .wordsApart: "the words of keyword '\(keyword)' stand apart"
        }
    }

    /// Longer texts are looked at up to here only, so that an explanation never takes long.
    public static let textBytesMax = 1 << 16

    /// Of more keywords than this, the first ones are looked at.
    public static let keywordsMax = 1_000
}

extension KeywordSet {
    /// What is asked of the keywords of a set.
    public enum Question: Hashable, Sendable {
        /// Whether one is found (`keywords`).
        case any

        /// Whether all are found (`all_keywords`).
        case all

        /// Whether one is the whole text (`only_keywords`).
        case theWhole
    }

    /// The nearest miss of a text that does not hold the keywords; `nil` when none is near, or when the answer is yes.
    ///
    /// Of all keywords that are missing, the one with the smallest difference is told, and of several the first in written
    /// order: accents, stretched letters, a longer word, one typo, more text around it, two typos, words of a phrase. What an
    /// option would change is told only when it changes something by itself. Takes time proportional to keywords and text,
    /// within the limits of ``KeywordNearMiss``; meant for explanations, not for every event.
    public func nearMiss(in text: String, asking question: Question = .any) -> KeywordNearMiss? {
        let sent = SentText(String(decoding: text.utf8.prefix(KeywordNearMiss.textBytesMax), as: UTF8.self))
        let isMet =
            switch question {
            case .any: anyIsFound(in: sent.folded)
            case .all: allAreFound(in: sent.folded)
            case .theWhole: anyIsTheWhole(of: sent.folded)
            }
        guard !isMet else { return nil }
        let surroundings: LooseKeyword.Surroundings = question == .theWhole ? .wholeText : .wholeWord
        let missing = keywords.prefix(KeywordNearMiss.keywordsMax).filter { keyword in
            place(of: keyword, in: sent, with: options, amid: surroundings) == nil
        }
        for difference in Difference.inOrder {
            for keyword in missing {
                guard let miss = miss(difference, of: keyword, in: sent, amid: surroundings) else { continue }
                return miss
            }
        }
        return missing.lazy.compactMap { self.partialPhrase(of: $0, in: sent) }.first
    }

    /// How a text may differ from a keyword, the smallest difference first.
    private enum Difference {
        case accents
        case stretched
        case typos(Int)
        case longerWord
        case moreText

        static let inOrder: [Difference] = [.accents, .stretched, .longerWord, .typos(1), .moreText, .typos(2)]
    }

    private func miss(
        _ difference: Difference,
        of keyword: Keyword,
        in text: SentText,
        amid surroundings: LooseKeyword.Surroundings
    ) -> KeywordNearMiss? {
        switch difference {
        case .accents:
            guard !options.ignoresAccents else { return nil }
            return place(of: keyword, in: text, with: options.ignoringAccents, amid: surroundings).map {
                KeywordNearMiss(keyword: keyword.text, found: text.sent($0, withoutAccents: true), kind: .accents)
            }
        case .stretched:
            guard !options.ignoresStretching else { return nil }
            return place(of: keyword, in: text, with: options.ignoringStretching, amid: surroundings).map {
                KeywordNearMiss(keyword: keyword.text, found: sent($0, text), kind: .stretched)
            }
        case .typos(let count):
            guard count > options.typos else { return nil }
            return place(of: keyword, in: text, with: options.allowing(typos: count), amid: surroundings).map {
                KeywordNearMiss(keyword: keyword.text, found: sent($0, text), kind: .typos(count))
            }
        case .longerWord: return surroundings == .wholeWord ? longerWord(around: keyword, in: text) : nil
        case .moreText:
            guard surroundings == .wholeText else { return nil }
            return place(of: keyword, in: text, with: options, amid: .wholeWord).map {
                KeywordNearMiss(keyword: keyword.text, found: sent($0, text), kind: .notTheWhole)
            }
        }
    }

    /// Short keywords stand inside of too many words for that to mean anything.
    private static let bytesInsideLongerWordMin = 3

    private func longerWord(around keyword: Keyword, in text: SentText) -> KeywordNearMiss? {
        guard keyword.words.contains(where: { $0.bytes.count >= Self.bytesInsideLongerWordMin }) else { return nil }
        let exact = options.allowing(typos: 0)
        guard let place = place(of: keyword, in: text, with: exact, amid: .anything) else { return nil }
        let bytes = text.form(withoutAccents: options.ignoresAccents).bytes
        let start = bytes.wordStart(before: place.lowerBound)
        var run = RunCursor(of: .wordPart)
        let end = run.end(in: bytes, from: place.upperBound)
        return KeywordNearMiss(
            keyword: keyword.text,
            found: sent(start..<end, text),
            kind: .insideLongerWord(isBeginning: start == place.lowerBound)
        )
    }

    /// What is missing of a phrase, when at least half of its words are there.
    private func partialPhrase(of keyword: Keyword, in text: SentText) -> KeywordNearMiss? {
        guard keyword.words.count > 1 else { return nil }
        let written = keyword.text.split(whereSeparator: \.isWhitespace).map { String($0) }
        var found: [Range<Int>] = []
        var missing: [String] = []
        for (index, word) in keyword.words.enumerated() {
            let name =
                written.count == keyword.words.count ? written[index] : String(decoding: word.bytes, as: UTF8.self)
            let single = try? Keyword(name)
            if let place = single.flatMap({ place(of: $0, in: text, with: options, amid: .wholeWord) }) {
                found.append(place)
            } else {
                missing.append(name)
            }
        }
        guard let first = found.first, found.count >= missing.count else { return nil }
        return KeywordNearMiss(
            keyword: keyword.text,
            found: sent(first, text),
            kind: missing.isEmpty ? .wordsApart : .missingWords(missing)
        )
    }

    /// Where a keyword stands first in the form of a text.
    func place(
        of keyword: Keyword,
        in text: SentText,
        with options: KeywordOptions,
        amid surroundings: LooseKeyword.Surroundings
    ) -> Range<Int>? {
        let compared = options.ignoresAccents ? keyword.withoutAccents : keyword
        let form = text.form(withoutAccents: options.ignoresAccents)
        return LooseKeyword(compared, options: options).place(in: form, amid: surroundings)
    }

    private func sent(_ place: Range<Int>, _ text: SentText) -> String {
        text.sent(place, withoutAccents: options.ignoresAccents)
    }
}

extension KeywordOptions {
    fileprivate var ignoringAccents: KeywordOptions {
        KeywordOptions(typos: typos, ignoresAccents: true, ignoresStretching: ignoresStretching)
    }

    fileprivate var ignoringStretching: KeywordOptions {
        KeywordOptions(typos: typos, ignoresAccents: ignoresAccents, ignoresStretching: true)
    }

    fileprivate func allowing(typos: Int) -> KeywordOptions {
        KeywordOptions(typos: typos, ignoresAccents: ignoresAccents, ignoresStretching: ignoresStretching)
    }
}

extension [UInt8] {
    /// Where the run of letters, numbers and marks begins that ends at a place.
    func wordStart(before place: Int) -> Int {
        var start = place
        while start > 0, ScalarClass(of: scalar(before: start)).contains(.wordPart) {
            start -= 1
            while self[start] & 0xC0 == 0x80 { start -= 1 }
        }
        return start
    }
}
