import ActionKit
import Diagnostics
import Directory
import Events
import RuleCompiler
import RuleEngine
import RuleSyntax
import Testing

/// What rules compile to.
struct RuleCompilerTests {
    @Test func `a rule with everything is compiled as written`() throws {
        let compilation = RuleSource.compile(
            """
            rules:
              - id: refund-brings-in-billing
                description: Billing joins every conversation that asks for money back.
                owner: payments team
                tags: [money, on]
                on: [message-received, add-tag]
                when: { text: { keywords: [refund] } }
                mode: shadow
                priority: -3
                stop: true
                then:
                  - add-collaborator: { agents: [billing, +91 99999 00101, +49 30 1234567], business: main }
            """
        )
        #expect(RuleSource.report(compilation) == "")
        let rule = try #require(compilation.program.rules.first)
        #expect(rule.id == "refund-brings-in-billing")
        #expect(rule.description == "Billing joins every conversation that asks for money back.")
        #expect(rule.owner == "payments team")
        #expect(rule.tags == ["money", "on"])
        #expect(rule.on == .only(["message-received", "add-tag"]))
        #expect(rule.mode == .shadow)
        #expect(rule.priority == -3)
        #expect(rule.stops)
        #expect(rule.span.place == "rules.yml:2")
        let settings = rule.then.flatMap(\.settings).map { "\($0.name) \($0.source)" }
        let asha = try PhoneNumber(written: "+91 99999 00101")
        let berlin = try PhoneNumber(written: "+49 30 1234567")
        #expect(
            settings == [
                "business \(BoundSetting.Source.constant("919999900000"))",
                "customer \(BoundSetting.Source.event(.customer))",
                "agents \(BoundSetting.Source.agents([.team("billing"), .agent(asha), .agent(berlin)]))",
            ]
        )
    }

    @Test func `what is not written has the language's defaults`() throws {
        let rule = try #require(
            RuleSource.compile("rules: [{ id: a, then: [{ add-collaborator: { agents: asha } }] }]").program.rules.first
        )
        #expect(rule.on == .only(["message-received"]))
        #expect(rule.when == nil)
        #expect(rule.mode == .active)
        #expect(rule.priority == 0)
        #expect(!rule.stops)
    }

    @Test func `rules of all files are decided by priority, then path, then position`() {
        func rule(_ id: String, _ priority: Int = 0) -> String {
            "  - { id: \(id), priority: \(priority), then: [{ add-collaborator: { agents: asha } }] }\n"
        }
        let compilation = RuleSource.compile([
            ("context.yml", RuleSource.context), ("a.yml", "rules:\n" + rule("one") + rule("two", 7)),
            ("b.yml", "rules:\n" + rule("three", 7) + rule("four", -1) + rule("five")),
        ])
        #expect(compilation.program.rules.map(\.id) == ["two", "three", "one", "five", "four"])
    }

    @Test func `a rule with a mistake is left out, the others stay`() {
        let compilation = RuleSource.compile(
            """
            rules:
              - { id: good, then: [{ add-collaborator: { agents: asha } }] }
              - { id: bad, then: [{ add-collaborator: { agents: nobody } }] }
              - { id: also-bad, when: { txt: x }, then: [{ add-collaborator: { agents: asha } }] }
              - { id: also-good, on: [something-new], then: [{ add-collaborator: { agents: asha } }] }
            """
        )
        #expect(compilation.program.rules.map(\.id) == ["good", "also-good"])
        #expect(compilation.diagnostics.map(\.severity) == [.error, .error, .warning])
    }

    @Test(arguments: [
        ("any", EventTypes.any), ("[any]", .any), ("add-tag", .only(["add-tag"])),
        ("[add-tag, add-tag]", .only(["add-tag"])),
    ])
    func `event types are one, several or any`(text: String, types: EventTypes) {
        let compilation = RuleSource.compile(
            "rules: [{ id: a, on: \(text), then: [{ add-collaborator: { agents: asha } }] }]"
        )
        #expect(compilation.program.rules.map(\.on) == [types])
    }

    @Test(arguments: ["a", "refund-2", "2-x", "a1"])
    func `an id in kebab case is taken`(id: String) {
        let text = "rules: [{ id: \(id), then: [{ add-collaborator: { agents: asha } }] }]"
        #expect(RuleSource.compile(text).diagnostics == [])
    }

    @Test(arguments: [
        ("RefundBringsIn", "refund-brings-in"), ("refund_brings_in", "refund-brings-in"), ("-a-", "a"), ("a--b", "a-b"),
        ("Order №5", "order-5"), ("é", ""), ("a b", "a-b"), ("HTTPError", "httperror"),
    ])
    func `an id in another case is refused with the likely one`(id: String, likely: String) {
        let text = "rules: [{ id: '\(id)', then: [{ add-collaborator: { agents: asha } }] }]"
        let diagnostics = RuleSource.compile(text).diagnostics
        #expect(diagnostics.map(\.code) == [.malformedID])
        #expect(diagnostics.map(\.help) == [likely.isEmpty ? nil : "write '\(likely)'"])
    }

    @Test func `the directory is made from all files together`() throws {
        let compilation = RuleSource.compile([
            (
                "a.yml",
                "business_numbers: { main: +91 99999 00000 }\nagents: { asha: { phone: +91 99999 00101, name: Asha } }"
            ),
            ("b.yml", "teams: { billing: { members: [asha, ravi] } }"),
            ("c.yml", "business_numbers: { spare: 919999900009 }\nagents: { ravi: { phone: 91-99999-00102 } }"),
        ])
        #expect(compilation.diagnostics == [])
        let directory = compilation.program.directory
        #expect(
            directory.businessNumbers.map { "\($0.name) \($0.phone.digits)" } == [
                "main 919999900000", "spare 919999900009",
            ]
        )
        #expect(directory.agents.mapValues(\.phone.digits) == ["asha": "919999900101", "ravi": "919999900102"])
        #expect(directory.agents["asha"]?.name == "Asha")
        #expect(directory.teams["billing"]?.members.map(\.phone.digits) == ["919999900101", "919999900102"])
        #expect(compilation.program.defaultBusiness == nil)
    }

    @Test func `the only business number is the default, of several the chosen one`() {
        func business(_ text: String) -> String? {
            RuleSource.compile([("a.yml", text)]).program.defaultBusiness?.digits
        }
        #expect(business("business_numbers: { main: +91 99999 00000 }") == "919999900000")
        #expect(business("business_numbers: { a: +91 99999 00000, b: +91 99999 00009 }") == nil)
        #expect(
            business("business_numbers: { a: +91 99999 00000, b: +91 99999 00009 }\nsettings: { business: b }")
                == "919999900009"
        )
        #expect(business("settings: { business: +91 99999 00009 }") == "919999900009")
        #expect(business("") == nil)
    }

    @Test func `an action whose events carry no business number is warned of`() {
        let rule =
            "rules: [{ id: a, on: [add-tag, message-received], then: [{ add-collaborator: { agents: asha BUSINESS } }] }]"
        let numbers =
            "business_numbers: { a: +91 99999 00000, b: +91 99999 00009 }\nagents: { asha: { phone: +91 99999 00101 } }\n"
        func codes(_ text: String) -> [DiagnosticCode] {
            RuleSource.compile([("a.yml", text)]).diagnostics.map(\.code)
        }
        let without = rule.replacing(" BUSINESS", with: "")
        #expect(codes(numbers + without) == [.noBusinessNumber])
        #expect(codes(numbers + "settings: { business: a }\n" + without) == [])
        #expect(codes(numbers + rule.replacing(" BUSINESS", with: ", business: b")) == [])
        #expect(codes(numbers + without.replacing("add-tag, ", with: "")) == [])
    }

    @Test func `a large team says whom to pick`() {
        let agents =
            "agents: { a: { phone: +91 99999 00101 }, b: { phone: +91 99999 00102 }, c: { phone: +91 99999 00103 }, d: { phone: +91 99999 00104 } }\n"
        #expect(RuleSource.compile([("a.yml", agents + "teams: { t: { members: [a, b, c] } }")]).diagnostics == [])
        #expect(
            RuleSource.compile([("a.yml", agents + "teams: { t: { members: [a, b, c, d], pick: all } }")]).diagnostics
                == []
        )
        #expect(
            RuleSource.compile([("a.yml", agents + "teams: { t: { members: [a, b, c, d] } }")]).diagnostics.hasErrors
        )
    }

    @Test func `tests are handed on unread`() {
        let compilation = RuleSource.compile([
            ("a.yml", "tests: [1]"), ("b.yml", "tests: { a: b }"), ("c.yml", "tests:"),
        ])
        #expect(compilation.tests.map(\.span.text) == ["[1]", "{ a: b }"])
        #expect(compilation.diagnostics == [])
    }

    @Test func `sections that are commented out are no problem`() {
        #expect(
            RuleSource.compile([("a.yml", "rules:\n# - id: a\nagents:\nteams:\nsettings:\nbusiness_numbers:\n")])
                .diagnostics == []
        )
    }

    @Test func `two files with the same problem are told in the order of their paths`() {
        let compilation = RuleSource.compile([("b.yml", "x: 1"), ("a.yml", "y: 1\nx: 1")])
        #expect(compilation.diagnostics.map { $0.primary?.span.place } == ["a.yml:1", "a.yml:2", "b.yml:1"])
    }

    @Test func `a rule of which a part is no YAML of rules is left out`() {
        let compilation = RuleSource.compile(
            """
            rules:
              - { id: good, then: [{ add-collaborator: { agents: asha } }] }
              - { id: bad, then: [{ add-collaborator: { agents: asha, customer: {{customer}} } }] }
            """
        )
        #expect(compilation.program.rules.map(\.id) == ["good"])
    }

    @Test(arguments: [
        ("\"\\brefund\"", "in double quotes YAML reads '\\b' as a backspace; write '\\brefund' in single quotes"),
        ("\"\\e[0\\\\d\"", "in double quotes YAML reads such an escape itself; write '\\e[0\\d' in single quotes"),
        (
            "\"it's \\\"\\x01\"",
            "in double quotes YAML reads such an escape itself; write 'it''s \"\\x01' in single quotes"
        ),
    ])
    func `a control character is told with the regex in the right quotes`(regex: String, help: String) {
        let diagnostics = RuleSource.compile(when: "{ text: { matches: \(regex) } }").diagnostics
        #expect(diagnostics.map(\.code) == [.patternControlCharacter])
        #expect(diagnostics.map(\.help) == [help])
    }

    /// A required key that was misspelt is one mistake and told once.
    @Test(arguments: [
        "agents: { meera: { phome: +91 99999 00103 } }", "teams: { night: { member: [asha] } }",
        "rules: [{ id: a, thn: [{ add-collaborator: { agents: asha } }] }]",
        "rules: [{ id: a, then: [{ add-collaborator: { agent: asha } }] }]",
        "rules: [{ id: a, then: [{ add-collaborator: { agents: asha, customer: {{customer}} } }] }]",
    ])
    func `one mistake is told once`(text: String) {
        let compilation = RuleSource.compile(text)
        #expect(compilation.diagnostics.count == 1, "\(RuleSource.report(compilation))")
    }
}
