import Patterns
import Testing

struct PatternRequirementTests {
    /// Patterns and what a text must hold for them; `nil` where any text may match.
    static let cases: [(pattern: String, requirement: String?)] = [
        // Literals and what they are side by side with.
        ("refund", #""refund""#), ("Refund", #""refund""#), ("(?i)STRASSE", #""strasse""#), ("straße", #""strasse""#),
        ("a.*refund", #""refund" and [Aa…]"#), ("\\bcat\\b", #"" cat ""#), ("[[:<:]]cat[[:>:]]", #"" cat ""#),
        ("cat\\B", #""cat""#), ("^order$", #""order""#), ("x?order", #""xorder" or "order""#),
        ("www\\.example", #""www example""#), ("https?://", #""https://" or "http://""#), ("退款", #""退款""#),
        // Alternatives.
        ("colou?r (red|green)", #""colour red" or "colour green" or "color red" or "color green""#),
        ("refund|money back", #""refund" or "money back""#), ("refund|", nil), ("(refund|)", nil),
        ("(?|ab|cd)", #""ab" or "cd""#),
        ("[cr]at", #""cat" or "rat""#), ("[.]com", #"" com""#), ("[^c]at", #""at""#),
        // Repetition.
        ("(?:ab)*cd", #""cd""#), ("(?:ab)+cd", #""abcd""#), ("(?:ab){0,3}", nil), ("(?:ab){2}", #""ab""#),
        ("ab{0}cd", #""cd" and [Aa…]"#),
        ("a(?#c)*bcd", #""bcd""#), ("a\\E*bcd", #""bcd""#), ("\\Qa*\\E*", #"[Aa…]"#), ("(?x)a # |\n * bcd", #""bcd""#),
        // White space.
        ("card\\s+blocked", #""card blocked""#),
        ("card\\s*blocked", #""card blocked" or "cardblocked""#),
        // Quotes, numbers, modes and comments.
        ("\\Qa.b\\E", #""a b""#), ("\\x{72}efund", #""refund""#), ("\\N{U+72}efund", #""refund""#),
        ("\\o{162}efund", #""refund""#),
        ("\\x72efund", #""refund""#), ("(?x) re fund # now", #""refund""#), ("(?#no)refund", #""refund""#),
        ("re(?i)fund", #""refund""#),
        // Assertions, conditions, references and calls.
        ("(?=refund)", #""refund""#), ("(?!refund)", nil), ("(?<=refund)", nil), ("(?<!refund)", nil),
        ("ab(?=cd)", #""cd" and "ab""#),
        ("(?(?=ab)cd|ef)", #""cd" or "ef""#), ("(x)?(?(1)ab)", nil), ("(?(DEFINE)(?<n>ab))cd", #""abcd" or "cd""#),
        ("(ab)\\1cd", #""ab" and "cd""#),
        ("(ab|(?1)c)", #""ab" or [Cc…]"#), ("(?:ab|cd(?R))", #""ab" or "cd""#), ("ab\\Kcd", #""abcd""#),
        ("(?>ab)cd", #""abcd""#),
        // Verbs.
        ("ab(*ACCEPT)cd", nil), ("ab(*COMMIT)cd", #""abcd""#), ("(*CRLF)abcd", #""abcd""#),
        ("(*CR)(?x)ab # c\rde", nil),
        ("(*atomic:ab)cd", #""abcd""#), ("(*nla:ab)cd", #""cd""#),
        // What versions of PCRE2 read in different ways.
        ("(?xx)[ a]b", nil), ("ab{ 2 }", nil), ("[\\E]ab]cd", nil),
        // Characters where there is no literal.
        ("\\d{4}", "[0-9…]"), ("\\d-\\d", #"[-] and [0-9…]"#), ("[A-F]+", "[A-F…]"), ("\\w+", nil), (".*", nil),
        ("", nil),
    ]

    @Test(arguments: cases)
    func `what a pattern needs is told from its parts`(pattern: String, requirement: String?) throws {
        let found = try Pattern(pattern).requirement?.description
        #expect(found == requirement, "\(found ?? "nothing")")
    }

    @Test func `characters that PCRE2 takes for the same have the same folding`() throws {
        let cased = (UInt32(0x41)...0x1_FFFF).compactMap { Unicode.Scalar($0) }.filter { scalar in
            let properties = scalar.properties
            return properties.isCased || properties.changesWhenCaseMapped || properties.changesWhenCaseFolded
        }
        let groups = Dictionary(grouping: cased) { TextFolding.caseFolded(String($0)) }.sorted { $0.key < $1.key }
        let texts = groups.map { group in String(String.UnicodeScalarView(group.value)) }
        let bytes = texts.flatMap { Array($0.utf8) }
        let scratch = MatchScratch()
        var start = 0
        for (group, text) in zip(groups, texts) {
            let end = start + text.utf8.count
            for scalar in group.value {
                let pattern = try Pattern("\\x{" + String(scalar.value, radix: 16) + "}", options: .ignoreCase)
                scratch.beginEvent()
                let results = unsafe bytes.withUnsafeBufferPointer { bytes in
                    unsafe [bytes[..<start], bytes[end...], bytes[start..<end]].map { part in
                        unsafe pattern.matches(UnsafeBufferPointer(rebasing: part), scratch: scratch)
                    }
                }
                #expect(results == [.noMatch, .noMatch, .match], "U+\(String(scalar.value, radix: 16))")
            }
            start = end
        }
        #expect(groups.count > 1_400)
    }
}
