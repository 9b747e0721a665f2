import AddCollaborator
import Diagnostics
import RuleCompiler
import RuleEngine
import RuleSyntax
import RuleTesting

/// Rule files with their tests, read and run.
struct TestedRules {
    static let actions = ActionCatalogue(
        [ActionCatalogue.Entry(AddCollaborator.self)],
        notBuiltYet: ["remove-collaborator", "send-text"]
    )

    /// Who and what the rules of the tests speak of, and some rules.
    static let context = """
        business_numbers:
          main: +91 99999 00000
        agents:
          asha: { phone: +91 99999 00101, name: Asha Rao }
          ravi: { phone: +91 99999 00102 }
        teams:
          billing: { members: [asha, ravi] }
        rules:
          - id: refund-brings-in-billing
            tags: [money]
            when:
              text: { keywords: [refund, money back] }
              kind: text
            then:
              - add-collaborator: { agents: billing }
          - id: pictures-bring-in-ravi
            when: { kind: image }
            then:
              - add-collaborator: { agents: ravi }
          - id: everything-in-the-shadow
            tags: [quiet]
            mode: shadow
            then:
              - add-collaborator: { agents: asha }
          - id: cross-vips-bring-in-ravi
            when: { text: { keywords: [cross] }, facts: { vip: true, owner: { exists: false } } }
            then:
              - add-collaborator: { agents: ravi }
        facts:
          vip: { per: customer, set: { on: add-tag, when: { tag: VIP } }, for: 30d }
          owner: { set: { on: chat-assigned-to-agent }, value: "{{agent}}", clear: { on: chat-unassigned } }
        """

    let compilation: Compilation
    let tests: [RuleTest]
    let diagnostics: [Diagnostic]

    /// Reads tests beside the context.
    init(_ tests: String, context: String = TestedRules.context, path: String = "tests.yml") {
        let files = [("context.yml", context), (path, tests)].map { SourceFile(path: $0.0, text: $0.1) }
        compilation = RuleCompiler(actions: Self.actions).compile(.reading(files))
        (self.tests, diagnostics) = RuleTestReader(compilation, actions: Self.actions).read()
    }

    /// What came of all tests.
    var results: [RuleTestResult] {
        tests.map { RuleTestRunner(compilation.program).run($0) }
    }

    /// The reports on all tests that failed.
    var report: String {
        let report = RuleTestReport(directory: compilation.program.directory)
        return results.filter { !$0.passed }.flatMap { report.lines($0) }.joined(separator: "\n")
    }

    /// Everything wrong in rules and tests, as people read it.
    var problems: String {
        TextRenderer.render((compilation.diagnostics + diagnostics).inReadingOrder(), usesColor: false)
    }
}
