import Diagnostics
import RuleCompiler
import RuleEngine
import Testing

/// What tells one wording of a rule from another.
struct RuleVersionTests {
    private static let wording = """
          - id: refund-brings-in-billing
            when: { text: { keywords: [refund] } } # money back
            then:
              - add-collaborator: { agents: billing }
        """

    private func rule(_ text: String, path: String = "rules.yml") throws -> Rule {
        let compilation = RuleSource.compile([("context.yml", RuleSource.context), (path, text)])
        #expect(RuleSource.report(compilation) == "")
        return try #require(compilation.program.rules.first { $0.id == "refund-brings-in-billing" })
    }

    @Test func `a version is the beginning of a digest of what is written, which can be shown`() throws {
        let rule = try rule("# Money.\nrules:\n\(Self.wording)\n\n\n# The end.\n")
        #expect(rule.version == "c258045a8c61")
        #expect(rule.source.place == "rules.yml:3")
        #expect(
            rule.source.text == """
                id: refund-brings-in-billing
                    when: { text: { keywords: [refund] } } # money back
                    then:
                      - add-collaborator: { agents: billing }
                """
        )
    }

    @Test(
        arguments: [
            ("rules:\n\(wording)", "rules.yml"), ("rules:\n\(wording)  \n\n", "rules.yml"),
            ("rules:\n\(wording)\n", "support/money.yaml"), ("\u{FEFF}# Support.\n\nrules:\n\(wording)\n", "rules.yml"),
            ("lists: { vips: [VIP] }\nrules:\n\(wording)\n# The end.\n", "rules.yml"),
            (
                "rules:\n  - { id: a, then: [{ add-collaborator: { agents: asha } }] }\n  # Money.\n\(wording)\n",
                "rules.yml"
            ),
            (
                "rules:\n\(wording)\n\n  # Greetings.\n  - { id: b, then: [{ add-collaborator: { agents: asha } }] }\n",
                "rules.yml"
            ),
        ]
    )
    func `nothing beside a rule changes its version`(text: String, path: String) throws {
        #expect(try rule(text, path: path).version == rule("rules:\n\(Self.wording)\n").version)
    }

    @Test(
        arguments: [
            ("[refund]", "[refunds]"), ("[refund]", "[ refund ]"), ("money back", "money"), ("billing }", "asha }"),
            ("when:", "description: Money.\n    when:"),
        ]
    )
    func `every change in a rule changes its version`(text: String, other: String) throws {
        let changed = Self.wording.replacing(text, with: other)
        #expect(changed != Self.wording)
        #expect(try rule("rules:\n\(changed)\n").version != rule("rules:\n\(Self.wording)\n").version)
    }

    @Test func `rules of one file have versions of their own`() throws {
        let rules = (0..<100).map { "  - { id: r\($0), then: [{ add-collaborator: { agents: asha } }] }" }
        let compilation = RuleSource.compile("rules:\n" + rules.joined(separator: "\n"))
        let versions = compilation.program.rules.map(\.version)
        #expect(Set(versions).count == 100)
        #expect(versions.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{12}/) != nil })
    }
}
