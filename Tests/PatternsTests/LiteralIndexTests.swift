import Patterns
import Testing

struct LiteralIndexTests {
    /// The ids of the requirements that each text may meet, in ascending order.
    static func found(by requirements: [TextRequirement?], in texts: [String]) throws -> [[UInt32]] {
        let index = LiteralIndex(try requirements.map { try #require($0) })
        try #require(index.problem == nil)
        let scratch = LiteralScratch(for: index)
        return texts.map { text in
            var text = text
            return text.withUTF8 { utf8 in
                unsafe index.search(UnsafeRawBufferPointer(utf8), scratch: scratch).sorted()
            }
        }
    }

    static func keywords(_ texts: String..., options: KeywordOptions = KeywordOptions()) throws -> TextRequirement? {
        KeywordSet(try texts.map { try Keyword($0) }, options: options).requirement(for: .any)
    }

    @Test func `keywords are found as whole words in every form of a text`() throws {
        let requirements = [
            try Self.keywords("refund"), try Self.keywords("money back", "पैसे"), try Self.keywords("退款"),
            try Self.keywords("cafe", options: KeywordOptions(ignoresAccents: true)), try Self.keywords("refund*"),
        ]
        let texts = [
            "I want a REFUND", "nonrefundable", "refunds", "Money - BACK", "back, my money", "पैसे वापस करो", "我要退款吗",
            "in a CAFÉ",
            "ＲＥＦＵＮＤ!",
            "",
        ]
        #expect(
            try Self.found(by: requirements, in: texts) == [[0, 4], [], [4], [1], [], [1], [2], [3], [0, 4], []]
        )
    }

    @Test func `words and phrases of any length are found`() throws {
        let keywords = ["a", "password", "passwords", "unacknowledgeable", "lost my card and pin today", "my card"]
        let requirements = try keywords.map { try Self.keywords($0) }
        let texts = [
            "A", "Password", "passwords!", "unacknowledgeable, all", "acknowledgeable", "unacknowledgeably",
            "I lost my card (and pin) today", "lost my card and", "my, card", "card my",
        ]
        #expect(
            try Self.found(by: requirements, in: texts) == [[0], [1], [2], [3], [], [], [4, 5], [4, 5], [5], []]
        )
    }

    /// Keywords and what a text must hold for them.
    static let cases: [(keyword: String, requirement: String)] = [
        ("refund", #"" refund ""#), ("money  back", #"" money back ""#), ("refund*", #"" refund""#),
        ("refund* now", #"" refund" and " now ""#), ("don't pay", #"" don t pay ""#), ("退款", #""退款""#),
        ("退款 now", #""退款 now ""#), ("iphone退款", #"" iphone 退款""#), ("🙏", #"" 🙏 ""#), ("ok🙏", #"" ok 🙏 ""#),
        ("c++", #"" c " and [+…]"#), ("c++* here", #"" c " and " here ""#), ("#", "[#…]"), ("'", #"[\'`…]"#),
        ("«", "[…]"),
    ]

    @Test(arguments: cases)
    func `a keyword needs its words side by side`(keyword: String, requirement: String) throws {
        #expect(try Self.keywords(keyword)?.description == requirement)
    }

    @Test func `literals are found whatever their case`() throws {
        let requirements = [
            TextRequirement.containing(anyOf: ["Straße"]), TextRequirement.containing(anyOf: ["kg", "lb"]),
        ]
        let texts = ["STRASSE", "straẞe", "5 \u{212A}G", "LB", "stras", "`lb`"]
        #expect(try Self.found(by: requirements, in: texts) == [[0], [0], [1], [1], [], [1]])
    }
}
