import RuleCompiler
import Testing

/// How JSON is printed for people.
struct JSONTreeTests {
    @Test(
        arguments: [
            (.null, "null"), (.string("a \"b\"\n\u{1}é"), #""a \"b\"\n\u0001é""#), (-5, "-5"), (.number(0.5), "0.5"),
            (true, "true"), ([], "[]"), ([:], "{}"), ([1, [2, "x"]], #"[1, [2, "x"]]"#),
            (["a": 1, "b": [true]], #"{ "a": 1, "b": [true] }"#),
            (["z": 1, "a": 2], #"{ "z": 1, "a": 2 }"#), ([["a": 1], ["b": [:]]], #"[{ "a": 1 }, { "b": {} }]"#),
            (["a": ["b": 1], "c": [:]], "{\n  \"a\": { \"b\": 1 },\n  \"c\": {}\n}"),
        ] as [(JSONTree, String)]
    )
    func `a value is printed on as few lines as read well`(tree: JSONTree, text: String) {
        #expect(tree.pretty == text)
    }

    @Test func `what does not fit a line of 120 characters is broken`() {
        let word = String(repeating: "x", count: 55)
        let fitting: JSONTree = [.string(word), .string(word)]
        #expect(!fitting.pretty.contains("\n"))
        let long: JSONTree = [.string(word), .string(word + "12345")]
        #expect(long.pretty == "[\n  \"\(word)\",\n  \"\(word)12345\"\n]")
        let nested: JSONTree = ["k": long]
        #expect(nested.pretty == "{\n  \"k\": [\n    \"\(word)\",\n    \"\(word)12345\"\n  ]\n}")
    }
}
