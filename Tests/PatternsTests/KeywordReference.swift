import Foundation
import Patterns

/// The definition of a whole word with all options, written down as plainly as possible, for keywords to be compared with.
///
/// It shares the folding with the code under test and nothing else: scalars instead of bytes, every candidate tried, every
/// reading of a stretched text, the standard library's properties instead of ICU's. Slow, and exponential on bad days.
struct KeywordReference {
    private var words: [Word] = []
    private let options: KeywordOptions

    private struct Word {
        var scalars: [Unicode.Scalar]
        var takesAnyEnding = false
    }

    /// Reads a keyword; `nil` for one that is no keyword.
    init?(_ keyword: String, options: KeywordOptions = KeywordOptions()) {
        self.options = options
        for piece in Self.scalars(keyword, options).split(whereSeparator: \.properties.isWhitespace) {
            var word = Word(scalars: [])
            for scalar in piece {
                if scalar == "*", word.scalars.last == "\\" {
                    word.scalars[word.scalars.count - 1] = "*"
                    word.takesAnyEnding = false
                } else {
                    word.scalars.append(scalar)
                    word.takesAnyEnding = scalar == "*"
                }
            }
            if word.takesAnyEnding { word.scalars.removeLast() }
            guard !word.scalars.isEmpty else { return nil }
            words.append(word)
        }
        guard !words.isEmpty else { return nil }
    }

    func isFound(in text: String) -> Bool {
        readings(of: Self.scalars(text, options)).contains { text in
            text.indices.contains { start in
                let isFree = start == 0 || Self.mayStand(text[start - 1], beside: words[0].scalars[0])
                return isFree && stands(from: 0, at: start, in: text, asTheWhole: false)
            }
        }
    }

    func isTheWhole(of text: String) -> Bool {
        readings(of: Self.scalars(text, options)).contains { text in
            text.indices.contains { start in
                text[..<start].allSatisfy(Self.isApart) && stands(from: 0, at: start, in: text, asTheWhole: true)
            }
        }
    }

    /// Whether the words from `index` on stand in the text, the first of them at `start`.
    private func stands(from index: Int, at start: Int, in text: [Unicode.Scalar], asTheWhole: Bool) -> Bool {
        let word = words[index]
        return (start...text.count).contains { end in
            guard isNear(Array(text[start..<end]), to: word.scalars) else { return false }
            var end = end
            if word.takesAnyEnding, asTheWhole || index < words.count - 1 {
                while end < text.count, Self.isWordPart(text[end]) { end += 1 }
            }
            guard index < words.count - 1 else {
                if asTheWhole { return text[end...].allSatisfy(Self.isApart) }
                guard end < text.count, !word.takesAnyEnding else { return true }
                return Self.mayStand(text[end], beside: word.scalars[word.scalars.count - 1])
            }
            while end < text.count, asTheWhole ? Self.isApart(text[end]) : Self.isSeparator(text[end]) {
                end += 1
                if stands(from: index + 1, at: end, in: text, asTheWhole: asTheWhole) { return true }
            }
            return false
        }
    }

    /// Whether a part of the text is a word with no more typos than are allowed.
    private func isNear(_ part: [Unicode.Scalar], to word: [Unicode.Scalar]) -> Bool {
        let allowsTypos = word.count(where: Self.isLetter) >= 5 && !word.contains(where: Self.isSpaceless)
        let typos = allowsTypos ? options.typos : 0
        // No distance is smaller than the difference in length; to know it early saves most of the time.
        guard abs(part.count - word.count) <= typos else { return false }
        return distanceIsAtMost(typos, part[...], word[...])
    }

    /// Optimal string alignment, from the ends on, as the words say it.
    private func distanceIsAtMost(
        _ typos: Int,
        _ part: ArraySlice<Unicode.Scalar>,
        _ word: ArraySlice<Unicode.Scalar>
    ) -> Bool {
        guard typos > 0 else { return part.elementsEqual(word) }
        if part.isEmpty, word.isEmpty { return true }
        if let read = part.last, read == word.last, distanceIsAtMost(typos, part.dropLast(), word.dropLast()) {
            return true
        }
        let isMissing = !word.isEmpty && distanceIsAtMost(typos - 1, part, word.dropLast())
        if isMissing { return true }
        if let read = part.last, Self.isWordPart(read), !Self.isSpaceless(read) {
            if distanceIsAtMost(typos - 1, part.dropLast(), word) { return true }
            if !word.isEmpty, distanceIsAtMost(typos - 1, part.dropLast(), word.dropLast()) { return true }
        }
        guard part.count > 1, word.count > 1, part.suffix(2).elementsEqual(word.suffix(2).reversed()) else {
            return false
        }
        return distanceIsAtMost(typos - 1, part.dropLast(2), word.dropLast(2))
    }

    /// All that the text may stand for: every run of three or more of one letter is any shorter run as well.
    private func readings(of text: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        guard let first = text.first else { return [[]] }
        let run = text.prefix { $0 == first }
        let isLetter =
            Self.isLetter(first) || (Self.isMark(first) && first.properties.generalCategory != .enclosingMark)
        let counts = options.ignoresStretching && isLetter && run.count > 2 ? Array(1...run.count) : [run.count]
        let rest = readings(of: Array(text.dropFirst(run.count)))
        return counts.flatMap { count in rest.map { Array(repeating: first, count: count) + $0 } }
    }

    private static func scalars(_ text: String, _ options: KeywordOptions) -> [Unicode.Scalar] {
        let folded = String(decoding: FoldedText(text).bytes, as: UTF8.self)
        return Array((options.ignoresAccents ? withoutAccents(folded) : folded).unicodeScalars)
    }

    private static func withoutAccents(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        var base: Unicode.Scalar?
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            if !isMark(scalar) { base = scalar }
            if let base, isMark(scalar), takesAccents(base), isAccent(scalar) { continue }
            kept.append(scalar)
        }
        return String(kept).precomposedStringWithCanonicalMapping
    }

    private static func isAccent(_ mark: Unicode.Scalar) -> Bool {
        guard mark.properties.generalCategory == .nonspacingMark, !isSpaceless(mark) else { return false }
        return mark.properties.isDiacritic || (10...36).contains(mark.properties.canonicalCombiningClass.rawValue)
    }

    /// By block, which is enough for the letters that tests are made of: the standard library knows no scripts.
    private static func takesAccents(_ base: Unicode.Scalar) -> Bool {
        guard isLetter(base) else { return false }
        return switch base.value {
        case 0x41...0x24F, 0x370...0x52F, 0x1E00...0x1FFF: true
        case 0x5D0...0x5F2, 0x620...0x63F, 0x641...0x64A, 0x66E...0x6D3, 0x710...0x72F: true
        default: false
        }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isApart(_ scalar: Unicode.Scalar) -> Bool {
        !isWordPart(scalar) || scalar.properties.generalCategory == .enclosingMark
    }

    private static func mayStand(_ neighbour: Unicode.Scalar, beside own: Unicode.Scalar) -> Bool {
        !isWordPart(neighbour) || isSpaceless(neighbour) || isSpaceless(own)
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: true
        default: isLetter(scalar) || isMark(scalar)
        }
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation: true
        case .initialPunctuation, .finalPunctuation, .otherPunctuation: true
        default: scalar.properties.isWhitespace
        }
    }

    /// By block, which is enough for the letters that tests are made of: the standard library knows no scripts.
    private static func isSpaceless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E01...0x0E3A, 0x0E40...0x0E4E: true  // Thai
        case 0x0E81...0x0EBD, 0x0EC0...0x0ECE, 0x0EDC...0x0EDF: true  // Lao
        case 0x1000...0x109F, 0x1780...0x17DD: true  // Myanmar, Khmer
        case 0x3001...0x3003, 0x3005...0x3011, 0x3041...0x30FF: true  // shared punctuation, zero, Kana
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x2_0000...0x2_FFFF: true  // Han
        default: false
        }
    }
}
