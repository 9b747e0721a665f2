/// Makes the words form of texts: their words in order, one space between them and at both ends.
///
/// A word is a run of letters, numbers and marks; where a script that is written without spaces begins or ends, a word does so
/// too. Each symbol beyond ASCII is a word by itself, and so is an enclosing mark. White space, punctuation and the symbols of
/// ASCII are left out. So `Money - BACK!` becomes ` money back `, and a phrase that stands in a text is one literal in this
/// form, whatever parts its words.
///
/// Where words begin and end depends on neighbours only: a part of a text is cut as the whole is, but perhaps at its ends.
struct WordCutter {
    /// The form as far as it has been made.
    private(set) var bytes: [UInt8]

    private var last = Kind.gap

    /// What a scalar is in the words form.
    enum Kind {
        /// Left out.
        case gap

        /// Part of a word.
        case letter

        /// Part of a word in a script without spaces.
        case spacelessLetter

        /// A word by itself.
        case symbol

        init(of scalar: UInt32) {
            let scalarClass = ScalarClass(of: scalar)
            if scalarClass.contains(.apart) {
                self = scalar < 0x80 || scalarClass.contains(.separator) ? .gap : .symbol
            } else {
                self = scalarClass.contains(.spaceless) ? .spacelessLetter : .letter
            }
        }

        /// Whether a scalar beside another can be part of the same word.
        var isLetter: Bool { self == .letter || self == .spacelessLetter }
    }

    private static let space = UInt8(ascii: " ")

    /// Begins a form; when another word may go on before it, it does not begin with a space.
    init(isFreeOnTheLeft: Bool = true) {
        bytes = isFreeOnTheLeft ? [Self.space] : []
    }

    /// Adds the words of a folded text, the first of which may go on where the last one ended.
    mutating func append(_ folded: [UInt8]) {
        var index = 0
        while index < folded.count {
            let (scalar, end) = folded.scalar(at: index)
            let kind = Kind(of: scalar)
            if kind != .gap {
                if kind != last || kind == .symbol { part() }
                bytes.append(contentsOf: folded[index..<end])
            }
            last = kind
            index = end
        }
    }

    /// Ends the word: what comes next is another one.
    mutating func part() {
        if let last = bytes.last, last != Self.space { bytes.append(Self.space) }
        last = .gap
    }

    /// The words form of a folded text.
    static func words(of folded: [UInt8]) -> [UInt8] {
        var cutter = WordCutter()
        cutter.bytes.reserveCapacity(folded.count + folded.count / 8 + 2)
        cutter.append(folded)
        cutter.part()
        return cutter.bytes
    }

    /// Whether there are no words.
    var isEmpty: Bool { bytes.allSatisfy { $0 == Self.space } }
}
