/// The characters of which texts are made to try a pattern, and which of them its parts match.
///
/// PCRE2 itself is asked what a class or an escape matches, so nothing is known twice. A set of characters is a number with a bit
/// for each.
struct PatternAlphabet {
    /// The characters in the order in which they are preferred in texts that people read.
    let scalars: [Unicode.Scalar]

    /// All characters.
    let all: UInt128

    private let bytes: [UInt8]
    private let scratch = MatchScratch()
    private var known: [String: UInt128] = [:]

    /// Some of each kind: letters, digits, white space, punctuation, and letters of other scripts.
    private static let usual = Array(
        "a0 xAZz9!-_.,;:@/\\\n\t\"'#&?=+*()%~é\u{E4}дα中あक\u{93E}ا\u{5D0}ก🙏\u{1}".unicodeScalars
    )

    /// Takes the usual characters, and those of a pattern as far as there are bits for them.
    init(for reader: PatternReader) {
        var scalars = Self.usual
        var seen = Set(scalars)
        for value in reader.scalars {
            guard scalars.count < UInt128.bitWidth else { break }
            if let scalar = Unicode.Scalar(value), seen.insert(scalar).inserted { scalars.append(scalar) }
        }
        self.scalars = scalars
        all = scalars.count == UInt128.bitWidth ? .max : (1 << UInt128(scalars.count)) - 1
        bytes = reader.bytes
    }

    /// Those that a part which is one character or a class matches.
    mutating func letters(of part: PatternPart) -> UInt128 {
        if let scalar = part.scalar, !part.modes.isIgnoringCase {
            return scalars.firstIndex { $0.value == scalar }.map { 1 << UInt128($0) } ?? 0
        }
        let text =
            part.scalar.map { "\\x{" + String($0, radix: 16) + "}" }
            ?? String(decoding: bytes[part.body], as: UTF8.self)
        let key = (part.modes.isDotTakingAll ? "(?s)" : "") + (part.modes.isIgnoringCase ? "(?i)" : "") + text
        if let letters = known[key] { return letters }
        let letters = matched(by: key)
        known[key] = letters
        return letters
    }

    /// What cannot stand alone, as a reference to a group cannot, may match anything.
    private func matched(by source: String) -> UInt128 {
        guard let pattern = try? Pattern("\\A(?:" + source + ")\\z", options: [], usingJIT: false) else { return all }
        scratch.beginEvent()
        return scalars.indices.reduce(0) { letters, index in
            let isMatched = pattern.matches(String(Character(scalars[index])), scratch: scratch) == .match
            return isMatched ? letters | 1 << UInt128(index) : letters
        }
    }

    /// The preferred character of a set.
    func first(of letters: UInt128) -> Unicode.Scalar? {
        let index = letters.trailingZeroBitCount
        return index < scalars.count ? scalars[index] : nil
    }
}
