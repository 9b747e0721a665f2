import SeededRandom

/// Makes patterns of all of PCRE2's syntax, each with a text that it may match.
///
/// What is made need not compile, and need not match: PCRE2 says what does. Most texts of small patterns do.
struct PatternGrammar {
    /// A part of a pattern and a text for it.
    typealias Sample = (source: String, text: String)

    var generator: SeededGenerator

    /// Letters that are the same without regard to case, where ASCII, simple and full folding differ, and those of other scripts.
    static let families: [[String]] = [
        ["k", "K", "\u{212A}"], ["s", "S", "ſ"], ["ß", "ẞ", "ss", "SS", "ſs"], ["i", "I", "İ", "ı", "i\u{307}"],
        ["σ", "Σ", "ς"], ["ǆ", "ǅ", "Ǆ"], ["ꭰ", "Ꭰ"], ["ᏸ", "Ᏸ"], ["ᾳ", "ᾼ", "αι", "α\u{345}"], ["ﬁ", "fi", "FI"],
        ["ﬅ", "ﬆ", "st"],
        ["µ", "μ", "Μ"], ["å", "Å", "\u{212B}", "a\u{30A}"], ["ω", "Ω", "\u{2126}"], ["θ", "ϑ", "Θ", "ϴ"], ["ж", "Ж"],
        ["𐐨", "𐐀"],
        ["ΐ", "ΐ"], ["ŉ", "ʼn"], ["ǰ", "J\u{30C}"], ["ⓐ", "Ⓐ"], ["ⅷ", "Ⅷ"], ["ა", "Ა"], ["é", "É", "e\u{301}"],
        ["a", "A"], ["b", "B"], ["c", "C"], ["d", "D"], ["e", "E"], ["n", "N"], ["o", "O"], ["t", "T"], ["x", "X"],
        ["1"], ["2"], ["0"], [" "], ["  "], ["-"], ["_"], ["."], ["`"], ["'"], ["#"], ["]"], ["\n"], ["\t"],
        ["क"], ["ा"], ["ا"], ["ּ"], ["退"], ["ก"], ["🙏"], ["\u{E000}"], ["\u{FF21}", "\u{FF41}"],
    ]

    private static let plain = Array(families[24...32]) + [["k", "K"], ["s", "S"], [" "], ["1"]]

    private mutating func number(below count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

    private mutating func one(of choices: [String]) -> String { choices[number(below: choices.count)] }

    /// A pattern and a text.
    mutating func pattern() -> Sample {
        var sample = branch(depth: 3)
        let start = [
            "(*CRLF)", "(*CR)", "(*ANY)", "(*UTF)", "(*NOTEMPTY)", "(?i)", "(?x)", "(?xi)", "(?xx)", "(?s)", "(?J)",
        ]
        if number(below: 5) == 0 { sample.source = one(of: start) + sample.source }
        return sample
    }

    private mutating func branch(depth: Int) -> Sample {
        var source = ""
        var text = ""
        for _ in 0...number(below: 4) {
            let part = part(depth: depth)
            source += part.source
            text += part.text
        }
        return (source, text)
    }

    private mutating func part(depth: Int) -> Sample {
        let item: Sample
        switch number(below: depth > 0 ? 12 : 7) {
        case 0...3: item = word()
        case 4: item = characterClass()
        case 5: item = escape()
        case 6: return nothing()
        case 7: item = alternation(depth: depth - 1)
        case 8: return special(depth: depth - 1)
        default: item = group(depth: depth - 1)
        }
        return quantified(item)
    }

    // MARK: Characters

    /// A letter of a family, and how it is written in a pattern.
    private mutating func letter() -> Sample {
        let family =
            number(below: 2) == 0
            ? Self.plain[number(below: Self.plain.count)] : Self.families[number(below: Self.families.count)]
        let letter = one(of: family)
        let scalars = letter.unicodeScalars
        let code = { (radix: Int) in scalars.map { String($0.value, radix: radix) } }
        switch number(below: 12) {
        case 0: return (code(16).map { "\\x{\($0)}" }.joined(), letter)
        case 1: return (code(8).map { "\\o{\($0)}" }.joined(), letter)
        case 2: return (code(16).map { "\\N{U+\($0)}" }.joined(), letter)
        case 3: return ("\\Q" + letter + "\\E", letter)
        case 4: return (scalars.map { "[\($0 == "]" ? "\\]" : String($0))]" }.joined(), letter)
        case 5 where scalars.count == 1 && scalars.allSatisfy { $0.value < 64 }: return ("\\0" + code(8)[0], letter)
        case 6 where scalars.count == 1 && scalars.allSatisfy(\.isASCII):
            return ("\\x" + (scalars.allSatisfy { $0.value < 16 } ? "0" : "") + code(16)[0], letter)
        default:
            let isPlain = scalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil || $0.value > 0x7F
            }
            return (isPlain ? letter : scalars.map { "\\" + String($0) }.joined(), letter)
        }
    }

    private mutating func word() -> Sample {
        var sample: Sample = ("", "")
        for _ in 0...number(below: 4) {
            let letter = letter()
            sample.source += letter.source
            sample.text += letter.text
        }
        return sample
    }

    private mutating func characterClass() -> Sample {
        let family = Self.families[number(below: Self.families.count)]
        let letter = one(of: family.filter { $0.unicodeScalars.count == 1 } + ["z"])
        let written = letter == "]" || letter == "-" ? "\\" + letter : letter
        let more = [
            "", "b", "bc", "0-9", "[:alpha:]", "[:^digit:]", "\\d", "\\w", "\\Q]\\E", "\\x{e9}", "\\p{Lu}", "a-f",
            "é-ü", "&&", "[", "^",
            " ", "\\b", "\\n", "\\]", "~~", "[:", "|", "\\E", "\\Q\\E",
        ]
        switch number(below: 8) {
        case 0: return ("[^" + one(of: more) + "]", letter)
        case 1: return ("[]" + written + "]", letter)
        case 2: return ("[^]" + one(of: more) + "]", letter)
        case 3: return ("[" + one(of: ["\\E", "\\Q\\E", "^\\E", " ", "\\Q"]) + "]" + written + "]", letter)
        default: return ("[" + written + one(of: more) + "]", letter)
        }
    }

    private mutating func escape() -> Sample {
        let samples: [Sample] = [
            ("\\d", "7"), ("\\D", "x"), ("\\s", " "), ("\\S", "é"), ("\\w", "e"), ("\\W", "-"), ("\\h", "\u{A0}"),
            ("\\H", "o"), ("\\v", "\n"),
            ("\\R", "\r\n"), ("\\X", "e\u{301}"), ("\\N", "n"), (".", "o"), ("\\p{L}", "क"), ("\\P{L}", "1"),
            ("\\pN", "२"), ("\\p{^Lu}", "a"),
            ("\\p{Greek}", "σ"), ("\\t", "\t"), ("\\e", "\u{1B}"), ("\\cA", "\u{1}"), ("\\c\\", "\u{1C}"),
            ("\\n", "\n"), ("\\012", "\n"),
            ("\\0", "\0"), ("\\101", "A"), ("\\x", "\0"), ("\\x4", "\u{4}"), ("\\*", "*"), ("\\p{Any}", "x"),
            ("\\N{2}", "no"),
        ]
        return samples[number(below: samples.count)]
    }

    private mutating func nothing() -> Sample {
        let sources = [
            "^", "$", "\\b", "\\b", "\\b", "\\B", "\\A", "\\z", "\\Z", "\\G", "\\K", "(?#c)", "(?C1)", "(?C'a)b')",
            "\\E", "\\Q\\E", "(?i)",
            "(?-i)", "(?x)", "(?^)", "(?m)", "(?n)", "(?U)", "(*COMMIT)", "(*PRUNE:a)", "(*SKIP)", "(*THEN)",
            "(*MARK:m)", "[[:<:]]", "[[:>:]]",
            "(?:)", "()", "(?=)", "(?!z)", "(?<!z)", " ", "(?(R)z)", "(?(DEFINE)zz)", "(?(9)z|)",
        ]
        return (one(of: sources), "")
    }

    private mutating func quantified(_ item: Sample) -> Sample {
        let between = number(below: 8) == 0 ? one(of: ["(?#c)", "\\E", "\\Q\\E", " ", "# c\n", "(?C)"]) : ""
        let kind = number(below: 10) == 0 ? one(of: ["+", "?", "{1}", "*", "{0}"]) : ""
        let source = { (quantifier: String) in item.source + between + quantifier + kind }
        switch number(below: 18) {
        case 0: return (source("?"), number(below: 2) == 0 ? item.text : "")
        case 1: return (source("*"), String(repeating: item.text, count: number(below: 3)))
        case 2: return (source("+"), String(repeating: item.text, count: 1 + number(below: 3)))
        case 3: return (source("{2}"), item.text + item.text)
        case 4: return (source("{0,2}"), String(repeating: item.text, count: number(below: 3)))
        case 5: return (source("{1,}"), item.text)
        case 6:
            return (
                source(one(of: ["{,2}", "{ 2 }", "{2, 3}", "{x}", "{}", "{1,2,3}", "{0}", "{0,0}"])),
                number(below: 2) == 0 ? item.text : ""
            )
        default: return item
        }
    }

    // MARK: Groups

    private mutating func alternation(depth: Int) -> Sample {
        var branches = (0...number(below: 3)).map { _ in branch(depth: depth) }
        if number(below: 4) == 0 { branches.append(("", "")) }
        let chosen = branches[number(below: branches.count)]
        let source = branches.map(\.source).joined(separator: "|")
        return (one(of: ["(", "(?:", "(?|", "(?>", "(?i:", "(?<n>"]) + source + ")", chosen.text)
    }

    private mutating func group(depth: Int) -> Sample {
        let inner = branch(depth: depth)
        switch number(below: 9) {
        case 0:
            return (
                "(" + inner.source + ")" + one(of: ["\\1", "\\g{-1}", "(?1)", "\\g<1>", "(?-1)", "\\g{1}"]),
                inner.text + inner.text
            )
        case 1: return ("(?x: " + inner.source + " # | ) comment\n )", inner.text)
        case 2: return ("(?^:" + inner.source + ")", inner.text)
        case 3:
            return (
                "(?P<p>" + inner.source + ")"
                    + one(of: ["", "(?P=p)", "(?P>p)", "(?&p)", "\\k<p>", "\\k{p}", "\\g'p'"]), inner.text + inner.text
            )
        case 4: return ("(*atomic:" + inner.source + ")", inner.text)
        case 5: return ("(*sr:" + inner.source + ")", inner.text)
        case 6: return ("(?-i:" + inner.source + ")", inner.text)
        case 7: return ("(?'q'" + inner.source + ")", inner.text)
        default: return ("(" + inner.source + ")", inner.text)
        }
    }

    private mutating func special(depth: Int) -> Sample {
        let inner = branch(depth: depth)
        let other = branch(depth: depth)
        let isFirst = number(below: 2) == 0
        switch number(below: 14) {
        case 0: return ("(?=" + inner.source + ")" + inner.source, inner.text)
        case 1: return (inner.source + "(?<=" + inner.source + ")", inner.text)
        case 2: return (other.source + "(?!" + inner.source + ")", other.text)
        case 3: return (other.source + "(?<!" + inner.source + "z)", other.text)
        case 4:
            return (
                "(?(?=" + inner.source + ")" + inner.source + "|" + other.source + ")",
                isFirst ? inner.text : other.text
            )
        case 5: return ("(x)?(?(1)" + inner.source + "|" + other.source + ")", isFirst ? "x" + inner.text : other.text)
        case 6: return ("(?:" + inner.source + "(*ACCEPT)" + other.source + ")", inner.text)
        case 7: return ("(?:" + inner.source + "(*F)|" + other.source + ")", isFirst ? inner.text : other.text)
        case 8: return ("(?(DEFINE)(?<d>" + inner.source + "))(?&d)", inner.text)
        case 9: return ("(?(?!" + inner.source + ")" + other.source + ")", isFirst ? other.text : inner.text)
        case 10: return ("(?*" + inner.source + ")" + inner.source, inner.text)
        case 11:
            return (
                "(*" + one(of: ["pla", "plb", "nla", "nlb", "napla", "naplb", "scs"]) + ":" + inner.source + ")"
                    + other.source, inner.text + other.text
            )
        case 12: return ("(?:" + inner.source + "|(?R)?" + other.source + ")", isFirst ? inner.text : other.text)
        default: return ("(?(<n>)" + inner.source + ")", isFirst ? inner.text : "")
        }
    }

    // MARK: Texts

    /// The text with some letters replaced by others that may be the same, and with something around it.
    mutating func varied(_ text: String) -> String {
        var varied = ""
        let oftenness = number(below: 3) * 2
        for scalar in text.unicodeScalars {
            let letter = String(scalar)
            let family = number(below: 6) < oftenness ? Self.families.filter { $0.contains(letter) }.first : nil
            varied += family.map { one(of: $0) } ?? letter
        }
        let around = ["", "", " ", "a", "1", "_", "-", "é", "ा", "退", "\u{301}", "\n", "`", "xx ", "K"]
        return one(of: around) + varied + one(of: around)
    }
}
