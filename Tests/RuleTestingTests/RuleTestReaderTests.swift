import Diagnostics
import RuleCompiler
import RuleTesting
import Testing

/// How tests are read, and what is said of mistakes in them.
struct RuleTestReaderTests {
    /// The problems of one test whose body is given, one a line: code, source, message.
    private func problems(_ body: String) -> [String] {
        let rules = TestedRules("tests:\n  - name: it\n    \(body.replacing("\n", with: "\n    "))\n")
        return (rules.compilation.diagnostics + rules.diagnostics).map {
            "\($0.code.rawValue) '\($0.primary?.span.text ?? "-")' \($0.message)"
        }
    }

    @Test(
        arguments: [
            ("event: { text: a }\nexpct: none", ["R201 'expct' unknown field 'expct'"]),
            ("evnt: { text: a }\nexpect: none", ["R201 'evnt' unknown field 'evnt'"]),
            ("event: { txt: a }\nexpect: none", ["R201 'txt' unknown field 'txt'"]),
            ("event: { text: a }\nexpect: nothing", ["R206 'nothing' 'expect' cannot be 'nothing'"]),
            ("event: { text: a }\nexpect: []", ["R205 '[]' 'expect' is empty"]),
            ("event: { text: a }\nexpect:", ["R205 '' 'expect' is empty"]),
            ("event: { text: a }\nexpect: [{ rul: refund-brings-in-billing }]", ["R201 'rul' unknown field 'rul'"]),
            (
                "event: { text: a }\nexpect: [{ rule: refund-brings-in-biling }]",
                ["R302 'refund-brings-in-biling' unknown rule 'refund-brings-in-biling'"]
            ),
            (
                "event: { text: a }\nexpect: [{ rule: refund-brings-in-billing, status: planed }]",
                ["R206 'planed' 'status' cannot be 'planed'"]
            ),
            (
                "event: { text: a }\nexpect: [{ rule: refund-brings-in-billing, add-colaborator: {} }]",
                ["R201 'add-colaborator' unknown field 'add-colaborator'"]
            ),
            (
                "event: { text: a }\nexpect: [{ rule: refund-brings-in-billing, add-collaborator: { agents: asah } }]",
                ["R302 'asah' unknown agent or team 'asah'"]
            ),
            (
                "event: { text: a }\nexpect: [{ rule: refund-brings-in-billing, add-collaborator: { agent: asha } }]",
                ["R201 'agent' unknown field 'agent'"]
            ),
            (
                "event: { text: a }\nexpect: [{ rule: refund-brings-in-billing, at: noon }]",
                ["R206 'noon' 'noon' is not a time"]
            ),
            (
                "event: { text: a, at: tomorrow }\nexpect: none", ["R206 'tomorrow' 'tomorrow' is not a time"]
            ),
            ("event: { text: a, at: sat 22:+5 }\nexpect: none", ["R206 'sat 22:+5' 'sat 22:+5' is not a time"]),
            ("event: { text: a, time: +15m }\nexpect: none", ["R206 '+15m' '+15m' is not a time"]),
            (
                "event: { type: mesage-received }\nexpect: none",
                ["R305 'mesage-received' no known format produces events of type 'mesage-received'"]
            ),
            ("event: { business: mian }\nexpect: none", ["R302 'mian' unknown business number 'mian'"]),
            (
                "event: { kind: [image], by: [bot] }\nexpect: none",
                [
                    "R203 '[image]' 'kind' must be text, not a list",
                    "R203 '[bot]' 'by' must be text, not a list",
                ]
            ),
            (
                "events: [{ text: a, at: +15m }, { text: a, at: +5m }]\nexpect: none",
                ["R206 '+5m' the clock of a test does not go back"]
            ),
            ("events: [{ wait: soon }]\nexpect: none", ["R206 'soon' 'soon' is not a length of time"]),
            ("events: [{ wait: 5m, text: a }]\nexpect: none", ["R201 'text' 'text' beside 'wait'"]),
            ("events: { text: a }\nexpect: none", ["R203 '{ text: a }' 'events' must be a list, not a mapping"]),
            ("events: []\nexpect: none", ["R205 '[]' 'events' is empty"]),
            (
                "event: { text: a }\nevents: [{ text: a }]\nexpect: none", ["R201 'event' 'event' beside 'events'"]
            ),
            (
                "event: { fields: text }\nexpect: none", ["R203 'text' 'fields' must be a mapping, not text"]
            ),
            (
                "event: { text: a }\nexpect: [{ rule: refund-brings-in-billing, remove-collaborator: {} }]",
                ["R204 'remove-collaborator' 'remove-collaborator' is part of the rule language, but not built yet"]
            ),
            ("event: { text: a }\ngiven: { facts: {} }\nexpect: none", ["R205 '{}' 'facts' is empty"]),
            ("event: { text: a }\ngiven: {}\nexpect: none", ["R202 '{}' what is given without 'facts'"]),
            (
                "event: { text: a }\ngiven: { vip: true }\nexpect: none",
                [
                    "R201 'vip' unknown field 'vip'", "R202 '{ vip: true }' what is given without 'facts'",
                ]
            ),
            (
                "event: { text: a }\ngiven: { facts: [vip] }\nexpect: none",
                ["R203 '[vip]' 'facts' must be a mapping, not a list"]
            ),
            (
                "event: { text: a }\ngiven: { facts: { vpi: true } }\nexpect: none",
                ["R302 'vpi' unknown fact 'vpi'"]
            ),
            (
                "event: { text: a }\ngiven: { facts: { vip: gold, owner: true } }\nexpect: none",
                [
                    "R203 'gold' fact 'vip' must be true, not text",
                    "R203 'true' fact 'owner' must be text, not true or false",
                ]
            ),
            (
                "event: { text: a }\ngiven: { facts: { vip: false, owner: false } }\nexpect: none",
                ["R206 'false' fact 'vip' cannot be false", "R206 'false' fact 'owner' cannot be false"]
            ),
            (
                "event: { text: a }\ngiven: { facts: { vip: [true], owner: '' } }\nexpect: none",
                ["R203 '[true]' fact 'vip' must be true, not a list", "R205 '''' fact 'owner' is empty"]
            ),
            ("event: { kind: picture }\nexpect: none", ["R206 'picture' 'kind' cannot be 'picture'"]),
            ("event: { by: custmer }\nexpect: none", ["R206 'custmer' 'by' cannot be 'custmer'"]),
            ("event: { customer: asha rao }\nexpect: none", ["R303 'asha rao' 'asha rao' is not a phone number"]),
            (
                "event: { customer: 99999 00001 }\nexpect: none",
                ["R303 '99999 00001' phone number '99999 00001' has no country code"]
            ),
            ("event: { by: agent, text: x }\nexpect: none", ["R201 'x' an event by 'agent' has no 'text'"]),
            ("event: { type: add-tag, text: x }\nexpect: none", ["R201 'x' an event of type 'add-tag' has no 'text'"]),
            ("event: { file: /dev/zero }\nexpect: none", ["R101 '/dev/zero' '/dev/zero' cannot be read"]),
            ("event: { time: noon }\nexpect: none", ["R206 'noon' 'noon' is not a time"]),
            ("event: { raw: { a: b }, text: c }\nexpect: none", ["R201 'text' 'text' beside 'raw'"]),
            ("event: { file: nowhere.json }\nexpect: none", ["R101 'nowhere.json' 'nowhere.json' cannot be read"]),
            ("event: { text: a }\nrules: [nobody]\nexpect: none", ["R302 'nobody' unknown rule or tag 'nobody'"]),
            ("event: a\nexpect: none", ["R203 'a' an event of a test must be a mapping, not text"]),
        ] as [(String, [String])]
    )
    func `a mistake in a test is told at its place`(body: String, expected: [String]) {
        #expect(problems(body) == expected)
    }

    /// Nothing that is written is passed over.
    @Test(arguments: [
        "then: [add-collaborator]", "then: [[]]", "then: []",
        "then: [{ add-collaborator: { agents: asha }, add-collaborator2: {} }]",
        "then: [{}]", "then: add-collaborator", "then: [{ send-pigeon: {} }]", "add-collaborator: asha",
        "add-collaborator: []",
    ])
    func `a job that cannot be read is told of`(job: String) {
        #expect(problems("event: { text: a }\nexpect: [{ rule: refund-brings-in-billing, \(job) }]") != [])
    }

    @Test func `a test with a mistake is left out, the others stay`() {
        let rules = TestedRules(
            """
            tests:
              - name: one
                event: { text: a }
                expect: none
              - name: two
                event: { txt: a }
                expect: none
              - name: three
                event: { text: b }
                expect: none
            """
        )
        #expect(rules.tests.map(\.name) == ["one", "three"])
        #expect(rules.tests.map(\.span.place) == ["tests.yml:2", "tests.yml:8"])
        #expect(rules.diagnostics.count == 1)
    }

    @Test func `a rule that has a mistake is not called unknown by its tests`() {
        let rules = TestedRules(
            """
            tests:
              - { name: a, event: { text: a }, rules: [broken], expect: [{ rule: broken }] }
            """,
            context: """
                agents: { asha: { phone: +91 99999 00101 } }
                rules: [{ id: broken, prioritty: 1, then: [{ add-collaborator: { agents: asha } }] }]
                """
        )
        #expect(rules.diagnostics == [])
    }

    @Test func `a value that JSON does not have is no crash`() {
        let rules = TestedRules("tests: [{ name: a, event: { raw: { a: .inf, b: .nan, c: 1e999 } }, expect: none }]")
        #expect(rules.tests.count == 1)
    }
}
