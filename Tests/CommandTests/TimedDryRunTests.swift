import BuiltBeckon
import Foundation
import Testing

/// Dry runs of rules that go by time: a pure function of rules and input, up to the last event.
struct TimedDryRunTests {
    private static let rules = """
        agents:
          asha: { phone: +91 99999 00101 }
        business_numbers:
          main: +91 99999 00000
        rules:
          - id: unanswered
            when: { text: { keywords: [anyone] } }
            unless: { when: { text: { keywords: [answer] } }, within: 15m }
            then: [{ add-collaborator: { agents: asha } }]
          - id: seldom
            when: { text: { keywords: [help] } }
            throttle: { once_per: 1h }
            then: [{ add-collaborator: { agents: asha } }]
        tests:
          - name: as in the stream
            events:
              - { text: anyone, at: +0m }
              - { text: help, at: +2m }
              - { text: help, at: +5m }
              - { text: anyone, customer: +91 99999 00002, at: +6m }
              - { text: thanks, at: +15m }
            expect:
              - { rule: seldom, at: +2m }
              - { rule: seldom, at: +5m, status: suppressed, reason: throttle }
              - { rule: unanswered, at: +15m }

        """

    /// The events of the test, as a stream.
    private static let events = [
        event("anyone", id: "a", at: "12:00:00"), event("help", id: "b", at: "12:02:00"),
        event("help", id: "c", at: "12:05:00"), event("anyone", customer: 2, id: "d", at: "12:06:00"),
        event("thanks", id: "e", at: "12:15:00"),
    ]

    private static let firings = [
        "line 2, event b, customer 1, seldom, planned", "line 3, event c, customer 1, seldom, suppressed, throttle",
        "line 1, event a, at 2026-01-07T12:15:00Z, customer 1, unanswered, planned",
    ]

    private static func event(_ text: String, customer: Int = 1, id: String, at time: String) -> String {
        #"{"id":"\#(id)","customer":"91999990000\#(customer)","text":"\#(text)","time":"2026-01-07T\#(time)Z"}"# + "\n"
    }

    private func place() throws -> Workplace { try Workplace(["rules/rules.yml": Self.rules]) }

    @Test func `what is due by the time of the last event fires, as in a test of the same events`() async throws {
        let place = try place()
        let result = try await place.beckon("run", "--dry-run", input: Self.events.joined())
        #expect(result.story == Self.firings)
        #expect(
            result.told == """
                1 timer waits for a time after the last event; '--at-end fire' lets it fire
                read 5 events; 2 matched, 3 firings: 2 planned, 1 suppressed

                """
        )
        #expect(result.status == 0)
        #expect(
            result.lines.last == """
                {"line":1,"event":"a","at":"2026-01-07T12:15:00Z","rule":"unanswered","action":"add-collaborator",\
                "conversation":"919999900000:919999900001",\
                "with":{"business":"919999900000","customer":"919999900001","agents":["919999900101"]},"status":"planned"}
                """
        )
        let tested = try await place.beckon("test")
        #expect(tested.status == 0, "\(tested.output)\(tested.errors)")
    }

    @Test func `all timers fire at the end if that is asked for`() async throws {
        let result = try await place().beckon("run", "--dry-run", "--at-end", "fire", input: Self.events.joined())
        #expect(
            result.story == Self.firings + [
                "line 4, event d, at 2026-01-07T12:21:00Z, customer 2, unanswered, planned"
            ]
        )
        #expect(result.told == "read 5 events; 2 matched, 4 firings: 3 planned, 1 suppressed\n")
    }

    @Test func `events that come too late are counted`() async throws {
        let input = Self.events[3] + Self.events[0] + Self.events[1]
        let result = try await place().beckon("run", "--dry-run", input: input)
        #expect(result.story == ["line 3, event b, customer 1, seldom, planned"])
        #expect(
            result.told == """
                2 timers wait for a time after the last event; '--at-end fire' lets them fire
                read 3 events, 2 too late; 1 matched, 1 firing: 1 planned

                """
        )
    }

    @Test func `events that may come late are waited for and decided in their order`() async throws {
        let place = try place()
        try place.write(Self.rules + "settings: { lateness: 15m }\n", to: "rules/rules.yml")
        let late = [2, 0, 4, 3, 1].map { Self.events[$0] }
        let result = try await place.beckon("run", "--dry-run", input: late.joined())
        #expect(
            result.story == [
                "line 5, event b, customer 1, seldom, planned",
                "line 1, event c, customer 1, seldom, suppressed, throttle",
                "line 2, event a, at 2026-01-07T12:15:00Z, customer 1, unanswered, planned",
            ]
        )
    }
}
