import BuiltBeckon
import Foundation
import Testing

/// `beckon explain` as people read it.
struct ExplainTests {
    private static let directory = """
        agents:
          asha: { phone: +91 99999 00101, name: Asha Rao, shift: weekdays }
          ravi: { phone: +91 99999 00102, name: Ravi Menon, shift: weekdays }
        teams:
          billing: { members: [asha, ravi] }
          desk: { members: [asha, ravi], pick: round-robin }
        schedules:
          weekdays:
            timezone: Asia/Kolkata
            open: [{ days: mon-fri, from: 09:30, to: 18:30 }]
        business_numbers:
          main: +91 99999 00000

        """

    private static let rules =
        directory + """
            rules:
              - id: refund-brings-in-billing
                tags: [money]
                when:
                  text: { keywords: [refund, money back, charge back] }
                  by: customer
                then: [{ add-collaborator: { agents: billing } }]
              - id: orders
                when: { text: { matches: 'order (?<order>\\d+)( for (?<who>\\w+))?' } }
                then:
                  - add-collaborator: { agents: "{{match.who}}" }
                  - add-collaborator: { agents: ravi }
              - id: laughter
                when: { text: { matches: '^(a+)+$' } }
                then: [{ add-collaborator: { agents: asha } }]
              - id: tags
                on: [add-tag, remove-tag]
                then: [{ add-collaborator: { agents: asha } }]

            """

    /// A message of a customer at noon on a Wednesday in Kolkata.
    private static func event(_ text: String, time: String = "2026-01-07T06:30:00Z") -> String {
        #"{"customer":"919999900001","text":"\#(text)","time":"\#(time)"}"#
    }

    /// What the command writes about the event on stdin; no line may be wider than a hundred columns.
    private func explain(
        _ event: String,
        _ arguments: String...,
        rules: String = ExplainTests.rules,
        status: Int32 = 0
    ) async throws -> String {
        let place = try Workplace(["rules/a.yml": rules])
        let result = try await place.beckon(["explain", "--event", "-"] + arguments, input: event)
        #expect(result.status == status)
        for line in result.output.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        return result.output + result.errors
    }

    private static func head(_ text: String, time: String = "2026-01-07T06:30:00Z") -> String {
        """
        event   message-received  standard input:1
          text          "\(text)"
          kind          text
          customer      919999900001
          business      919999900000 (main)
          conversation  919999900000:919999900001
          by            customer
          time          \(time)
          fields        customer, text, time
        """
    }

    // MARK: What became of rules

    @Test func `a firing shows its jobs and what was found where`() async throws {
        let text = try await explain(Self.event("I want my money, back: order 5512"))
        #expect(
            text == Self.head(
                "I want my money, back: order 5512"
            ) + """


                2 rules fired, 1 missed, 1 for other types
                  refund-brings-in-billing
                    add-collaborator { business: 919999900000, customer: 919999900001, agents: [asha, ravi] }
                  orders
                    add-collaborator { business: 919999900000, customer: 919999900001 }
                      failed (missing: match.who): There is no 'match.who'.
                      {{^match.who}}…{{/match.who}} says what to write where it is missing
                    add-collaborator { business: 919999900000, customer: 919999900001, agents: [ravi] }
                      suppressed (earlier-failed): An earlier job of the same firing failed.

                FIRED   refund-brings-in-billing  rules/a.yml:14
                  true   text: { keywords: [refund, money back, charge back] }
                           "I want my money, back: order 5512" has 'money back' as 'money, back'
                  true   by: customer
                           the value is "customer"

                FIRED   orders  rules/a.yml:20
                  true   text: { matches: 'order (?<order>\\d+)( for (?<who>\\w+))?' }
                           "I want my money, back: order 5512" matches; match.order is "5512"; \
                match.who is missing

                missed  laughter  rules/a.yml:25
                  false  text: { matches: '^(a+)+$' }
                           "I want my money, back: order 5512" does not match

                1 rule looks at other types of events.

                """
        )
    }

    @Test func `a near miss says what would match`() async throws {
        let text = try await explain(Self.event("my refnud, please"), "--rule", "refund-brings-in-billing")
        #expect(
            text == Self.head("my refnud, please") + """


                no rule fired, 1 missed narrowly

                NEAR    refund-brings-in-billing  rules/a.yml:14
                  false  text: { keywords: [refund, money back, charge back] }
                           "my refnud, please" does not have any of these
                           'refnud' is one typo from keyword 'refund'; `typos: 1` would match
                           only this is missing
                  true   by: customer
                           the value is "customer"

                """
        )
    }

    @Test func `a fault says which pattern gave up, and ends with status 1`() async throws {
        let text = String(repeating: "a", count: 60) + "!"
        let output = try await explain(Self.event(text), "--rule", "laughter", status: 1)
        #expect(
            output == Self.head(text) + """


                no rule fired, 1 could not be decided

                FAULT   laughter  rules/a.yml:25
                  fault  text: { matches: '^(a+)+$' }
                           "aaaaaaaaaaaaaaaaaaaaaaaaaaa…" could not be decided: the pattern takes too many steps on
                             this text

                """
        )
    }

    @Test func `a rule for other types says for which`() async throws {
        let text = try await explain(Self.event("hi"), "--rule", "tags")
        #expect(
            text == Self.head("hi") + """


                no rule fired, 1 for other types

                no      tags  rules/a.yml:28
                  it does not look at events of type 'message-received'
                  on: [add-tag, remove-tag]

                """
        )
    }

    @Test func `an obstacle names what kept a rule from firing, and a shadow what it would have done`() async throws {
        let then = "then: [{ add-collaborator: { agents: \"+91 99999 00101\" } }]"
        let rules = """
            business_numbers: { main: +91 99999 00000 }
            rules:
              - { id: first, group: greetings, when: { text: { keywords: [hello] } }, \(then) }
              - { id: second, group: greetings, \(then) }
              - { id: watched, mode: shadow, \(then) }
              - { id: over, expires: 2025-12-31, \(then) }
              - { id: last, stop: true, \(then) }
              - { id: behind, when: { text: hello, kind: image }, \(then) }
              - { id: behind-too, \(then) }
              - { id: rest, otherwise: true, \(then) }
              - { id: gone, mode: off, \(then) }

            """
        let text = try await explain(Self.event("Hello"), rules: rules)
        #expect(
            text == Self.head("Hello") + """


                3 rules fired, 4 held back, 1 missed, 1 off
                  first
                    add-collaborator { business: 919999900000, customer: 919999900001, agents: [919999900101] }
                  watched
                    add-collaborator { business: 919999900000, customer: 919999900001, agents: [919999900101] }
                      suppressed (shadow): The rule is in the shadow: it decides and never acts.
                  last
                    add-collaborator { business: 919999900000, customer: 919999900001, agents: [919999900101] }

                FIRED   first  rules/a.yml:3
                  true   text: { keywords: [hello] }
                           "Hello" has 'hello'

                FIRED   watched  (shadow)  rules/a.yml:5
                  it has no 'when', so it takes every event of its types

                FIRED   last  rules/a.yml:7
                  it has no 'when', so it takes every event of its types

                HELD    second  rules/a.yml:4
                  would fire, but 'first' of the same group 'greetings' took the event
                  it has no 'when', so it takes every event of its types

                HELD    over  rules/a.yml:6
                  would fire, but its last day was 2025-12-31
                  it has no 'when', so it takes every event of its types

                HELD    behind-too  rules/a.yml:9
                  would fire, but 'last' took the event and has 'stop'
                  it has no 'when', so it takes every event of its types

                HELD    rest  rules/a.yml:10
                  would fire, but 'last' took the event and has 'stop'
                  it has no 'when', so it takes every event of its types that no ordinary rule took

                missed  behind  rules/a.yml:8
                  'last' took the event and has 'stop'
                  false  text: hello
                           the value is "Hello"
                           only capital letters differ from 'hello'; `ignore_case: true` would match
                  false  kind: image
                           the value is "text"

                1 rule is off: gone.

                """
        )
    }

    @Test func `a team that is off shift is told with what its clock shows`() async throws {
        let rules =
            Self.directory + """
                rules:
                  - id: desk-helps
                    when: { not: { during: weekdays } }
                    then: [{ add-collaborator: { agents: [billing, desk] } }]
                  - id: bot-helps
                    when: { outside: weekdays }
                    then: [{ add-collaborator: { agents: +91 99999 00104 } }]

                """
        let night = "2026-01-07T18:30:00Z"
        let text = try await explain(Self.event("hi", time: night), rules: rules)
        #expect(
            text == Self.head("hi", time: night) + """


                2 rules fired
                  desk-helps
                    add-collaborator { business: 919999900000, customer: 919999900001 }
                      suppressed (off-shift): Nobody of 'billing' or 'desk' is on shift; it is thu 2026-01-08 00:00
                        in Asia/Kolkata.
                  bot-helps
                    add-collaborator { business: 919999900000, customer: 919999900001, agents: [919999900104] }

                FIRED   desk-helps  rules/a.yml:14
                  true   not:
                    false  during: weekdays
                             it is thu 2026-01-08 00:00 in Asia/Kolkata, and 'weekdays' is closed

                FIRED   bot-helps  rules/a.yml:17
                  true   outside: weekdays
                           it is thu 2026-01-08 00:00 in Asia/Kolkata, and 'weekdays' is closed

                """
        )
    }

    @Test func `what a team picks is told to hang on earlier events`() async throws {
        let rules =
            Self.directory + """
                rules: [{ id: desk-helps, then: [{ add-collaborator: { agents: desk } }] }]

                """
        let text = try await explain(Self.event("hi"), rules: rules)
        #expect(
            text == Self.head("hi") + """


                1 rule fired
                  desk-helps
                    add-collaborator { business: 919999900000, customer: 919999900001, agents: [asha] }
                  Teams picked as for the first message ever: explain knows nothing of earlier events.

                FIRED   desk-helps  rules/a.yml:13
                  it has no 'when', so it takes every event of its types

                """
        )
    }

    @Test func `every form of a condition shows its parts with their values`() async throws {
        let rules =
            Self.directory + """
                conditions:
                  is-order: { fields: { items.*.sku: { starts_with: "A-", not: { ends_with: X } } } }
                lists:
                  vip: [+91 99999 00001, +91 99999 00002]
                rules:
                  - id: everything
                    when:
                      all:
                        - use: is-order
                        - any: [{ customer: { in_list: vip } }, { fields: { contact.nmae: Asha } }]
                        - none: [{ by: [agent, bot] }, { fields: { total: { above: 100 } } }]
                        - text:
                            keywords:
                              - alpha
                              - beta
                              - gamma
                              - delta
                              - epsilon
                              - zeta
                              - eta
                              - theta
                              - iota
                              - kappa
                              - lambda
                              - omikron
                            typos: 1
                    then: [{ add-collaborator: { agents: ravi } }]

                """
        let event = """
            {
              "customer": "919999900001",
              "text": "lamdba",
              "contact": { "name": "Asha" },
              "total": "140.50",
              "items": [ { "sku": "A-1X" }, { "sku": "A-7" }, { "sku": "B-1" } ]
            }
            """
        let text = try await explain(event, rules: rules)
        #expect(
            text == """
                event   message-received  standard input:1
                  text          "lamdba"
                  kind          text
                  customer      919999900001
                  business      919999900000 (main)
                  conversation  919999900000:919999900001
                  by            customer
                  time          not known: conditions on time are false
                  fields        customer, text, contact, total, items

                no rule fired, 1 missed

                missed  everything  rules/a.yml:18
                  true   use: is-order
                    true   fields.items.*.sku: { starts_with: "A-", not: { ends_with: X } }
                             fields.items.1.sku: "A-7"
                             true   starts_with: "A-"
                                      it starts with 'A-'
                             true   not: { ends_with: X }
                  true   any of:
                    true   customer: { in_list: vip }
                             the value is "919999900001"
                    false  fields.contact.nmae: Asha
                             the event has no 'fields.contact.nmae'
                             did you mean 'contact.name'? It would match
                  false  none of:  only this is missing
                    false  by: [agent, bot]
                             the value is "customer"
                    true   fields.total: { above: 100 }
                             the value is "140.50"
                  true   text: { keywords: [lambda, alpha, beta, gamma, delta, epsilon, … 6 more], typos: 1 }
                           "lamdba" has 'lambda' as 'lamdba'

                """
        )
    }

    // MARK: Which event, which rules

    @Test func `a document over several lines is one event, and a stream gives its first`() async throws {
        let place = try Workplace([
            "rules/a.yml": Self.rules, "pretty.json": "\n{\n\"text\": \"hi\"\n}\n{\n\"text\": \"there\"\n}\n",
            "stream.jsonl": "\n{\"text\":\"hi\"}\n\n{\"text\":\"there\"}\n",
            "alone.jsonl": "{\"text\":\"hi\"}\n\n",
        ])
        func explain(_ file: String) async throws -> (first: Substring?, errors: String) {
            let result = try await place.beckon("explain", "--event", file)
            #expect(result.status == 0)
            return (result.output.split(separator: "\n").first, result.errors)
        }
        for file in ["pretty.json", "stream.jsonl"] {
            let (first, errors) = try await explain(file)
            #expect(first == "event   message-received  \(file):2")
            #expect(errors == "more follows in \(file); explained is the first event\n")
        }
        let (first, errors) = try await explain("alone.jsonl")
        #expect(first == "event   message-received  alone.jsonl:1")
        #expect(errors == "")
    }

    @Test(arguments: [
        ("{\"text\":\"hi\"}{", Int32(1), "error: line 1 rejected (not-json): "),
        ("nonsense\n{\"text\":\"hi\"}\n", 1, "error: line 1 rejected (not-json): "),
        ("\n[1]\n", 1, "error: line 2 rejected (not-an-object): the line holds a list instead of an object\n"),
        (" \n\n", 2, "beckon: standard input holds no event\n"),
    ])
    func `what is no event is rejected with its line`(input: String, status: Int32, message: String) async throws {
        let place = try Workplace(["rules/a.yml": Self.rules])
        let result = try await place.beckon("explain", "--event", "-", input: input)
        #expect(result.output == "")
        #expect(result.errors.hasPrefix(message))
        #expect(result.status == status)
    }

    @Test func `the events of an envelope are explained one after the other`() async throws {
        let message = { (id: Int) in
            #"{"from":"919999900001","id":"wamid.\#(id)","timestamp":"1767767400","type":"text","text":{"body":"hi"}}"#
        }
        let metadata = #"{"display_phone_number":"919999900000","phone_number_id":"1"}"#
        let envelope = """
            {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":\
            {"messaging_product":"whatsapp","metadata":\(metadata),"messages":[\(message(1)),\(message(2))]}}]}]}
            """
        let output = try await explain(envelope, "--rule", "refund-brings-in-billing")
        let heads = output.split(separator: "\n").filter { $0.hasPrefix("event ") || $0.hasPrefix("  id ") }
        #expect(
            heads == [
                "event   message-received  standard input:1:0", "  id            wamid.1",
                "event   message-received  standard input:1:1", "  id            wamid.2",
            ]
        )
    }

    @Test func `a rule is chosen by id or tag, and a wrong one is told`() async throws {
        let chosen = try await explain(Self.event("order 1"), "--rule", "money")
        #expect(
            chosen == Self.head("order 1") + """


                no rule fired, 1 missed
                  not shown here, but fired: orders

                missed  refund-brings-in-billing  rules/a.yml:14
                  false  text: { keywords: [refund, money back, charge back] }
                           "order 1" does not have any of these
                           only this is missing
                  true   by: customer
                           the value is "customer"

                """
        )
        let wrong = try await explain(Self.event("hi"), "--rule", "refund-brings-in-biling", status: 2)
        #expect(
            wrong
                == "beckon: there is no rule 'refund-brings-in-biling'; did you mean 'refund-brings-in-billing'?\n"
        )
    }

    @Test func `a file that is named is explained alone, with its folder as context`() async throws {
        let other = "rules: [{ id: other, then: [{ add-collaborator: { agents: asha } }] }]\n"
        let place = try Workplace(["rules/a.yml": Self.rules, "rules/b.yml": other])
        let result = try await place.beckon("explain", "rules/b.yml", "--event", "-", input: Self.event("hi"))
        #expect(
            result.output == Self.head("hi") + """


                1 rule fired
                  other
                    add-collaborator { business: 919999900000, customer: 919999900001, agents: [asha] }

                FIRED   other  rules/b.yml:1
                  it has no 'when', so it takes every event of its types

                """
        )
    }

    // MARK: Safe and plain

    @Test func `nothing in an event can move the cursor or show a key`() async throws {
        let output = try await explain(
            Self.event("refund \\u001b[2J \\u202e key_live_0123456789abcdef end"),
            "--rule",
            "refund-brings-in-billing"
        )
        #expect(output.contains(#""refund \u001b[2J \#u{FFFD} key_••• end" has 'refund'"#))
        #expect(!output.contains("0123456789abcdef"))
        #expect(!output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
    }

    @Test func `colours come on request, and change nothing of the text`() async throws {
        let plain = try await explain(Self.event("refund"))
        let coloured = try await Workplace(["rules/a.yml": Self.rules])
            .beckon("explain", "--event", "-", "--color", "always", input: Self.event("refund")).output
        #expect(coloured.contains("\u{1B}[32mFIRED   \u{1B}[0m\u{1B}[1mrefund-brings-in-billing\u{1B}[0m"))
        #expect(coloured.replacing(#/\x{1B}\[[0-9;]*m/#, with: "") == plain)
    }
}
