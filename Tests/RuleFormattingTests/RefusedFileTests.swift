import Diagnostics
import RuleFormatting
import Testing

/// Files that are left as they are.
struct RefusedFileTests {
    @Test(arguments: ["a: [", "a: 1\na: 2\n", "\ta: 1\n", "a: !t 1\n", "<<: {}\n", "a: 1\n---\nb: 2\n"])
    func `a file that is no YAML of rules is not touched`(text: String) {
        let (formatted, diagnostics) = RuleFormatter.format(SourceFile(path: "rules.yml", text: text))
        #expect(formatted == nil)
        #expect(diagnostics.hasErrors)
    }

    @Test func `a key of several lines has no standard form`() {
        let file = SourceFile(path: "rules.yml", text: "a: 1\n? \"b\n  c\"\n: 2\n")
        let (formatted, diagnostics) = RuleFormatter.format(file)
        #expect(formatted == nil)
        #expect(
            TextRenderer.render(diagnostics, usesColor: false) == """
                error[R111]: a key of several lines has no standard form
                 --> rules.yml:2:3
                  |
                2 | ? "b
                  |   ^ the file is left as it is
                  = help: write the key on one line, and the ':' behind it
                """
        )
    }
}
