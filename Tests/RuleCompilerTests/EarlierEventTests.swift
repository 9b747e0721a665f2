import Events
import RuleCompiler
import RuleEngine
import Testing

/// What templates may name of the events that a rule has waited from.
struct EarlierEventTests {
    private static func rule(_ keys: String, _ template: String) -> String {
        "rules: [{ id: it, \(keys), then: [{ add-collaborator: { agents: '\(template)' } }] }]"
    }

    private static let sequence = """
        sequence: [{ when: { text: { matches: '(?<item>[a-z]+)' } } }, { when: { text: { matches: 'buy (?<what>.+)' } } }],
        within: 1h
        """

    private static let count = "when: { text: { matches: '(?<word>.+)' } }, count: { at_least: 3, within: 1h }"

    @Test(
        arguments: [
            (count, "{{first.text}}", .earlier(.first, .event(.text))),
            (count, "{{first.match.word}}", .earlier(.first, .match(group: "word"))),
            (sequence, "{{first.match.item}}", .earlier(.first, .match(group: "item"))),
            (sequence, "{{steps.0.match.item}}", .earlier(.step(0), .match(group: "item"))),
            (sequence, "{{steps.1.customer}}", .earlier(.step(1), .event(.customer))),
            (sequence, "{{match.what}}", .match(group: "what")),
            ("\(sequence), \(count)", "{{first.match.what}}", .earlier(.first, .match(group: "what"))),
            ("\(sequence), \(count)", "{{match.word}}", .match(group: "word")),
        ] as [(String, String, ValueReference)]
    )
    func `a template names values of earlier events`(keys: String, template: String, meaning: ValueReference) throws {
        let compilation = RuleSource.compile(Self.rule(keys, template))
        #expect(RuleSource.report(compilation) == "")
        guard case .agents(let sources)? = compilation.program.rules.first?.then.first?.agents,
            case .template(let bound)? = sources.first
        else {
            Issue.record("no template")
            return
        }
        #expect(Array(bound.references.values) == [meaning])
    }
}

extension ActionCall {
    /// Where its agents come from.
    fileprivate var agents: BoundSetting.Source? { settings.first { $0.name == "agents" }?.source }
}
