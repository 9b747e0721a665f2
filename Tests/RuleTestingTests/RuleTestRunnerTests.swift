import RuleTesting
import Testing

/// Tests of rules that pass, and what is said of those that fail.
struct RuleTestRunnerTests {
    /// How a job for the customer of the tests begins.
    private static let added =
        "add-collaborator { business: 919999900000, customer: 919999900001, agents: "

    /// The report on one test whose body is given.
    private func report(_ body: String, context: String = TestedRules.context) -> String {
        let rules = TestedRules("tests:\n  - name: it\n    \(body.replacing("\n", with: "\n    "))\n", context: context)
        return rules.problems.isEmpty ? rules.report : rules.problems
    }

    @Test(arguments: [
        "event: { text: I want a refund }\nexpect: [{ rule: refund-brings-in-billing }]",
        "event: { text: refund }\nexpect: [{ rule: refund-brings-in-billing, add-collaborator: { agents: [ravi, asha] } }]",
        "event: { text: refund }\nexpect: [{ rule: refund-brings-in-billing, add-collaborator: { agents: billing } }]",
        "event: { text: refund }\nexpect: [{ rule: refund-brings-in-billing, add-collaborator: { agents: [+91 99999 00102, asha] } }]",
        "event: { text: refund }\nexpect: [{ rule: refund-brings-in-billing, then: [{ add-collaborator: { business: main, customer: +91 99999 00001 } }] }]",
        "event: { text: nonrefundable }\nexpect: none",
        "event: { kind: image }\nexpect: [{ rule: pictures-bring-in-ravi }]",
        "event: { text: refund, kind: image }\nexpect: [{ rule: pictures-bring-in-ravi }]",
        "event: { text: refund }\nexpect: [{ rule: refund-brings-in-billing }, { rule: everything-in-the-shadow, status: suppressed, reason: shadow }]",
        "event: { text: hi }\nexpect: [{ rule: everything-in-the-shadow, status: suppressed }]",
        "event: { text: refund }\nrules: [pictures-bring-in-ravi]\nexpect: none",
        "event: { text: refund }\nrules: money\nexpect: [{ rule: refund-brings-in-billing }]",
        "event: { text: refund }\nrules: [quiet]\nexpect: [{ rule: everything-in-the-shadow, status: suppressed }]",
        "event: { type: add-tag, tag: refund }\nexpect: none",
        "event: { raw: { dtMessageId: x, messageId: wamid.1, integrationType: WHATSAPP, dtCustomerId: customer_1, from: '919999900001', to: '919999900000', receivedAt: '2026-01-07T06:30:00Z', contact: { name: A }, message: { type: TEXT, text: refund } } }\nexpect: [{ rule: refund-brings-in-billing }]",
    ])
    func `a test whose rules do what it says passes`(body: String) {
        #expect(report(body) == "")
    }

    @Test func `a rule that does not fire is told with the value that kept it from firing`() {
        #expect(
            report("event: { text: nonrefundable }\nexpect: [{ rule: refund-brings-in-billing }]") == """
                FAIL it
                  --> tests.yml:2
                  - refund-brings-in-billing
                    expected, but did not fire
                    why (context.yml:9):
                      false  text: { keywords: [refund, money back] }
                               "nonrefundable" does not have any of these
                               keyword 'refund' stands inside of 'nonrefundable'
                """
        )
    }

    @Test func `a rule that fires unexpectedly is told with the values that made it fire`() {
        #expect(
            report("event: { text: my refund }\nexpect: none") == """
                FAIL it
                  --> tests.yml:2
                  + refund-brings-in-billing: \(Self.added)[asha, ravi] }
                    fired, but was not expected
                    why (context.yml:9):
                      true   text: { keywords: [refund, money back] }
                               "my refund" has 'refund'
                      true   kind: text
                               the value is "text"
                """
        )
    }

    @Test func `other settings than expected are told side by side`() {
        let body = """
            event: { text: refund }
            expect: [{ rule: refund-brings-in-billing, add-collaborator: { agents: [asha] } }]
            """
        #expect(
            report(body) == """
                FAIL it
                  --> tests.yml:2
                  - refund-brings-in-billing: add-collaborator { agents: [asha] }
                  + refund-brings-in-billing: \(Self.added)[asha, ravi] }
                """
        )
    }

    @Test func `another status than expected is told side by side`() {
        let body = """
            event: { text: refund }
            expect:
              - { rule: refund-brings-in-billing, status: suppressed, reason: throttle }
              - { rule: everything-in-the-shadow, status: suppressed, reason: off-shift }
            """
        #expect(
            report(body) == """
                FAIL it
                  --> tests.yml:2
                  - refund-brings-in-billing [suppressed: throttle]
                  + refund-brings-in-billing: \(Self.added)[asha, ravi] }
                  - everything-in-the-shadow [suppressed: off-shift]
                  + everything-in-the-shadow [suppressed: shadow]: \(Self.added)[asha] }
                """
        )
    }

    /// It did fire: to say that it did not, and that it takes every event, would send people the wrong way.
    @Test func `a rule that fires in the shadow where it should act is told so`() {
        #expect(
            report("event: { text: hi }\nexpect: [{ rule: everything-in-the-shadow }]") == """
                FAIL it
                  --> tests.yml:2
                  - everything-in-the-shadow
                  + everything-in-the-shadow [suppressed: shadow]: \(Self.added)[asha] }
                """
        )
    }

    @Test func `several problems of one test are told in order`() {
        let body = """
            event: { text: refund, kind: image }
            expect: [{ rule: refund-brings-in-billing }, { rule: everything-in-the-shadow, status: suppressed }]
            """
        #expect(
            report(body) == """
                FAIL it
                  --> tests.yml:2
                  - refund-brings-in-billing
                    expected, but did not fire
                    why (context.yml:9):
                      false  kind: text
                               the value is "image"
                  + pictures-bring-in-ravi: \(Self.added)[ravi] }
                    fired, but was not expected
                    why (context.yml:16):
                      true   kind: image
                               the value is "image"
                """
        )
    }

    @Test func `a rule that could not be decided fails the test, whatever was expected`() {
        let context = """
            agents: { asha: { phone: +91 99999 00101 } }
            rules:
              - id: slow
                when: { text: { matches: '(x+x+)+[yz]' } }
                then: [{ add-collaborator: { agents: asha } }]
            """
        let text = String(repeating: "x", count: 60)
        let test = "tests:\n  - name: it\n    event: { text: \(text) }\n    expect: none\n"
        #expect(
            TestedRules(test, context: context).report == """
                FAIL it
                  --> tests.yml:2
                  ! slow could not be decided: the pattern takes too many steps on this text
                """
        )
    }

    @Test func `a rule that another one stopped, or that is off, is told so`() {
        let context = """
            business_numbers: { main: +91 99999 00000 }
            agents: { asha: { phone: +91 99999 00101 } }
            rules:
              - { id: first, stop: true, then: [{ add-collaborator: { agents: asha } }] }
              - { id: second, then: [{ add-collaborator: { agents: asha } }] }
              - { id: third, mode: off, then: [{ add-collaborator: { agents: asha } }] }
              - { id: fourth, on: add-tag, priority: 1, then: [{ add-collaborator: { agents: asha } }] }
            """
        let body = "event: { text: a }\nexpect: [{ rule: fourth }, { rule: first }, { rule: second }, { rule: third }]"
        #expect(
            report(body, context: context) == """
                FAIL it
                  --> tests.yml:2
                  - fourth
                    expected, but did not fire
                    why (context.yml:7):
                      it does not look at events of type 'message-received'
                  - second
                    expected, but did not fire
                    why (context.yml:5):
                      'first' took the event and has 'stop'
                  - third
                    expected, but did not fire
                    why (context.yml:6):
                      its mode is 'off'
                """
        )
    }

    @Test func `a rule that fires in another place of the order is told so`() {
        let context = """
            agents: { asha: { phone: +91 99999 00101 } }
            business_numbers: { main: +91 99999 00000 }
            rules:
              - { id: one, then: [{ add-collaborator: { agents: asha } }] }
              - { id: two, then: [{ add-collaborator: { agents: asha } }] }
            """
        #expect(
            report("event: { text: a }\nexpect: [{ rule: two }, { rule: one }]", context: context) == """
                FAIL it
                  --> tests.yml:2
                  - two
                  + two: \(Self.added)[asha] }
                    fired, but in another place of the order
                """
        )
    }

    @Test func `a job that would fail is told with its reason`() {
        let context = """
            agents: { asha: { phone: +91 99999 00101 } }
            rules: [{ id: it, then: [{ add-collaborator: { agents: asha } }] }]
            """
        #expect(
            report("event: { text: a }\nexpect: [{ rule: it }]", context: context) == """
                FAIL it
                  --> tests.yml:2
                  - it
                  + it [failed: no-business-number]: add-collaborator { customer: 919999900001, agents: [asha] }
                    The event carries no business number; name one in 'settings.business' or in the action.
                """
        )
        let body = "event: { text: a }\nexpect: [{ rule: it, status: failed, reason: no-business-number }]"
        #expect(report(body, context: context) == "")
    }

    @Test func `nothing in an event can move the cursor`() {
        #expect(
            report("event: { text: \"refund \\e[2J \\u202E x\" }\nexpect: none") == """
                FAIL it
                  --> tests.yml:2
                  + refund-brings-in-billing: \(Self.added)[asha, ravi] }
                    fired, but was not expected
                    why (context.yml:9):
                      true   text: { keywords: [refund, money back] }
                               "refund \\u001b[2J \u{FFFD} x" has 'refund'
                      true   kind: text
                               the value is "text"
                """
        )
    }
}
