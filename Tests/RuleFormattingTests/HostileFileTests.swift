import Diagnostics
import RuleFormatting
import RuleSyntax
import Testing

/// Files that are made to take long or to exhaust the stack.
@Suite(.timeLimit(.minutes(10)))
struct HostileFileTests {
    private func formatted(_ text: String) -> String? {
        RuleFormatter.format(SourceFile(path: "rules.yml", text: text)).formatted?.text.string
    }

    @Test func `a file of one long line`() {
        let items = (0..<30_000).map { "{\"k\":\($0)}" }
        let expected =
            "["
            + items.map { $0.replacing(":", with: ": ").replacing("{", with: "{ ").replacing("}", with: " }") }
            .joined(separator: ", ") + "]\n"
        #expect(formatted("[" + items.joined(separator: ",") + "]") == expected)
    }

    @Test func `nesting up to the limit`() {
        let depth = YAMLReader.Limits.depthMax - 1
        let brackets = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(formatted("a: \(brackets)\n") == "a: \(brackets)\n")
        let dashes = String(repeating: "-  ", count: depth) + "x # c\n"
        #expect(formatted(dashes) == String(repeating: "- ", count: depth) + "x  # c\n")
        let keys = { (step: Int) in
            (0..<depth).map { String(repeating: " ", count: $0 * step) + "a:\n" }.joined()
        }
        #expect(formatted(keys(1) + "# c\n") == keys(2) + "# c\n")
    }

    /// Each block asks whether the comments behind it are its own.
    @Test func `many comments behind many blocks`() {
        let depth = YAMLReader.Limits.depthMax - 1
        let keys = (0..<depth).map { String(repeating: "  ", count: $0) + "a:\n" }.joined()
        let text = keys + String(repeating: "# c\n", count: 50_000)
        #expect(formatted(text) == text)
    }

    @Test func `a rule of many unknown keys`() {
        let keys = (0..<20_000).map { "    odd\($0): &a\($0) x\n" }.joined()
        #expect(formatted("rules:\n  - when: {}\n\(keys)    id: a\n") == "rules:\n  - id: a\n    when: {}\n\(keys)")
    }

    @Test func `a result above the size of a rule file is refused`() {
        let text = "a: |\n" + String(repeating: " x\n", count: YAMLReader.Limits.fileBytesMax / 3 - 2)
        #expect(text.utf8.count <= YAMLReader.Limits.fileBytesMax)
        let (formatted, diagnostics) = RuleFormatter.format(SourceFile(path: "rules.yml", text: text))
        #expect(formatted == nil)
        #expect(diagnostics.map(\.code) == [.fileTooLarge])
    }
}
