/// One word of a keyword that is looked for with typos or stretched letters.
struct LooseWord: Hashable, Sendable {
    private let automaton: Automaton

    let takesAnyEnding: Bool
    let firstIsSpaceless: Bool
    let lastIsSpaceless: Bool

    /// How many pairs of neighbouring bytes the typos can change; see ``BigramSet``.
    ///
    /// A swap changes most: all pairs that the bytes of two scalars have a part in. A stretched run holds every pair of the
    /// shorter run that it stands for.
    let bigramsLostMax: Int

    private enum Automaton: Hashable, Sendable {
        case short(WordAutomaton<UInt64>)
        case long(WordAutomaton<LongStateRow>)
    }

    init(_ word: KeywordWord, options: KeywordOptions) {
        let bytes = word.bytes
        var scalars: [UInt32] = []
        var scalarBytesMax = 1
        var index = 0
        while index < bytes.count {
            let (scalar, end) = bytes.scalar(at: index)
            scalars.append(scalar)
            scalarBytesMax = max(scalarBytesMax, end - index)
            index = end
        }
        let typos = Self.allowsTypos(scalars) ? options.typos : 0
        // One state more than the word has scalars: that of having read them all.
        automaton =
            scalars.count < UInt64.bitWidth
            ? .short(WordAutomaton(scalars, typos: typos, ignoresStretching: options.ignoresStretching))
            : .long(WordAutomaton(scalars, typos: typos, ignoresStretching: options.ignoresStretching))
        takesAnyEnding = word.takesAnyEnding
        firstIsSpaceless = word.firstIsSpaceless
        lastIsSpaceless = word.lastIsSpaceless
        bigramsLostMax = typos * (2 * scalarBytesMax + 1)
    }

    private static func allowsTypos(_ word: [UInt32]) -> Bool {
        guard word.allSatisfy({ !ScalarClass(of: $0).contains(.spaceless) }) else { return false }
        return word.count { ScalarClass(of: $0).contains(.letter) } >= KeywordOptions.lettersWithTyposMin
    }

    /// Gives `body` the end of each occurrence, and the origin of its beginning, until it returns true; returns whether it did.
    @discardableResult
    func visitEnds(in text: [UInt8], from beginnings: WordBeginnings, _ body: (Int, Int) -> Bool) -> Bool {
        var beginnings = beginnings
        switch automaton {
        case .short(let automaton): return automaton.visitEnds(in: text, from: &beginnings, body)
        case .long(let automaton): return automaton.visitEnds(in: text, from: &beginnings, body)
        }
    }

    /// Where the occurrences end that another word of a phrase may follow, each with its origin, in ascending order.
    func ends(in text: [UInt8], from beginnings: WordBeginnings) -> [WordBeginnings.End] {
        var ends: [WordBeginnings.End] = []
        var ending = RunCursor(of: .wordPart)
        visitEnds(in: text, from: beginnings) { origin, end in
            let end = takesAnyEnding ? ending.end(in: text, from: end) : end
            if ends.last?.end != end { ends.append((origin, end)) }
            return false
        }
        return ends
    }

    /// Whether no neighbour on the right counts for an occurrence with an end.
    func isFreeOnTheRight(in text: [UInt8], end: Int) -> Bool {
        guard end < text.count, !takesAnyEnding, !lastIsSpaceless else { return true }
        return ScalarClass(of: text.scalar(at: end).value).mayNeighbour
    }
}
