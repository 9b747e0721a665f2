import Events
import RuleTesting
import Testing

/// When the events of tests happen.
struct TestClockTests {
    private func times(_ events: String, timezone: String = "Asia/Kolkata") throws -> [String] {
        let rules = TestedRules(
            "settings: { timezone: \(timezone) }\ntests: [{ name: it, events: [\(events)], expect: none }]"
        )
        #expect(rules.problems == "")
        return try #require(rules.tests.first).events.map { $0.event.time?.iso8601 ?? "-" }
    }

    @Test func `the clock begins on a Wednesday at noon in the settings' time zone, and stands`() throws {
        #expect(try times("{ text: a }, { text: b }") == ["2026-01-07T06:30:00Z", "2026-01-07T06:30:00Z"])
        #expect(try times("{ text: a }", timezone: "America/New_York") == ["2026-01-07T17:00:00Z"])
    }

    @Test func `a wait moves the clock and is no event`() throws {
        #expect(
            try times("{ wait: 30s }, { text: a }, { wait: 15m }, { wait: 1d }, { text: b }, { wait: 1h }")
                == ["2026-01-07T06:30:30Z", "2026-01-08T06:45:30Z"]
        )
    }

    @Test(
        arguments: [
            ("+15m", "2026-01-07T06:45:00Z"), ("+0s", "2026-01-07T06:30:00Z"),
            ("2026-03-29T10:00:00+05:30", "2026-03-29T04:30:00Z"), ("sat 22:00", "2026-01-10T16:30:00Z"),
            ("Wed 12:00", "2026-01-07T06:30:00Z"), ("wed 11:59", "2026-01-14T06:29:00Z"),
            ("saturday 22:00", "2026-01-10T16:30:00Z"), ("sun 0:00", "2026-01-10T18:30:00Z"),
            ("23:15", "2026-01-07T17:45:00Z"), ("9:05", "2026-01-08T03:35:00Z"),
        ] as [(String, String)]
    )
    func `an event happens when the test says so`(at: String, time: String) throws {
        #expect(try times("{ text: a, at: \(at) }, { text: b }") == [time, time])
    }

    @Test func `a time of day that a change of clocks leaves out comes when the clocks have moved`() throws {
        // In Berlin, 02:30 on Sunday 2026-03-29 does not exist.
        #expect(
            try times("{ text: a, at: '2026-03-28T12:00:00Z' }, { text: b, at: sun 02:30 }", timezone: "Europe/Berlin")
                == ["2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"]
        )
    }

    @Test func `an original without a time happens by the clock, one with a time by its own`() throws {
        #expect(
            try times(
                "{ wait: 1h }, { raw: { text: a } }, { raw: { text: b, time: '2026-01-01T00:00:00Z' } }, "
                    + "{ text: c, time: '2026-01-02T00:00:00Z' }, { text: d }"
            ) == ["2026-01-07T07:30:00Z", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-07T07:30:00Z"]
        )
    }

    @Test func `an original that happened later than the clock shows moves the clock`() throws {
        #expect(
            try times(
                "{ raw: { text: a, time: '2026-01-07T07:00:00Z' } }, { wait: 5m }, { text: b }, "
                    + "{ text: c, time: '2026-01-07T08:00:00Z' }, { text: d }"
            ) == ["2026-01-07T07:00:00Z", "2026-01-07T07:05:00Z", "2026-01-07T08:00:00Z", "2026-01-07T08:00:00Z"]
        )
    }
}
