import RuleTesting
import Testing

/// Tests of rules over several events, by the clock of the test.
struct TimedTestTests {
    static let context = """
        business_numbers: { main: +91 99999 00000 }
        agents: { asha: { phone: +91 99999 00101 } }
        facts:
          vip: { per: customer, set: { on: add-tag, when: { tag: VIP } }, clear: { on: remove-tag }, for: 30d }
          owner: { set: { on: chat-assigned-to-agent }, value: "{{agent}}", clear: { on: chat-unassigned } }
        rules:
          - id: third
            when: { text: { keywords: [complaint] } }
            count: { at_least: 3, within: 10m }
            then: [{ add-collaborator: { agents: asha } }]
          - id: buys
            sequence: [{ when: { text: { keywords: [price] } } }, { when: { text: { keywords: [buy] } } }]
            within: 1h
            then: [{ add-collaborator: { agents: asha } }]
          - id: nobody-answered
            when: { text: { keywords: [help] } }
            unless: { on: message-status-update, when: { by: agent, fields: { status: SENT } }, within: 15m }
            then: [{ add-collaborator: { agents: asha } }]
          - id: daily
            when: { text: { keywords: [again] } }
            throttle: { once_per: 24h }
            then: [{ add-collaborator: { agents: asha } }]
          - id: vips
            when: { text: { keywords: [cross] }, facts: { vip: true, owner: { exists: false } } }
            then: [{ add-collaborator: { agents: asha } }]
          - id: three-customers
            when: { text: { keywords: [down] } }
            count: { at_least: 3, within: 10m, per: everyone, distinct: customer }
            then: [{ add-collaborator: { agents: asha } }]
          - id: orders
            when: { text: { keywords: [order] } }
            count: { at_least: 2, within: 10m, per: [customer, fields.order.id] }
            then: [{ add-collaborator: { agents: asha } }]
        """

    /// The report on one test whose body is given.
    private func report(_ body: String, context: String = context) -> String {
        let rules = TestedRules("tests:\n  - name: it\n    \(body.replacing("\n", with: "\n    "))\n", context: context)
        return rules.problems.isEmpty ? rules.report : rules.problems
    }

    private static let sent = "type: message-status-update, by: agent, fields: { status: SENT }"
    private static let other = "customer: +91 99999 00002"
    private static let added = "add-collaborator { business: 919999900000, customer: 919999900001, agents: [asha] }"

    // MARK: The clock

    @Test(arguments: [
        // A wait at the end fires what is due at exactly that time.
        "events: [{ text: help }, { wait: 15m }]\nexpect: [{ rule: nobody-answered, at: +15m }]",
        "events: [{ text: help }, { wait: 14m }, { wait: 59s }]\nexpect: none",
        "events: [{ text: help }, { \(sent), at: +15m }, { wait: 1h }]\nexpect: none",
        // The clock has gone past the timer before the answer comes, whenever that was written.
        "events: [{ text: help }, { wait: 16m }, { \(sent), time: '2026-01-07T12:01:00+05:30' }]\nexpect: [{ rule: nobody-answered, at: +15m }]",
        // A late event counts from when it comes.
        "events: [{ text: help, time: '2026-01-07T11:00:00+05:30' }, { wait: 15m }]\nexpect: [{ rule: nobody-answered, at: +15m }]",
        "events: [{ raw: { customer: '919999900001', text: help, time: '2025-01-01T00:00:00Z' } }, { wait: 15m }]\nexpect: [{ rule: nobody-answered, at: +15m }]",
        // An event that happens later moves the clock.
        "events: [{ raw: { customer: '919999900001', text: help, time: '2026-01-07T13:00:00+05:30' } }, { wait: 15m }]\nexpect: [{ rule: nobody-answered, at: '2026-01-07T13:15:00+05:30' }]",
        // Several timers, in the order of time.
        "events: [{ text: help }, { text: help, \(other), at: +5m }, { text: help, at: +20m }, { wait: 15m }]\nexpect: [{ rule: nobody-answered, at: +15m }, { rule: nobody-answered, at: +20m }, { rule: nobody-answered, at: +35m }]",
        // The firing of a timer stands among those of events where its time comes.
        "events: [{ text: help }, { text: again, at: +15m }, { text: again, at: +24h }]\nexpect: [{ rule: daily, at: +15m }, { rule: nobody-answered, at: +15m }, { rule: daily, status: suppressed, reason: throttle }]",
    ])
    func `time goes on as the test says`(body: String) {
        #expect(report(body) == "")
    }

    /// `beckon test` with this one takes 0.11 s in a debug build, rules compiled and all.
    @Test func `three months pass in a test`() {
        let days = (0..<90).map { day in
            "{ text: help, at: +\(day * 24)h }, { \(Self.sent), at: +\(day * 24 * 60 + 10 + day / 10)m }"
        }
        let expected = (60..<90).map { "{ rule: nobody-answered, at: +\($0 * 24 * 60 + 15)m }" }
        #expect(
            report("events: [\(days.joined(separator: ", "))]\nexpect: [\(expected.joined(separator: ", "))]") == ""
        )
    }

    // MARK: What is given

    @Test(arguments: [
        "given: { facts: { vip: true } }\nevent: { text: cross }\nexpect: [{ rule: vips }]",
        "given: { facts: { vip: true, owner: '919999900101' } }\nevent: { text: cross }\nexpect: none",
        "event: { text: cross }\nexpect: none",
        // Of everybody whom the test speaks of.
        "given: { facts: { vip: true } }\nevents: [{ text: cross }, { text: cross, \(other) }]\nexpect: [{ rule: vips }, { rule: vips }]",
        "given: { facts: { vip: true, owner: ravi } }\nevents: [{ text: cross }, { type: chat-unassigned, \(other) }, { text: cross, \(other) }]\nexpect: [{ rule: vips }]",
        // From the beginning of the test, for as long as the fact says.
        "given: { facts: { vip: true } }\nevents: [{ text: cross, at: +720h }]\nexpect: [{ rule: vips }]",
        "given: { facts: { vip: true } }\nevents: [{ wait: 1s }, { wait: 30d }, { text: cross }]\nexpect: none",
        "given: { facts: { vip: true } }\nevents: [{ type: remove-tag }, { text: cross }]\nexpect: none",
        // Rules are limited, facts are not.
        "rules: [vips]\nevents: [{ type: add-tag, tag: VIP }, { text: cross }]\nexpect: [{ rule: vips }]",
    ])
    func `what is given is remembered`(body: String) {
        #expect(report(body) == "")
    }

    @Test func `what is wrong with what is given is told with the cure`() {
        #expect(
            report("given: { facts: { vpi: true, owner: true, vip: false } }\nevent: { text: a }\nexpect: none") == """
                error[R302]: unknown fact 'vpi'
                 --> tests.yml:3:23
                  |
                3 |     given: { facts: { vpi: true, owner: true, vip: false } }
                  |                       ^^^ nothing defines this name
                  = help: did you mean 'vip'?

                error[R203]: fact 'owner' must be text, not true or false
                 --> tests.yml:3:41
                  |
                3 |     given: { facts: { vpi: true, owner: true, vip: false } }
                  |                                         ^^^^ this is true or false
                  = help: it has a 'value': write what is remembered, as templates see it

                error[R206]: fact 'vip' cannot be false
                 --> tests.yml:3:52
                  |
                3 |     given: { facts: { vpi: true, owner: true, vip: false } }
                  |                                                    ^^^^^ a fact is remembered, or it is not there
                  = help: leave 'vip' out: without it nothing is remembered
                """
        )
    }

    // MARK: Why a test fails

    @Test func `a rule that still waits says until when, and what to add`() {
        #expect(
            report("events: [{ text: help }, { wait: 10m }]\nexpect: [{ rule: nobody-answered, at: +15m }]") == """
                FAIL it
                  --> tests.yml:2
                  - nobody-answered at 12:15:00
                    expected, but did not fire
                    it waits until 12:15:00, and the test ends at 12:10:00: add { wait: 5m }
                """
        )
    }

    @Test func `a rule that counts says at each event how far it was`() {
        let body = """
            events:
              - { text: complaint }
              - { text: complaint, at: +5m }
              - { text: hello }
              - { text: complaint, at: +11m, \(Self.other) }
            expect: [{ rule: third }]
            """
        #expect(
            report(body) == """
                FAIL it
                  --> tests.yml:2
                  - third
                    expected, but did not fire
                    why (context.yml:7):
                      event 1, 12:00:00, 919999900001, "complaint"
                        counted, 1 of 3 within 10m for conversation 919999900000:919999900001
                      event 2, 12:05:00, 919999900001, "complaint"
                        counted, 2 of 3 within 10m for conversation 919999900000:919999900001
                      event 3, 12:05:00, 919999900001, "hello"
                        false  text: { keywords: [complaint] }
                                 "hello" does not have 'complaint'
                      event 4, 12:11:00, 919999900002, "complaint"
                        counted, 1 of 3 within 10m for conversation 919999900000:919999900002
                """
        )
    }

    @Test func `a rule that counts too much says why it took each event`() {
        let body = """
            events: [{ text: down }, { text: down }, { text: down, \(Self.other) }, { text: down, customer: +91 99999 00003 }]
            expect: none
            """
        #expect(
            report(body) == """
                FAIL it
                  --> tests.yml:2
                  + three-customers: add-collaborator { business: 919999900000, customer: 919999900003, agents: [asha] }
                    fired, but was not expected
                    why (context.yml:26):
                      event 1, 12:00:00, 919999900001, "down"
                        counted, 1 of 3 different values of 'customer' within 10m
                        true   text: { keywords: [down] }
                                 "down" has 'down'
                      event 2, 12:00:00, 919999900001, "down"
                        counted, 1 of 3 different values of 'customer' within 10m
                        true   text: { keywords: [down] }
                                 "down" has 'down'
                      event 3, 12:00:00, 919999900002, "down"
                        counted, 2 of 3 different values of 'customer' within 10m
                        true   text: { keywords: [down] }
                                 "down" has 'down'
                      event 4, 12:00:00, 919999900003, "down"
                        fires
                        true   text: { keywords: [down] }
                                 "down" has 'down'
                """
        )
    }

    @Test func `a sequence says which step each event could be`() {
        let body = """
            events: [{ text: buy }, { text: price, at: +5m }, { text: hello }, { text: buy, at: +66m }]
            expect: [{ rule: buys }]
            """
        #expect(
            report(body) == """
                FAIL it
                  --> tests.yml:2
                  - buys
                    expected, but did not fire
                    why (context.yml:11):
                      event 1, 12:00:00, "buy"
                        step 1 of 2:
                          false  text: { keywords: [price] }
                                   "buy" does not have 'price'
                        step 2 of 2, but no step 1 came before it within 1h
                      event 2, 12:05:00, "price"
                        taken as step 1 of 2 within 1h for conversation 919999900000:919999900001
                      event 3, 12:05:00, "hello"
                        step 1 of 2:
                          false  text: { keywords: [price] }
                                   "hello" does not have 'price'
                        step 2 of 2:
                          false  text: { keywords: [buy] }
                                   "hello" does not have 'buy'
                      event 4, 13:06:00, "buy"
                        step 1 of 2:
                          false  text: { keywords: [price] }
                                   "buy" does not have 'price'
                        step 2 of 2, but no step 1 came before it within 1h
                """
        )
    }

    @Test func `a rule that was answered says by which event`() {
        let body = """
            events:
              - { text: help }
              - { text: help, at: +5m }
              - { type: message-status-update, by: bot, fields: { status: SENT } }
              - { \(Self.sent), at: +15m }
              - { \(Self.sent), time: "2026-01-07T12:01:00+05:30" }
            expect: [{ rule: nobody-answered, at: +15m }]
            """
        #expect(
            report(body) == """
                FAIL it
                  --> tests.yml:2
                  - nobody-answered at 12:15:00
                    expected, but did not fire
                    why (context.yml:15):
                      event 1, 12:00:00, "help"
                        waits until 12:15:00 for conversation 919999900000:919999900001
                      event 2, 12:05:00, "help"
                        waits already until 12:15:00, since an earlier event
                      event 3, 12:05:00, message-status-update
                        not the answer:
                          false  by: agent
                                   the value is "bot"
                      event 4, 12:15:00, message-status-update
                        the answer: it no longer waits until 12:15:00
                      event 5, 12:01:00, come at 12:15:00, message-status-update
                        an answer, but nothing waited for it
                """
        )
    }

    @Test func `a timer that fires unexpectedly is told with its time and what started it`() {
        #expect(
            report("events: [{ text: help, at: sat 23:50 }, { wait: 1h }]\nexpect: none") == """
                FAIL it
                  --> tests.yml:2
                  + nobody-answered at sun 2026-01-11 00:05:00: \(Self.added)
                    fired, but was not expected
                    why (context.yml:15):
                      waits until sun 2026-01-11 00:05:00 for conversation 919999900000:919999900001
                      true   text: { keywords: [help] }
                               "help" has 'help'
                """
        )
    }

    @Test func `a timer that fires at another time is told side by side`() {
        #expect(
            report("events: [{ text: help }, { wait: 1h }]\nexpect: [{ rule: nobody-answered, at: +16m }]") == """
                FAIL it
                  --> tests.yml:2
                  - nobody-answered at 12:16:00
                  + nobody-answered at 12:15:00: \(Self.added)
                """
        )
    }

    @Test func `a firing that its throttle holds back says until when`() {
        #expect(
            report("events: [{ text: again }, { text: again, at: +24h }]\nexpect: [{ rule: daily }, { rule: daily }]")
                == """
                FAIL it
                  --> tests.yml:2
                  - daily
                  + daily [suppressed: throttle]: \(Self.added)
                    fires, but is held back until thu 2026-01-08 12:00:00: at most once within 1d for each conversation
                """
        )
    }

    @Test func `an event that lacks what 'per' names is told of`() {
        #expect(
            report("events: [{ text: order }, { text: order }]\nexpect: [{ rule: orders }]") == """
                FAIL it
                  --> tests.yml:2
                  - orders
                    expected, but did not fire
                    why (context.yml:30):
                      event 1, 12:00:00, "order"
                        the event lacks what 'per' names (customer and 'order.id'), so it belongs to no other
                      event 2, 12:00:00, "order"
                        the event lacks what 'per' names (customer and 'order.id'), so it belongs to no other
                """
        )
    }

    @Test func `a fact that is missing is told of`() {
        #expect(
            report("event: { text: cross }\nexpect: [{ rule: vips }]") == """
                FAIL it
                  --> tests.yml:2
                  - vips
                    expected, but did not fire
                    why (context.yml:23):
                      false  facts.vip: true
                               'facts.vip' is missing
                """
        )
    }

    @Test func `of many events those are told that the rule made something of`() {
        let chatter = (0..<40).map { _ in "{ text: hello }" }.joined(separator: ", ")
        let lines = report("events: [\(chatter), { text: complaint, at: +1m }]\nexpect: [{ rule: third }]")
            .split(separator: "\n").map(String.init)
        #expect(lines.filter { $0.hasPrefix("      event") }.count == 12)
        #expect(
            lines.suffix(3) == [
                "      event 41, 12:01:00, \"complaint\"",
                "        counted, 1 of 3 within 10m for conversation 919999900000:919999900001",
                "      … 29 more that it made nothing of",
            ]
        )
    }

    // MARK: Events that come late

    @Test func `with lateness events are decided in the order in which they happened`() {
        let settings = "settings: { lateness: 10m }\n" + Self.context
        let body = """
            events:
              - { text: buy, time: "2026-01-07T12:05:00+05:30" }
              - { text: price, time: "2026-01-07T12:01:00+05:30" }
            expect: [{ rule: buys, at: +5m }]
            """
        #expect(report(body, context: settings) == "")
        #expect(report(body) != "")
        #expect(
            report(body.replacing("{ rule: buys, at: +5m }", with: "{ rule: third }"), context: settings) == """
                FAIL it
                  --> tests.yml:2
                  - third
                    expected, but did not fire
                    why (context.yml:8):
                      event 2, 12:01:00, come at 12:05:00, "price"
                        false  text: { keywords: [complaint] }
                                 "price" does not have 'complaint'
                      event 1, 12:05:00, "buy"
                        false  text: { keywords: [complaint] }
                                 "buy" does not have 'complaint'
                  + buys at 12:05:00: \(Self.added)
                    fired, but was not expected
                    why (context.yml:12):
                      event 2, 12:01:00, come at 12:05:00, "price"
                        taken as step 1 of 2 within 1h for conversation 919999900000:919999900001
                        true   text: { keywords: [price] }
                                 "price" has 'price'
                      event 1, 12:05:00, "buy"
                        fires
                        true   text: { keywords: [buy] }
                                 "buy" has 'buy'
                """
        )
    }
}
