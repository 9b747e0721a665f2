import BuiltBeckon
import Events
import Foundation
import Ledger
import Testing

/// Live runs of rules that go by time: what is remembered from run to run, and what the clock decides.
struct TimedRunTests {
    private static let settings = "settings: { grace: 0s, live_lag: 1h, delivery: { rate: 1000/s, concurrency: 1 } }"

    /// Each rule brings in somebody else, so that none is held back for what another one did.
    private static func rules(within: String = "15m", atLeast: Int = 3, settings: String = settings) -> String {
        """
        agents:
          asha: { phone: +91 99999 00101 }
          ravi: { phone: +91 99999 00102 }
        business_numbers:
          main: +91 99999 00000
        \(settings)
        rules:
          - id: help
            when: { text: { keywords: [help] } }
            then: [{ add-collaborator: { agents: asha } }]
          - id: unanswered
            when: { text: { keywords: [anyone] } }
            unless: { when: { text: { keywords: [answer] } }, within: \(within) }
            then: [{ add-collaborator: { agents: ravi } }]
          - id: complaints
            when: { text: { keywords: [bad] } }
            count: { at_least: \(atLeast), within: 1h }
            then: [{ add-collaborator: { agents: ravi } }]

        """
    }

    /// An event as a line; one without a time happens when it arrives.
    private static func event(_ text: String, customer: Int = 1, id: String, at time: String? = nil) -> String {
        let moment = time.map { ",\"time\":\"2026-01-07T\($0)Z\"" } ?? ""
        return "{\"id\":\"\(id)\",\"customer\":\"91999990000\(customer)\",\"text\":\"\(text)\"\(moment)}\n"
    }

    // MARK: - Streams on which nothing comes

    /// How a run is begun and how an event is sent to it.
    private static let streams = [
        ("mkfifo events; events=events begin run", "cat event >&3"),
        ("mkfifo events; events=events begin run --no-state", "cat event >&3"),
        ("mkfifo events; events=events begin run --spool", "cat event >&3"),
        ("mkfifo events; begin run --input events; exec 3> events", "cat event >&3"),
        ("begin run --follow --input events; told 'not there' > /dev/null", "cat event > events"),
        (
            "begin listen --port 0; told listening > waste; line=$(cat waste); take_port",
            #"post "/hooks/$BECKON_LISTEN_SECRET" "$(cat event)" > /dev/null"#
        ),
    ]

    @Test(arguments: streams)
    func `a timer fires though nothing more comes`(begin: String, send: String) async throws {
        try await LivePlace.with(rules: Self.rules(within: "1s")) { live in
            try live.place.write(Self.event("anyone there", id: "a"), to: "event")
            let script = "\(begin)\n\(send)\nrecord\nkill -TERM $run\nrest"
            let result = try await live.shell(script, with: ["BECKON_LISTEN_SECRET": "0123456789abcdef"])
            let record = try #require(result.story.first?.withoutTimes)
            let parts = ["line 1, ", ", job 1"]
            #expect(
                parts.reduce(record) { $0.replacing($1, with: "") }
                    == "event a, at TIME, customer 1, unanswered, delivered"
            )
            #expect(result.story.contains("read 1 event; 0 matched, 1 firing: 1 delivered"))
            #expect(result.story.last == "status 143")
            #expect(live.answers == [200])
        }
    }

    @Test func `an answer in time keeps a timer from firing, by the clock as by events`() async throws {
        try await LivePlace.with(rules: Self.rules(within: "1s")) { live in
            try live.place.write(Self.event("anyone there", id: "a") + Self.event("answer", id: "b"), to: "answered")
            try live.place.write(Self.event("anyone there", customer: 2, id: "c"), to: "unanswered")
            // The timer of the second customer began later than the first one's, so that one is over when it has fired.
            let script = """
                mkfifo events
                events=events begin run
                cat answered unanswered >&3
                record
                kill -TERM $run
                rest
                """
            let result = try await live.shell(script)
            #expect(
                result.story.map(\.withoutTimes) == [
                    "line 3, event c, at TIME, customer 2, unanswered, delivered, job 1",
                    "stopped by a signal after line 3",
                    "read 3 events; 0 matched, 1 firing: 1 delivered",
                    "status 143",
                ]
            )
        }
    }

    @Test func `a paused replay of old events fires nothing, and its timers wait`() async throws {
        let rules = Self.rules(within: "1s") + "tables: { notes: { file: notes.csv, key: tag, by: tag } }\n"
        try await LivePlace.with(rules: rules) { live in
            try live.place.write("tag,note\na,b\n", to: "rules/notes.csv")
            let old = Self.event("anyone", id: "a", at: "12:00:00") + Self.event("help", id: "b", at: "12:00:00")
            try live.place.write(old, to: "old")
            // Tables are looked at once a second: two that were read again are more than a second, however slow the machine.
            let script = """
                mkfifo events
                events=events begin run
                cat old >&3
                record
                for row in c d e; do echo "$row,x" >> rules/notes.csv; told "was read again"; done > /dev/null
                kill -TERM $run
                rest
                """
            let result = try await live.shell(script)
            #expect(
                result.story == [
                    "line 2, event b, customer 1, help, delivered, job 1",
                    "stopped by a signal after line 2",
                    "1 timer waits in '.beckon'; the next run goes on with it",
                    "read 2 events; 1 matched, 1 firing: 1 delivered",
                    "status 143",
                ]
            )
        }
    }

    // MARK: - From run to run

    @Test func `a restart goes on with a count and with a timer`() async throws {
        try await LivePlace.with(rules: Self.rules()) { live in
            let first = [
                Self.event("bad", id: "a", at: "12:00:00"), Self.event("bad", id: "b", at: "12:01:00"),
                Self.event("anyone", customer: 2, id: "c", at: "12:02:00"),
            ]
            try live.place.write(first.joined(), to: "events.jsonl")
            let before = try await live.beckon("run", "--input", "events.jsonl")
            #expect(before.story == [])
            #expect(
                before.told == """
                    1 timer waits in '.beckon'; the next run goes on with it
                    read 3 events; 0 matched, 0 firings: no jobs

                    """
            )
            let second = [
                // What is known already is not counted again.
                first[0], first[1],
                Self.event("bad", id: "d", at: "12:17:00"),
                // A timer that is due at the same moment is decided behind it.
                Self.event("help", customer: 3, id: "e", at: "12:17:00.001"),
            ]
            try live.place.write((first + second).joined(), to: "events.jsonl")
            let after = try await live.beckon("run", "--input", "events.jsonl")
            #expect(
                after.story == [
                    "line 6, event d, customer 1, complaints, delivered, job 1",
                    "line 3, event c, at 2026-01-07T12:17:00Z, customer 2, unanswered, delivered, job 2",
                    "line 7, event e, customer 3, help, delivered, job 3",
                ]
            )
            #expect(
                after.told == """
                    'events.jsonl' was read before up to line 3 and is read on from there
                    read 4 events, 2 known already; 2 matched, 3 firings: 3 delivered

                    """
            )
        }
    }

    @Test func `a timer that came due between two runs fires when the next one sees nothing else to do`() async throws {
        try await LivePlace.with(rules: Self.rules(within: "5m")) { live in
            // Half an hour ago is within live_lag: the stream keeps up with the clock.
            let time = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000) - 30 * 60_000)
            let event = #"{"id":"a","customer":"919999900001","text":"anyone","time":"\#(time)"}"# + "\n"
            try live.place.write(event, to: "events.jsonl")
            let before = try await live.beckon("run", "--input", "events.jsonl")
            #expect(before.story == [])
            let script = "mkfifo quiet; events=quiet begin run; record; kill -TERM $run; rest"
            let after = try await live.shell(script)
            let due = time.advanced(by: .seconds(300))
            #expect(
                after.story == [
                    "line 1, event a, at \(due), customer 1, unanswered, delivered, job 1",
                    "stopped by a signal",
                    "read 0 events; 0 matched, 1 firing: 1 delivered",
                    "status 143",
                ]
            )
        }
    }

    @Test func `at the end of the input timers wait, or fire if that is asked for`() async throws {
        try await LivePlace.with(rules: Self.rules()) { live in
            let events =
                Self.event("anyone", id: "a", at: "12:00:00")
                + Self.event("anyone", customer: 2, id: "b", at: "12:01:00")
            let waiting = try await live.beckon("run", "--no-state", input: events)
            #expect(waiting.story == [])
            #expect(
                waiting.told == """
                    2 timers end with the run, which keeps no state
                    read 2 events; 0 matched, 0 firings: no jobs

                    """
            )
            #expect(waiting.status == 0)
            let firing = try await live.beckon("run", "--at-end", "fire", input: events)
            #expect(
                firing.story == [
                    "line 1, event a, at 2026-01-07T12:15:00Z, customer 1, unanswered, delivered, job 1",
                    "line 2, event b, at 2026-01-07T12:16:00Z, customer 2, unanswered, delivered, job 2",
                ]
            )
            #expect(firing.told == "read 2 events; 0 matched, 2 firings: 2 delivered\n")
            // They fire once.
            let after = try await live.beckon(
                "run",
                "--at-end",
                "fire",
                input: Self.event("hello", id: "c", at: "13:00:00")
            )
            #expect(after.story == [])
        }
    }

    @Test func `what a rule remembered is forgotten when it means something else, and kept when it does not`()
        async throws
    {
        try await LivePlace.with(rules: Self.rules()) { live in
            let events = [
                Self.event("bad", id: "a", at: "12:00:00"), Self.event("anyone", id: "b", at: "12:00:00"),
                Self.event("anyone", customer: 2, id: "c", at: "12:00:00"),
            ]
            _ = try await live.beckon("run", input: events.joined())
            let described = Self.rules().replacing(
                "- id: complaints",
                with: "- id: complaints\n    description: Often."
            )
            try live.place.write(described, to: "rules/rules.yml")
            let kept = try await live.beckon("run", input: Self.event("bad", id: "d", at: "12:01:00"))
            #expect(
                kept.told == """
                    2 timers wait in '.beckon'; the next run goes on with them
                    read 1 event; 0 matched, 0 firings: no jobs

                    """
            )
            let changed = Self.rules(atLeast: 2).replacing("id: unanswered", with: "id: nobody")
            try live.place.write(changed, to: "rules/rules.yml")
            let dropped = try await live.beckon("run", input: Self.event("bad", id: "e", at: "12:02:00"))
            #expect(dropped.story == [])
            #expect(
                dropped.told == """
                    rule 'complaints' has changed in what it counts or waits for; 1 open window is forgotten
                    there is no rule 'unanswered' any more; 2 open windows are forgotten
                    read 1 event; 0 matched, 0 firings: no jobs

                    """
            )
            // They are told once, and what was counted since is there.
            let after = try await live.beckon("run", input: Self.event("bad", id: "f", at: "12:03:00"))
            #expect(after.story == ["line 1, event f, customer 1, complaints, delivered, job 1"])
            #expect(after.told == "read 1 event; 1 matched, 1 firing: 1 delivered\n")
        }
    }

    @Test func `what waited for earlier events at a signal is decided by the next run, whatever lateness it has`()
        async throws
    {
        let patient = Self.rules(settings: "settings: { lateness: 10m, delivery: { rate: 1000/s, concurrency: 1 } }")
        try await LivePlace.with(rules: patient) { live in
            let events = [
                Self.event("help", customer: 2, id: "b", at: "12:05:00"), Self.event("help", id: "a", at: "12:00:00"),
                Self.event("help", customer: 3, id: "c", at: "12:15:00"),
            ]
            try live.place.write(events.joined(), to: "lines")
            try live.place.write(Self.rules(), to: "other/rules.yml")
            let script = """
                mkfifo events
                events=events begin run
                cat lines >&3
                record
                record
                kill -TERM $run
                rest
                beckon run other < /dev/null 2>&1
                """
            let result = try await live.shell(script)
            #expect(
                result.story == [
                    "line 2, event a, customer 1, help, delivered, job 1",
                    "line 1, event b, customer 2, help, delivered, job 2", "stopped by a signal after line 3",
                    "read 3 events; 2 matched, 2 firings: 2 delivered", "status 143",
                    "line 3, event c, customer 3, help, delivered, job 3",
                    "read 0 events; 1 matched, 1 firing: 1 delivered",
                ]
            )
        }
    }

    @Test func `an event whose time lies ahead of the clock is counted, and does not carry time away`() async throws {
        try await LivePlace.with(rules: Self.rules()) { live in
            let ahead = #"{"id":"a","customer":"919999900001","text":"anyone","time":"2345-01-01T00:00:00Z"}"# + "\n"
            let result = try await live.beckon("run", input: ahead + Self.event("help", customer: 2, id: "b"))
            #expect(result.story == ["line 2, event b, customer 2, help, delivered, job 1"])
            #expect(
                result.told == """
                    1 timer waits in '.beckon'; the next run goes on with it
                    read 2 events, 1 ahead of the clock; 1 matched, 1 firing: 1 delivered

                    """
            )
        }
    }

    @Test func `what is remembered can be cleared beside a run, which forgets it`() async throws {
        try await LivePlace.with(rules: Self.rules(atLeast: 2)) { live in
            try live.place.write(Self.event("bad", id: "a") + Self.event("help", id: "b"), to: "first")
            try live.place.write(
                Self.event("bad", id: "c") + Self.event("help", customer: 2, id: "d") + Self.event("bad", id: "e"),
                to: "second"
            )
            let script = """
                mkfifo events
                events=events begin run
                cat first >&3
                record
                beckon state clear 919999900001
                told 'as was asked for'
                cat second >&3
                record
                record
                kill -TERM $run
                rest
                """
            let result = try await live.shell(script)
            #expect(
                result.story == [
                    "line 2, event b, customer 1, help, delivered, job 1",
                    "rule complaints: 1 to be cleared",
                    "1 open window forgotten, as was asked for",
                    "line 4, event d, customer 2, help, delivered, job 2",
                    "line 5, event e, customer 1, complaints, delivered, job 3",
                    "stopped by a signal after line 5",
                    "read 5 events; 3 matched, 3 firings: 3 delivered",
                    "status 143",
                ]
            )
            #expect(result.told == "The run that is at work (process NUMBER) clears 1 window at its next step.\n")
        }
    }

    @Test func `what cannot be read of what was remembered is told, and gone`() async throws {
        try await LivePlace.with(rules: Self.rules()) { live in
            _ = try await live.beckon("run", input: Self.event("bad", id: "a", at: "12:00:00"))
            let folder = StateFolder(live.place.folder.appendingPathComponent(".beckon").path)
            var ledger: Ledger? = try Ledger.open(folder)
            let kept = try #require(try ledger?.state().first)
            var batch = IntakeBatch()
            var broken = kept
            broken.value = "{\"times\":[\"noon\"]}"
            batch.stateChanges = [.put(broken)]
            try ledger?.take(batch, now: Instant(milliseconds: 0))
            try ledger?.close()
            ledger = nil
            let result = try await live.beckon("run")
            #expect(
                result.told == "warning: 1 window in '.beckon' cannot be read and is forgotten\n"
                    + "read 0 events; 0 matched, 0 firings: no jobs\n"
            )
            let after = try await live.beckon("run")
            #expect(after.told == "read 0 events; 0 matched, 0 firings: no jobs\n")
        }
    }
}
