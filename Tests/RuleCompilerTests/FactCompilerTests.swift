import Events
import RuleCompiler
import RuleEngine
import Templates
import Testing

/// What facts are made into, and how rules ask for them.
struct FactCompilerTests {
    /// What the language's own description shows.
    private static let facts = """
        facts:
          vip: { per: customer, set: { on: add-tag, when: { tag: VIP } }, clear: { on: remove-tag, when: { tag: VIP } }, for: 365d }
          owner:
            per: conversation
            set: { on: chat-assigned-to-agent }
            value: "{{agent}}"
            clear: { on: chat-unassigned }
        """

    private static let rules = """
        rules:
          - id: a-vip-is-alone
            when: { facts: { vip: true, owner: { exists: false } } }
            then: [{ add-collaborator: { agents: asha } }]
          - id: the-owner-joins
            when: { facts: { owner: { exists: true } } }
            then: [{ add-collaborator: { agents: "{{facts.owner}}" } }]
        """

    private static func program(_ text: String) -> Program {
        let compilation = RuleSource.compile(text)
        #expect(RuleSource.report(compilation) == "")
        return compilation.program
    }

    @Test func `a fact says of whom, what sets and clears it, and for how long`() throws {
        let facts = Self.program("\(Self.facts)\n\(Self.rules)").facts
        #expect(facts.map(\.name) == ["vip", "owner"])
        let (vip, owner) = (facts[0], facts[1])
        #expect(vip.per == Grouping([.customer]))
        #expect(vip.set.on == .only(["add-tag"]))
        #expect(vip.set.when != nil)
        #expect(vip.value == nil)
        #expect(vip.clear?.on == .only(["remove-tag"]))
        #expect(vip.duration == .seconds(365 * 86_400))
        #expect(owner.per == .conversation)
        #expect(owner.set.when == nil)
        #expect(owner.value?.references == ["agent": .event(.agent)])
        #expect(owner.clear?.on == .only(["chat-unassigned"]))
        #expect(owner.duration == nil)
    }

    @Test func `conditions and templates ask for facts by name`() throws {
        let rules = Self.program("\(Self.facts)\n\(Self.rules)").rules
        guard case .all(let parts)? = rules[0].when?.test, parts.count == 2,
            case .fact("vip", let matcher) = parts[0].test,
            case .fact("owner", _) = parts[1].test
        else {
            Issue.record("not two facts")
            return
        }
        #expect(matcher.clauses.count == 1)
        guard case .agents(let sources)? = rules[1].then.first?.settings.first(where: { $0.name == "agents" })?.source,
            case .template(let template)? = sources.first
        else {
            Issue.record("no template")
            return
        }
        #expect(template.references == ["facts.owner": .fact("owner")])
    }

    @Test(
        arguments: [("true", nil), ("'true'", nil), ("gold", "gold"), ("'{{tag}}!'", "{{tag}}!")] as [(String, String?)]
    )
    func `what is remembered is true, a text, or a template`(written: String, source: String?) throws {
        let text = """
            facts: { level: { set: { on: add-tag }, value: \(written) } }
            rules: [{ id: it, when: { facts: { level: { exists: true } } }, then: [{ add-collaborator: { agents: asha } }] }]
            """
        let fact = try #require(Self.program(text).facts.first)
        #expect(fact.value?.template.source == source)
    }
}
