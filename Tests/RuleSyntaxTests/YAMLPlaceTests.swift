import Diagnostics
import RuleSyntax
import Testing

/// Where everything stands: every key and value of a text, with its place and its source.
struct YAMLPlaceTests {
    @Test func `block mappings and lists end with their last value`() {
        let read = ReadYAML("rules:\n  - id: a\n    tags: [x, 'y']\n  # a comment\n\n  - id: b\n# the end\ntests: {}\n")
        #expect(
            read.outline == [
                "1:1 mapping rules:␊  - id: a␊    tags: [x, 'y']␊  # a comment␊␊  - id: b␊# the end␊tests: {}",
                "1:1 key rules",
                "2:3 list - id: a␊    tags: [x, 'y']␊  # a comment␊␊  - id: b",
                "2:5 mapping id: a␊    tags: [x, 'y']",
                "2:5 key id", "2:9 value a", "3:5 key tags", "3:11 list [x, 'y']", "3:12 value x", "3:15 value 'y'",
                "6:5 mapping id: b", "6:5 key id", "6:9 value b", "8:1 key tests", "8:8 mapping {}",
            ]
        )
    }

    @Test func `flow style and quotes keep their places`() {
        let read = ReadYAML("{ \"a\": [1, {b: c}], 'd': \"e\" , f }")
        #expect(
            read.outline == [
                "1:1 mapping { \"a\": [1, {b: c}], 'd': \"e\" , f }", "1:3 key \"a\"", "1:8 list [1, {b: c}]",
                "1:9 value 1", "1:12 mapping {b: c}", "1:13 key b", "1:16 value c", "1:21 key 'd'", "1:26 value \"e\"",
                "1:32 key f", "1:34 value ",
            ]
        )
    }

    @Test func `characters beyond ASCII before a place count as one column each`() {
        let read = ReadYAML("é: \"日本\" # ü\n👩‍👩‍👧: { क्ष: 🙏 }\n")
        #expect(
            read.outline == [
                "1:1 mapping é: \"日本\" # ü␊👩‍👩‍👧: { क्ष: 🙏 }", "1:1 key é", "1:4 value \"日本\"", "2:1 key 👩‍👩‍👧",
                "2:4 mapping { क्ष: 🙏 }", "2:6 key क्ष", "2:9 value 🙏",
            ]
        )
    }

    @Test func `files with carriage returns have the same places`() {
        let read = ReadYAML("a: b\r\nc:\r\n  - d\r\n  - 'e'\r\n")
        #expect(
            read.outline == [
                "1:1 mapping a: b␍␊c:␍␊  - d␍␊  - 'e'", "1:1 key a", "1:4 value b", "2:1 key c",
                "3:3 list - d␍␊  - 'e'", "3:5 value d", "4:5 value 'e'",
            ]
        )
    }

    /// What Windows' own editor puts in front of a file.
    @Test(arguments: ["a: b\nc: d\n", "a:\n  - b\nc: d\n", "# first\na: b\nc: d\n", "- a\n- b\n", "{ a: b }\n"])
    func `a byte order mark changes nothing`(text: String) {
        let marked = ReadYAML("\u{FEFF}\(text)")
        let plain = ReadYAML(text)
        #expect(marked.problems == [])
        func sources(_ read: ReadYAML) -> [Substring] {
            read.outline.map { $0.drop { $0 != " " } }
        }
        #expect(sources(marked) == sources(plain))
    }

    @Test func `an alias stands where it is written`() {
        let read = ReadYAML("a: &words [x, y]\nb: *words\n")
        #expect(
            read.outline
                == [
                    "1:1 mapping a: &words [x, y]␊b: *words", "1:1 key a", "1:11 list [x, y]", "1:12 value x",
                    "1:15 value y",
                    "2:1 key b", "2:4 list *words", "1:12 value x", "1:15 value y",
                ].map { $0.replacing("1:11 list [x, y]", with: "1:4 list &words [x, y]") }
        )
    }

    @Test func `tabs between values are allowed and count as one column`() {
        let read = ReadYAML("a:\tb\nc: [\td,\te ]\n")
        #expect(
            read.outline == [
                "1:1 mapping a:\tb␊c: [\td,\te ]", "1:1 key a", "1:4 value b", "2:1 key c", "2:4 list [\td,\te ]",
                "2:6 value d", "2:9 value e",
            ]
        )
    }

    @Test func `block scalars begin with their mark`() {
        let read = ReadYAML("a: |-\n  x\n  y\nb: >\n  z\n\nc: d\n")
        #expect(
            read.outline.filter { $0.contains("value") }.map { $0.prefix(12) } == [
                "1:4 value |-", "4:4 value >␊", "7:4 value d",
            ]
        )
    }
}
