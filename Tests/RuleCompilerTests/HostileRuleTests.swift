import Diagnostics
import Foundation
import RuleCompiler
import RuleEngine
import RuleSyntax
import Testing

/// Rule files that nobody writes by accident, none of which may crash the process or take for ever.
@Suite(.timeLimit(.minutes(10)))
struct HostileRuleTests {
    @Test(arguments: ["-9223372036854775808", "9223372036854775807", "-9223372036854775807"])
    func `a priority may be any whole number`(priority: String) async {
        await #expect(processExitsWith: .success) { [priority] in
            let compilation = RuleSource.compile(
                """
                rules:
                  - id: ordinary
                    then: [{ add-collaborator: { agents: asha } }]
                  - id: extreme
                    priority: \(priority)
                    then: [{ add-collaborator: { agents: asha } }]
                """
            )
            let expected = priority.hasPrefix("-") ? ["ordinary", "extreme"] : ["extreme", "ordinary"]
            precondition(compilation.program.rules.map(\.id) == expected)
        }
    }

    /// Each rule nests the condition of the one before it by an alias, so that no single place is nested deep.
    @Test func `conditions that nest through aliases without end are refused, not followed into a crash`() async {
        await #expect(processExitsWith: .success) {
            let depth = 90
            var lines = ["rules:"]
            for index in 0..<140 {
                let inner = index == 0 ? "{ text: hi }" : "*c\(index - 1)"
                let opening = String(repeating: "{ not: ", count: depth)
                let closing = String(repeating: " }", count: depth)
                lines.append("  - id: rule-\(index)")
                lines.append("    when: &c\(index) \(opening)\(inner)\(closing)")
                lines.append("    then: [{ add-collaborator: { agents: asha } }]")
            }
            let compilation = RuleSource.compile(lines.joined(separator: "\n"))
            precondition(compilation.diagnostics.hasErrors)
        }
    }

    @Test(arguments: [
        "rules: 1", "rules: [1, [], {}, null]", "- rules", "agents: []", "teams: { a: [] }",
        "settings: [1]", "settings: { delivery: 5, doubletick: [] }", "business_numbers: { main: {} }",
        "rules: [{ id: [], on: {}, when: [], then: {}, tags: {}, mode: [], priority: {}, stop: {} }]",
        "rules: [{ id: a, when: { all: [1], any: {}, none: x, not: [], text: [[]], fields: [] }, then: [[], 1, {}] }]",
        "rules: [{ id: a, when: { text: { equals: {}, in: {}, contains: {}, matches: {}, keywords: {} } } }]",
        "rules: [{ id: a, when: { fields: { a: { above: [], is: [], exists: [], not: [[]] } } } }]",
        "rules: [{ id: a, then: [{ add-collaborator: { agents: {}, customer: [], business: {} } }] }]",
        "rules: [{ id: a, count: [], sequence: {}, unless: 1, within: [], per: {}, throttle: [[]] }]",
        "rules: [{ id: a, count: { at_least: [], within: {}, per: [[]], distinct: {} } }]",
        "rules: [{ id: a, sequence: [[], 1, {}, { on: {}, when: [] }], within: null }]",
        "rules: [{ id: a, unless: { on: [[]], when: 1, within: -1s, counting: [], per: null } }]",
        "rules: [{ id: a, throttle: { once_per: {}, at_most: [], within: [] } }]", "facts: []", "facts: { a: }",
        "facts: { a: { per: {}, set: [], value: {}, clear: 1, for: [] } }",
        "facts: { a: { set: { on: [], when: [] } } }",
        "rules: [{ id: a, when: { facts: { a: { b: [] } } } }]", "rules: [{ id: a, when: { facts: 1 } }]",
        "settings: { grace: {}, live_lag: [], lateness: null }",
    ])
    func `a value of the wrong kind is told of everywhere`(text: String) {
        let compilation = RuleSource.compile(text)
        #expect(compilation.diagnostics.hasErrors)
        #expect(!RuleSource.report(compilation).isEmpty)
    }

    @Test func `a sequence, what events have in common and a name have limits`() {
        let action = "then: [{ add-collaborator: { agents: asha } }]"
        let steps = Array(repeating: "{ on: any }", count: 20_000).joined(separator: ", ")
        let long = RuleSource.report(
            RuleSource.compile("rules: [{ id: a, sequence: [\(steps)], within: 1h, \(action) }]")
        )
        #expect(long.hasPrefix("error[R206]: a sequence of more than 50 steps\n"))
        let paths = (0..<9).map { "fields.a\($0)" }.joined(separator: ", ")
        let wide = RuleSource.report(
            RuleSource.compile("rules: [{ id: a, throttle: { once_per: 1h, per: [\(paths)] }, \(action) }]")
        )
        #expect(wide.hasPrefix("error[R206]: 'per' has more than 8 parts\n"))
        let template = "{{steps.99999999999999999999.text}}"
        let far = RuleSource.report(
            RuleSource.compile(
                """
                rules:
                  - id: a
                    sequence: [{ on: any }, { on: any }]
                    within: 1h
                    then: [{ add-collaborator: { agents: "\(template)" } }]
                """
            )
        )
        #expect(far.hasPrefix("error[R506]: a template names 'steps.99999999999999999999.text', but"))
    }

    /// Facts and conditions that ask for each other are no circle: a fact is what it was before the event.
    @Test func `facts may be set by facts, their own too`() {
        let compilation = RuleSource.compile(
            """
            facts:
              a: { set: { when: { facts: { b: true, a: { exists: false } } } } }
              b: { set: { when: { use: is-a } } }
            conditions: { is-a: { facts: { a: true } } }
            """
        )
        #expect(RuleSource.report(compilation) == "")
        #expect(compilation.program.facts.map(\.name) == ["a", "b"])
    }

    /// Every prefix of a large file: what an editor saves in the middle of a word.
    @Test func `a file that ends anywhere is read without a crash`() throws {
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/mistakes")
        for name in ["twenty-mistakes-at-once", "template-of-no-earlier-event", "fact-of-another-shape"] {
            let text = try String(contentsOf: fixtures.appending(path: "\(name).yml"), encoding: .utf8)
            for count in stride(from: 0, through: text.count, by: 7) {
                let compilation = RuleSource.compile(String(text.prefix(count)))
                #expect(RuleSource.report(compilation).utf8.count < 100_000)
            }
        }
    }
}
