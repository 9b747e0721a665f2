import BuiltBeckon
import Foundation
import Sandbox
import Testing

/// What a run does about repeats, loops, old events, and destinations in trouble.
struct RunGuardTests {
    @Test func `an agent is not added again, in this run or in a later one`() async throws {
        try await LivePlace.with { live in
            let first = try await live.beckon("run", input: LivePlace.help(1, id: "a") + LivePlace.help(1, id: "b"))
            let second = try await live.beckon("run", input: LivePlace.help(1, id: "c"))
            #expect(
                first.story == [
                    "line 1, event a, customer 1, help, delivered, job 1",
                    "line 2, event b, customer 1, help, suppressed, already-done, job 2",
                ]
            )
            #expect(
                second.output.withoutTimes
                    == SampleRules.record(
                        line: 1,
                        rule: "help",
                        agents: "\"919999900101\"",
                        then: "\"status\":\"suppressed\",\"reason\":\"already-done\","
                            + "\"detail\":\"It was done for 919999900101 on TIME by rule 'help' (job 1).\"",
                        job: 3
                    ).replacing("\"line\":1,", with: "\"line\":1,\"event\":\"c\",") + "\n"
            )
            #expect(second.status == 0)
            #expect(live.answers == [200])
        }
    }

    @Test func `two rules that ask for the same agent on one event make one call`() async throws {
        let rules =
            LivePlace.rules + """
                  - id: also
                    when: { text: { keywords: [help] } }
                    then: [{ add-collaborator: { agents: asha, repeat_after: 0s } }]

                """
        try await LivePlace.with(rules: rules) { live in
            let result = try await live.beckon("run", input: LivePlace.help(1))
            #expect(
                result.story == [
                    "line 1, customer 1, help, delivered, job 1",
                    "line 1, customer 1, also, suppressed, already-done, job 2",
                ]
            )
            #expect(live.answers == [200])
        }
    }

    @Test func `a conversation that gets too many jobs is stopped, and told of once`() async throws {
        let rules = LivePlace.rules
            .replacing("rate: 1000/s", with: "rate: 1000/s, loop_guard: { at_most: 2, within: 10m }")
            .replacing("agents: asha }", with: "agents: asha, repeat_after: 0s }")
        try await LivePlace.with(rules: rules) { live in
            let input = [1, 1, 1, 1, 2].map { LivePlace.help($0) }.joined()
            let result = try await live.beckon("run", input: input)
            let own = result.story.filter { $0.contains("customer 1") }
            #expect(
                own == [
                    "line 1, customer 1, help, delivered, job 1",
                    "line 2, customer 1, help, delivered, job 2",
                    "line 3, customer 1, help, suppressed, loop-guard, job 3",
                    "line 4, customer 1, help, suppressed, loop-guard, job 4",
                ]
            )
            #expect(result.story.filter { !own.contains($0) } == ["line 5, customer 2, help, delivered, job 5"])
            #expect(
                result.told == """
                    warning: conversation 919999900000:919999900001: More than 2 jobs for this conversation in 10m: it looks \
                    like a loop, and the conversation is stopped until it is quiet for that long.
                    read 5 events; 5 matched, 5 firings: 3 delivered, 2 suppressed

                    """
            )
        }
    }

    @Test func `old events bring nobody in`() async throws {
        let rules = LivePlace.rules.replacing("rate: 1000/s", with: "rate: 1000/s, max_event_age: 24h")
        try await LivePlace.with(rules: rules) { live in
            let old = "{\"time\":\"2020-01-01T00:00:00Z\",\"customer\":\"919999900001\",\"text\":\"help\"}\n"
            let result = try await live.beckon("run", input: old + LivePlace.help(2))
            #expect(
                Set(result.story) == [
                    "line 1, customer 1, help, suppressed, stale, job 1", "line 2, customer 2, help, delivered, job 2",
                ]
            )
            #expect(live.answers == [200])
        }
    }

    @Test func `a key in a file is read again while it is refused`() async throws {
        let rules = LivePlace.rules.replacing(
            "settings:",
            with: "settings:\n  doubletick: { api_key: file:../key.txt }"
        )
        try await LivePlace.with(rules: rules) { live in
            try live.place.write("key_wrong", to: "key.txt")
            try live.place.write("key_sandbox\n", to: "new.txt")
            try live.place.write(LivePlace.help(1) + LivePlace.help(1), to: "one.jsonl")
            let script = """
                mkfifo events
                events=events begin run
                cat one.jsonl >&3
                told 'nothing more is sent'
                mv new.txt key.txt
                record
                record
                exec 3>&-
                rest
                """
            let result = try await live.shell(script)
            #expect(
                result.story == [
                    "error: DoubleTick answered 401: Invalid public api key; nothing more is sent there until the file "
                        + "'rules/../key.txt' holds another key",
                    "line 1, customer 1, help, delivered, job 1",
                    "line 2, customer 1, help, suppressed, already-done, job 2",
                    "doubletick has another key; its jobs go on",
                    "read 2 events; 2 matched, 2 firings: 1 delivered, 1 suppressed",
                    "status 0",
                ]
            )
            #expect(live.answers == [401, 200])
        }
    }

    @Test func `a destination that fails again and again is left alone, and that is told`() async throws {
        try await LivePlace.with { live in
            let input = (10...21).map { SampleRules.event("help", customer: "9199999000\($0)") }.joined()
            try live.place.write(input, to: "twelve.jsonl")
            let script = """
                mkfifo events
                events=events begin run --drain 0
                cat twelve.jsonl >&3
                told 'again and again'
                exec 3>&-
                rest
                """
            let result = try await live.shell(script, with: LivePlace.nowhere)
            let lines = result.lines.map(\.recordInBrief)
            #expect(
                lines.first
                    == "warning: doubletick fails again and again (Nobody accepts connections at 127.0.0.1.); it is tried now "
                    + "and then until it works"
            )
            #expect(
                lines.suffix(3) == [
                    "12 jobs wait in '.beckon' (connection-refused); the next run goes on with them",
                    "read 12 events; 12 matched, 12 firings: 12 waiting",
                    "status 1",
                ]
            )
            #expect(lines.count == 16)
        }
    }

    @Test func `a call that is throttled is made again when it may be`() async throws {
        let faults = try FaultPlan(written: "429:50%")
        try await LivePlace.with(faults: faults, faultSeed: 7) { live in
            let result = try await live.beckon("run", input: LivePlace.help(1))
            #expect(result.story == ["line 1, customer 1, help, delivered, job 1"])
            #expect(result.status == 0)
            #expect(live.answers == [429, 200])
        }
    }
}
