/// An escape of a regex that asks for letters beside a script whose vowel signs PCRE2 does not count as letters.
///
/// In PCRE2 up to 10.42 no combining mark is a word character; from 10.43 on the nonspacing ones are, and those that take
/// space, such as `ा`, still are not. So `\bपैसा\b` does not find पैसा, `\w+` stops in the middle of it, and what is found
/// depends on the version.
public struct WordEscape: Hashable, Sendable {
    /// Where the escape stands, in UTF-8 bytes of the pattern.
    public let range: Range<Int>

    /// The escape as it is written, such as `\b`, `\B`, `\w`, `\W`, `[:word:]` or `[[:<:]]`.
    public let escape: String

    /// The name of the script, such as "Devanagari".
    public let script: String

    /// What to write instead, so that marks count as letters; `nil` when nothing that stands in its place does.
    ///
    /// There is none for ends of words of a script that is written without spaces, where keywords are what is wanted, and none
    /// for the opposite of a word character within a class.
    public let replacement: String?
}

extension Pattern {
    /// The word escapes that meet a script with vowel signs, in the order of the pattern.
    ///
    /// Such scripts are those with alphabetic marks of combining class 0, which are part of the spelling: Devanagari, Bengali,
    /// Tamil, Thai and their relatives, not Latin, Arabic or Hebrew. A letter of one counts however it is written: literally,
    /// as a number (`\x{92A}`), in a class or as a property (`\p{Devanagari}`). A boundary (`\b`, `\B`) meets it when such a
    /// letter may stand directly before or behind it in the pattern, looking into groups and past letters and classes that
    /// are optional. `\w`, `\W` and their class forms meet it anywhere in the pattern, since they are there to match its
    /// words. A pattern without such a letter has none.
    public func wordEscapes() -> [WordEscape] {
        var reader = PatternReader(source)
        let whole = reader.read()
        guard let script = reader.scripts.first else { return [] }
        var neighbours = WordNeighbours(count: reader.found.count)
        neighbours.visit([whole], before: .unknown, after: .unknown)
        let bytes = Array(source.utf8)
        return zip(reader.found, neighbours.ofEscapes).compactMap { found, sides in
            let met =
                switch found.kind {
                case .word, .nonWord: script
                default: reader.scripts.first { sides.before.scripts.contains($0) || sides.after.scripts.contains($0) }
                }
            return met.map { script in
                WordEscape(
                    range: found.range,
                    escape: String(decoding: bytes[found.range], as: UTF8.self),
                    script: script.name,
                    replacement: found.kind.replacement(before: sides.before, after: sides.after, script: script)
                )
            }
        }
    }

    /// The pattern with escapes replaced; `nil` when one has no replacement, or when what comes out does not compile.
    public func source(replacing escapes: [WordEscape]) -> String? {
        var bytes = Array(source.utf8)
        for escape in escapes.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            guard let replacement = escape.replacement, escape.range.upperBound <= bytes.count else { return nil }
            bytes.replaceSubrange(escape.range, with: replacement.utf8)
        }
        let cured = String(decoding: bytes, as: UTF8.self)
        return (try? Pattern(cured, options: options)) == nil ? nil : cured
    }

    /// The keyword that asks for the same as the pattern, when it is nothing but a text between two `\b`.
    public var keywordInstead: String? {
        guard source.hasPrefix("\\b"), source.hasSuffix("\\b"), source.utf8.count > 4 else { return nil }
        let text = String(source.dropFirst(2).dropLast(2))
        guard !text.contains(where: { "\\^$.|?*+()[]{}#".contains($0) }) else { return nil }
        return (try? Keyword(text)) == nil ? nil : text
    }
}

/// What stands beside each boundary of a pattern.
private struct WordNeighbours {
    var ofEscapes: [(before: PatternEdge, after: PatternEdge)]

    init(count: Int) {
        ofEscapes = Array(repeating: (.unknown, .unknown), count: count)
    }

    /// Looks at parts side by side, with what stands around them.
    mutating func visit(_ parts: [PatternPart], before: PatternEdge, after: PatternEdge) {
        var afters = [after]
        for part in parts.dropFirst().reversed() {
            afters.append((afters.last ?? after).seen(through: part, first: true))
        }
        var before = before
        for (part, after) in zip(parts, afters.reversed()) {
            switch part.content {
            case .letter, .anything: break
            case .escape(let number): ofEscapes[number] = (before, after)
            case .branches(let branches, _, _):
                for branch in branches { visit(branch, before: before, after: after) }
            }
            before = before.seen(through: part, first: false)
        }
    }
}

extension PatternReader.Found.Kind {
    /// The letters, marks and numbers that make words, as keywords have it.
    private static let letters = "\\p{L}\\p{M}\\p{N}"

    fileprivate func replacement(before: PatternEdge, after: PatternEdge, script: VowelSignScript) -> String? {
        let letters = Self.letters
        let begins = "(?<![\(letters)])(?=[\(letters)])"
        let ends = "(?<=[\(letters)])(?![\(letters)])"
        switch self {
        case .word(let inClass): return inClass ? letters + "_" : "[\(letters)_]"
        case .nonWord(let inClass): return inClass ? nil : "[^\(letters)_]"
        case _ where script.isSpaceless: return nil
        case .boundary:
            // Beside what is a letter for sure, one side decides.
            if after.isWordPart { return "(?<![\(letters)])" }
            if before.isWordPart { return "(?![\(letters)])" }
            return "(?:\(begins)|\(ends))"
        case .noBoundary: return "(?:(?<=[\(letters)])(?=[\(letters)])|(?<![\(letters)])(?![\(letters)]))"
        case .wordBeginning: return begins
        case .wordEnd: return ends
        }
    }
}
