import Diagnostics
import Events
import Patterns
import RuleCompiler
import RuleEngine
import RuleTesting
import SeededRandom
import Testing

/// How explanations are laid out, whatever rules and events hold.
struct ExplanationReportTests {
    /// The report on a message whose original is this JSON text.
    private func report(_ rules: String, _ event: String) throws -> [ExplanationLine] {
        let compiled = TestedRules("tests: []", context: rules)
        #expect(!compiled.compilation.diagnostics.hasErrors, "\(compiled.problems)")
        var decoder = EventDecoder(format: .plain)
        guard case .events(let events) = decoder.decode(event), let event = events.first else {
            Issue.record("\(event) is no event")
            return []
        }
        let program = compiled.compilation.program
        var state = EngineState()
        let arrived = StreamEvent(event, place: EventPlace(origin: "-"))
        let explanation = RuleEngine(program).explain(arrived, state: &state, scratch: EngineScratch())
        return ExplanationReport(program).lines(explanation, place: "e.json:1")
    }

    /// Why a line must not be shown; `nil` for one that may.
    private func problem(_ line: ExplanationLine) -> String? {
        let text = line.text(usesColor: false)
        if DisplayWidth.of(text) > ExplanationLine.columnsMax { return "wider than \(ExplanationLine.columnsMax)" }
        if text.unicodeScalars.last?.properties.isWhitespace == true { return "white space at the end" }
        return text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0.value == 0x202E }
            ? "a control character" : nil
    }

    private static let agents = "agents: { asha: { phone: +91 99999 00101 } }\n"
    private static let then = "then: [{ add-collaborator: { agents: asha } }]"

    /// A condition in which everything is too long.
    private static let lengthy: String = {
        let words = (0..<300).map { "word\($0)" }.joined(separator: ", ")
        let long = String(repeating: "x", count: 300)
        return """
            all:
              - text: { keywords: [\(words)], typos: 2, accents: ignore, stretched: ignore }
              - text: { matches: ['(?<a>\(long))', 'w(?<name>.*)'], contains: \(long), not: { ends_with: \(long) } }
              - fields: { \(long).a: { in: [\(words)] }, a.*.b: { is: string, equals: \(long) } }
              - any: [\((0..<50).map { "{ text: \"\($0)\" }" }.joined(separator: ", "))]
              - none: [{ text: { all_keywords: [word1, word2, \(words)] } }]
            """.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
    }()

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `no line is wider than a hundred columns or can move the cursor`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let letters: [Character] = [
            "a", "b", "w", "1", " ", " ", "\n", "\t", "\"", "\\", "\u{1B}", "\u{202E}", "é", "e\u{301}", "漢", "字", "ก",
            "🙏",
            "👩🏽‍🚀", "म", "ी", "\u{200B}", "\u{7F}", "\u{85}",
        ]
        let id = String(repeating: "long-", count: 30) + "id"
        let deep = String(repeating: "not: { ", count: 60) + "text: a" + String(repeating: " }", count: 60)
        let rules = """
            \(Self.agents)rules:
              - id: \(id)
                when:
            \(Self.lengthy)
                \(Self.then)
              - id: deep
                when: { \(deep) }
                \(Self.then)
              - id: templated
                then: [{ add-collaborator: { agents: "{{text}}" } }]
            """
        for round in 0..<30 {
            let length = Int(random.next() % 400)
            let text = String((0..<length).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
            var writer = JSONWriter()
            writer.object {
                $0.member("text", text)
                $0.member("name", text + "word7")
                $0.member("a") { $0.list { for _ in 0..<3 { $0.object { $0.member("b", text) } } } }
                $0.member(text, text)
            }
            for line in try report(rules, writer.text) {
                let found = problem(line)
                #expect(found == nil, "seed \(seed), round \(round): \(found ?? "") in \(line.text(usesColor: false))")
            }
        }
    }

    @Test func `of many parts those are shown that settle the whole, and the rest is counted`() throws {
        let parts = (0..<40).map { "{ text: { contains: \($0 == 30 ? "hello" : "nothing") } }" }
        let rules = """
            \(Self.agents)rules:
              - { id: it, when: { any: [\(parts.joined(separator: ", "))] }, \(Self.then) }
            """
        let lines = try report(rules, #"{"text": "hello"}"#).map { $0.text(usesColor: false) }
        let tree = try #require(lines.firstIndex { $0.hasPrefix("FIRED") })
        #expect(
            lines[(tree + 1)...].filter { !$0.contains("does not contain") } == [
                "  true   any of:"
            ] + [String](repeating: "    false  text: { contains: nothing }", count: 11) + [
                "    true   text: { contains: hello }", "             \"hello\" contains 'hello'",
                "    … 28 more: 28 false",
            ]
        )
    }

    @Test func `a long text is shown around what was found in it`() throws {
        let rules = "\(Self.agents)rules: [{ id: it, when: { text: { keywords: [refund] } }, \(Self.then) }]"
        let text = String(repeating: "before ", count: 40) + "REFUND" + String(repeating: " after", count: 40)
        let lines = try report(rules, #"{"text": "\#(text)"}"#).map { $0.text(usesColor: false) }
        #expect(
            lines.last
                == #"           "…fore before before before before REFUND after after after after after af…" has 'refund'"#
        )
    }

    @Test func `rules come as people want to read them`() throws {
        let rules = """
            \(Self.agents)rules:
              - { id: far, when: { text: { keywords: [hello] } }, \(Self.then) }
              - { id: short-of-one, when: { text: { keywords: [hello] }, kind: text }, \(Self.then) }
              - { id: near, when: { text: { keywords: [refund] } }, \(Self.then) }
              - { id: slow, when: { text: { matches: '(x+x+)+[yz]' } }, \(Self.then) }
              - { id: fired, when: { text: { contains: refnud } }, \(Self.then) }
              - { id: held, otherwise: true, \(Self.then) }
            """
        let text = "refnud " + String(repeating: "x", count: 60)
        let lines = try report(rules, #"{"text": "\#(text)"}"#).map { $0.text(usesColor: false) }
        let heads = lines.filter { $0.contains("context.yml") }.map {
            $0.split(separator: " ")[..<2].joined(separator: " ")
        }
        #expect(
            heads == ["FIRED fired", "FAULT slow", "NEAR near", "HELD held", "missed short-of-one", "missed far"]
        )
    }
}
