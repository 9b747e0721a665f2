import Diagnostics
import RuleSyntax
import Testing

/// Files that are made to exhaust memory or the stack.
@Suite(.timeLimit(.minutes(10)))
struct HostileYAMLTests {
    @Test(arguments: [
        String(repeating: "[", count: 10_000), String(repeating: "{a: ", count: 10_000),
        (0..<10_000).map { String(repeating: " ", count: $0 % 300) + "- " }.joined(),
        String(repeating: "- ", count: 10_000) + "a",
        (0..<300).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
        String(repeating: "? ", count: 10_000) + "a",
    ])
    func `deep nesting is refused`(text: String) {
        let read = ReadYAML(text)
        #expect(read.root == nil)
        // Of brackets that stand one behind the other libyaml itself refuses the thousandth first.
        let expected: DiagnosticCode = text.hasPrefix("[[") ? .yamlSyntax : .nestedTooDeep
        #expect(read.diagnostics.map(\.code) == [expected])
    }

    @Test func `nesting up to the limit is read`() {
        let depth = YAMLReader.Limits.depthMax
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(ReadYAML(nested(depth)).problems == [])
        #expect(ReadYAML(nested(depth + 1)).diagnostics.map(\.code) == [.nestedTooDeep])
    }

    /// A billion laughs.
    @Test func `aliases that multiply are refused`() {
        var lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            lines.append("a\(level): &a\(level) [\(aliases)]")
        }
        let read = ReadYAML(lines.joined(separator: "\n"))
        #expect(read.root == nil)
        #expect(read.diagnostics.map(\.code) == [.aliasesTooLarge])
    }

    /// No single place is nested deep, but each alias stands at the bottom of the next.
    @Test func `aliases that nest into each other count as nested`() {
        let opening = String(repeating: "[", count: 80)
        let closing = String(repeating: "]", count: 80)
        let lines = (0..<100).map { index in
            "a\(index): &a\(index) \(opening)\(index == 0 ? "x" : "*a\(index - 1)")\(closing)"
        }
        let read = ReadYAML(lines.joined(separator: "\n"))
        #expect(read.diagnostics.map(\.code) == [.nestedTooDeep])
    }

    @Test func `a key that is used ten thousand times is told ten thousand times and no longer takes`() {
        let read = ReadYAML(String(repeating: "a: 1\n", count: 10_000))
        #expect(read.diagnostics.count == 9_999)
    }

    @Test func `a file of one long line is read with its places`() {
        let text = "a: [" + String(repeating: "\"é\", ", count: 50_000) + "z]"
        let read = ReadYAML(text)
        #expect(read.root?.mapping?.first?.value.sequence?.last?.span.text == "z")
    }
}
