import Events
import Patterns
import RuleCompiler
import RuleEngine
import RuleTesting
import Testing

/// What `explain` says of rules over several events, and of facts.
struct ExplanationTimingTests {
    /// The reports on events that follow one another, without what is said of the event and of other rules.
    private func report(_ events: [String], rule: String) throws -> String {
        let compiled = TestedRules("tests: []", context: TimedTestTests.context)
        let program = compiled.compilation.program
        let report = ExplanationReport(program) { $0.id == rule }
        var state = EngineState()
        let scratch = EngineScratch()
        return try events.map { text in
            var decoder = EventDecoder(format: .plain)
            guard case .events(let events) = decoder.decode(text) else { return "\(text) is no event" }
            let event = StreamEvent(try #require(events.first), place: EventPlace(origin: "-"))
            let explanation = RuleEngine(program).explain(event, state: &state, scratch: scratch)
            let lines = report.lines(explanation, place: "e.json:1").map { $0.text(usesColor: false) }
            return lines.drop { !$0.isEmpty }.dropFirst().joined(separator: "\n")
        }.joined(separator: "\n--\n")
    }

    private func event(_ text: String, at time: String = "12:00:00", _ customer: String? = "919999900001") -> String {
        let customer = customer.map { "\"customer\":\"\($0)\"," } ?? ""
        return "{\(customer)\"text\":\"\(text)\",\"time\":\"2026-01-07T\(time)Z\"}"
    }

    private static let nothingBefore =
        "  Counts, sequences, timers, throttles and facts begin with this event: nothing came before it."

    @Test func `a count says how many are still to come`() throws {
        #expect(
            try report([event("complaint")], rule: "third") == """
                no rule fired, 1 waiting for more
                \(Self.nothingBefore)

                WAITS   third  context.yml:7
                  counted, 1 of 3 within 10m for conversation 919999900000:919999900001
                  true   text: { keywords: [complaint] }
                           "complaint" has 'complaint'
                """
        )
    }

    @Test func `a count of what the event lacks counts nothing`() throws {
        #expect(
            try report([event("down", nil)], rule: "three-customers") == """
                no rule fired, 1 held back
                \(Self.nothingBefore)

                HELD    three-customers  context.yml:26
                  not counted: the event has no 'customer'
                  true   text: { keywords: [down] }
                           "down" has 'down'
                """
        )
    }

    @Test func `a sequence shows which step the event could be`() throws {
        #expect(
            try report([event("price"), event("buy", at: "12:30:00"), event("buy", at: "12:40:00")], rule: "buys")
                == """
                no rule fired, 1 waiting for more
                \(Self.nothingBefore)

                WAITS   buys  context.yml:11
                  taken as step 1 of 2 within 1h for conversation 919999900000:919999900001
                  it has no 'when', so it asks only for its steps
                  step 1 of 2:
                    true   text: { keywords: [price] }
                             "price" has 'price'
                  step 2 of 2:
                    false  text: { keywords: [buy] }
                             "price" does not have 'buy'
                --
                1 rule fired
                  buys
                    add-collaborator { business: 919999900000, customer: 919999900001, agents: [asha] }
                \(Self.nothingBefore)

                FIRED   buys  context.yml:11
                  it has no 'when', so it asks only for its steps
                  step 1 of 2:
                    false  text: { keywords: [price] }
                             "buy" does not have 'price'
                  step 2 of 2:
                    true   text: { keywords: [buy] }
                             "buy" has 'buy'
                --
                no rule fired, 1 missed
                \(Self.nothingBefore)

                missed  buys  context.yml:11
                  it has no 'when', so it asks only for its steps
                  step 1 of 2:
                    false  text: { keywords: [price] }
                             "buy" does not have 'price'
                  step 2 of 2: but no step 1 came before it
                    true   text: { keywords: [buy] }
                             "buy" has 'buy'
                """
        )
    }

    @Test func `an answer is shown as such`() throws {
        let answer = """
            {"type":"message-status-update","by":"agent","customer":"919999900001","status":"SENT",\
            "time":"2026-01-07T12:01:00Z"}
            """
        #expect(
            try report([event("help"), answer, answer], rule: "nobody-answered") == """
                no rule fired, 1 waiting for more
                \(Self.nothingBefore)

                WAITS   nobody-answered  context.yml:15
                  waits until 2026-01-07T12:15:00Z for conversation 919999900000:919999900001
                  true   text: { keywords: [help] }
                           "help" has 'help'
                --
                no rule fired, 1 missed
                \(Self.nothingBefore)

                missed  nobody-answered  context.yml:15
                  the answer: it no longer waits until 2026-01-07T12:15:00Z
                  on: [message-received]
                  unless:
                    true   by: agent
                             the value is "agent"
                    true   fields.status: SENT
                             the value is "SENT"
                --
                no rule fired, 1 missed
                \(Self.nothingBefore)

                missed  nobody-answered  context.yml:15
                  on: [message-received]
                  unless: but nothing waited for it
                    true   by: agent
                             the value is "agent"
                    true   fields.status: SENT
                             the value is "SENT"
                """
        )
    }

    @Test func `without a time nothing can be waited for`() throws {
        let untimed = #"{"customer":"919999900001","text":"help"}"#
        #expect(
            try report([untimed], rule: "nobody-answered") == """
                no rule fired, 1 held back
                \(Self.nothingBefore)

                HELD    nobody-answered  context.yml:15
                  no time is known, so nothing can be waited for
                  true   text: { keywords: [help] }
                           "help" has 'help'
                """
        )
    }

    @Test func `a throttle says what it lets through`() throws {
        #expect(
            try report([event("again"), event("again", at: "13:00:00")], rule: "daily") == """
                1 rule fired
                  daily
                    add-collaborator { business: 919999900000, customer: 919999900001, agents: [asha] }
                \(Self.nothingBefore)

                FIRED   daily  context.yml:19
                  from now on at most once within 1d for each conversation
                  true   text: { keywords: [again] }
                           "again" has 'again'
                --
                no rule fired, 1 held back
                  daily
                    add-collaborator { business: 919999900000, customer: 919999900001, agents: [asha] }
                      suppressed (throttle): Held back until 2026-01-08T12:00:00Z: the rule fires at most once
                        within 1d for each conversation.
                \(Self.nothingBefore)

                HELD    daily  context.yml:19
                  fires, but is held back until 2026-01-08T12:00:00Z: at most once within 1d for each conversation
                  true   text: { keywords: [again] }
                           "again" has 'again'
                """
        )
    }

    @Test func `facts are shown as they are remembered and as conditions see them`() throws {
        let tag = #"{"type":"add-tag","tag":"VIP","customer":"919999900001"}"#
        let owner = #"{"type":"chat-assigned-to-agent","agent":"asha","customer":"919999900001"}"#
        let freed = #"{"type":"chat-unassigned","customer":"919999900001"}"#
        let text = try report([event("cross"), tag, owner, event("cross"), freed], rule: "vips")
        #expect(
            text == """
                no rule fired, 1 missed

                missed  vips  context.yml:23
                  true   text: { keywords: [cross] }
                           "cross" has 'cross'
                  false  facts.vip: true
                           'facts.vip' is missing
                           only this is missing
                  true   facts.owner: { exists: false }
                           'facts.owner' is missing
                --
                no rule fired, 1 for other types
                  remembered from now on: facts.vip is true

                no      vips  context.yml:23
                  it does not look at events of type 'add-tag'
                  on: [message-received]
                --
                no rule fired, 1 for other types
                  remembered from now on: facts.owner is '919999900101'

                no      vips  context.yml:23
                  it does not look at events of type 'chat-assigned-to-agent'
                  on: [message-received]
                --
                no rule fired, 1 missed

                missed  vips  context.yml:23
                  true   text: { keywords: [cross] }
                           "cross" has 'cross'
                  true   facts.vip: true
                           the value is true
                  false  facts.owner: { exists: false }
                           the value is "919999900101"
                           only this is missing
                --
                no rule fired, 1 for other types
                  no longer remembered: facts.owner

                no      vips  context.yml:23
                  it does not look at events of type 'chat-unassigned'
                  on: [message-received]
                """
        )
    }
}
