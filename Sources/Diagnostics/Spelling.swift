/// Finds the word that somebody probably meant.
public enum Spelling {
    /// The candidate closest to a word, if one is close enough to be meant.
    ///
    /// Close enough is one edit, or two for words of six letters and more, so that two thirds of a word are right; a swap of
    /// neighbours is one edit. Case and the difference between `-`, `_` and a space do not count.
    ///
    /// - Complexity: O(m·n) a candidate, of which at most ``wordLengthMax`` characters are looked at.
    public static func closest(to word: String, among candidates: some Sequence<String>) -> String? {
        let folded = fold(word)
        guard folded.count <= wordLengthMax else { return nil }
        let limit = folded.count < 6 ? 1 : 2
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let other = fold(candidate)
            guard abs(other.count - folded.count) <= limit else { continue }
            let distance = distance(folded, other)
            guard distance <= limit, distance < best?.distance ?? .max else { continue }
            best = (candidate, distance)
        }
        return best?.candidate
    }

    /// `did you mean 'when'?`, if a candidate is close enough.
    public static func suggestion(for word: String, among candidates: some Sequence<String>) -> String? {
        closest(to: word, among: candidates).map { "did you mean '\($0)'?" }
    }

    /// A longer word is nobody's typing mistake.
    static let wordLengthMax = 64

    private static func fold(_ word: String) -> [Character] {
        word.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 }
    }

    /// The number of edits between two words: Damerau-Levenshtein in its optimal string alignment form.
    static func distance(_ one: [Character], _ other: [Character]) -> Int {
        guard !one.isEmpty else { return other.count }
        guard !other.isEmpty else { return one.count }
        var beforeLast = [Int](repeating: 0, count: other.count + 1)
        var last = Array(0...other.count)
        for i in 1...one.count {
            var row = [i] + [Int](repeating: 0, count: other.count)
            for j in 1...other.count {
                let replaced = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1)
                row[j] = min(last[j] + 1, row[j - 1] + 1, replaced)
                if i > 1, j > 1, one[i - 1] == other[j - 2], one[i - 2] == other[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            beforeLast = last
            last = row
        }
        return last[other.count]
    }
}
