import Diagnostics
import Events
import Patterns
import RuleCompiler
import RuleEngine
import Testing

/// What may be written in a condition, and that it means what it says: compiled, and decided over an event.
struct ConditionCompilerTests {
    /// Whether a rule with this condition fires on an event.
    private func fires(_ condition: String, _ change: (inout Event) throws -> Void) throws -> Bool {
        let compilation = RuleSource.compile(when: condition)
        try #require(!compilation.diagnostics.hasErrors, "\(RuleSource.report(compilation))")
        var parser = JSONParser()
        let original = #"""
            {"a": 1, "b": "x", "c": [{"d": 5}, {"d": 50}], "e": true, "on": "off", "when": "2026-01-07", "wait": "20m", "n": null}
            """#
        var event = Event(type: "message-received", fields: try parser.parse(original).root)
        event.text = "Hi, I want a REFUND for order 5512"
        event.kind = .text
        event.customer = "919999900001"
        event.business = "919999900000"
        event.name = "Test Customer"
        event.by = .customer
        event.agent = "919999900101"
        event.tag = "VIP"
        event.choice = "1"
        try change(&event)
        var state = EngineState()
        let engine = RuleEngine(compilation.program)
        let arrived = StreamEvent(event, place: EventPlace(origin: "-"))
        return engine.take(arrived, state: &state, scratch: EngineScratch()).contains { !$0.firings.isEmpty }
    }

    @Test(arguments: [
        "{ text: { keywords: [refund, money back] } }", "{ text: { keywords: refund } }",
        "{ text: { keywords: [refun*] } }",
        "{ text: { all_keywords: [want, refund] } }", "{ text: { matches: 'order (?<n>\\d+)' } }",
        "{ text: { matches: [nothing, '\\bREFUND\\b'] } }", "{ text: { matches: refund, ignore_case: true } }",
        "{ text: { contains: REFUND } }", "{ text: { contains: [x, refund], ignore_case: true } }",
        "{ text: { starts_with: 'Hi' } }", "{ text: { ends_with: ['12', x] } }",
        "{ text: { not: { contains: refund } } }",
        "{ text: { exists: true, is: string } }", "{ text: 'Hi, I want a REFUND for order 5512' }",
        "{ text: { equals: 'hi, i want a refund for order 5512', ignore_case: true } }",
        "{ kind: text }", "{ kind: [image, text] }", "{ kind: { in: [image, text] } }", "{ kind: { not: image } }",
        "{ type: message-received }", "{ by: customer }", "{ tag: VIP }", "{ tag: { equals: vip, ignore_case: true } }",
        "{ choice: 1 }", "{ choice: { at_least: 1 } }", "{ name: { contains: Test } }",
        "{ customer: +91 99999 00001 }", "{ customer: '+91 (99999) 00-001' }", "{ customer: 919999900001 }",
        "{ agent: { not: main } }", "{ customer: { not: asha } }", "{ customer: { in: [asha, +91 99999 00001] } }",
        "{ customer: [+91 99999 00009, +91 99999 00001] }", "{ customer: { not: +91 99999 00009 } }",
        "{ customer: { starts_with: '+91' } }", "{ customer: { contains: '99 99' } }",
        "{ customer: { matches: '^91' } }",
        "{ customer: { ends_with: 00001 } }", "{ business: main }", "{ business: { in: [main] } }", "{ agent: asha }",
        "{ agent: { in: [ravi, asha] } }", "{ agent: +91 99999 00101 }", "{ agent: { not: ravi } }",
        "{ fields: { a: 1 } }", "{ fields: { a: 1.0 } }", "{ fields: { a: { not: '1' } } }",
        "{ fields: { b: x, e: true } }",
        "{ fields: { c.0.d: 5 } }", "{ fields: { c.*.d: { above: 40, below: 60 } } }", "{ fields: { on: off } }",
        "{ fields: { c: { is: list }, c.1: { is: object }, a: { is: number }, e: { is: boolean } } }",
        "{ fields: { when: { at_least: 2026-01-07, below: 2026-01-08 } } }",
        "{ fields: { wait: { above: 15m, at_most: 20m } } }",
        "{ fields: { n: { exists: false }, z: { exists: false } } }", "{ not: { fields: { n: { equals: x } } } }",
        "{ all: [{ kind: text }, { by: customer }] }", "{ any: [{ kind: image }, { by: customer }] }",
        "{ none: [{ kind: image }, { by: agent }] }", "{ not: { kind: image, by: customer } }",
        "{ not: { any: [{ kind: image }, { none: [{ by: customer }] }] } }",
    ])
    func `what the language allows compiles and holds`(condition: String) throws {
        #expect(try fires(condition) { _ in })
        #expect(RuleSource.compile(when: condition).diagnostics == [])
    }

    @Test(arguments: [
        "{ text: { keywords: [refunds, money back] } }", "{ text: { keywords: order number } }",
        "{ text: { all_keywords: [want, money] } }", "{ text: { matches: refund } }", "{ text: { contains: refund } }",
        "{ text: { starts_with: hi } }", "{ text: { exists: false } }", "{ text: 1 }",
        "{ text: { not: { contains: REFUND } } }",
        "{ kind: image }", "{ tag: vip }", "{ choice: '2' }", "{ customer: +91 99999 00009 }",
        "{ customer: { starts_with: 1 } }", "{ agent: ravi }", "{ fields: { a: '1' } }", "{ fields: { b: 1 } }",
        "{ fields: { e: 'true' } }", "{ fields: { c.*.d: { above: 10, below: 40 } } }", "{ fields: { n: { not: x } } }",
        "{ fields: { z: { not: x } } }", "{ fields: { z: { exists: true } } }",
        "{ text: { contains: REFUND }, kind: image }",
        "{ all: [{ kind: text }, { kind: image }] }", "{ any: [{ kind: video }, { kind: image }] }",
        "{ none: [{ kind: video }, { kind: text }] }", "{ not: { kind: text } }", "{ fields: { a: 1, b: y } }",
        "{ fields: { when: { below: 2026-01-07 } } }", "{ fields: { on: false } }",
        "{ fields: { wait: { above: 20m } } }",
    ])
    func `what does not hold does not fire`(condition: String) throws {
        #expect(try !fires(condition) { _ in })
    }

    @Test func `an empty regex or one that matches everything is a warning`() {
        for condition in [
            "{ text: { matches: '' } }", "{ text: { matches: '.*' } }", "{ text: { matches: '(?s)^.*$' } }",
        ] {
            let diagnostics = RuleSource.compile(when: condition).diagnostics
            #expect(diagnostics.map(\.code) == [.patternMatchesAll], "\(condition)")
            #expect(diagnostics.map(\.severity) == [.warning], "\(condition)")
        }
    }

    @Test func `a condition without a match still reads every part`() throws {
        #expect(try !fires("{ text: { exists: true } }") { $0.text = nil })
        #expect(try fires("{ text: '' }") { $0.text = "" })
    }

    /// Where a part is written, and nothing else: reports show it.
    @Test func `a part of a condition ends where its value ends`() throws {
        let compilation = RuleSource.compile(
            """
            rules:
              - id: it
                when:
                  text:
                    keywords: [refund]
                # The next part is for pictures.
                then: [{ add-collaborator: { agents: asha } }]
            """
        )
        let condition = try #require(compilation.program.rules.first?.when)
        #expect(condition.span.text == "text:\n        keywords: [refund]")
    }
}
