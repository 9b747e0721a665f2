import BuiltBeckon
import Foundation
import Testing

struct SignalTests {
    @Test(arguments: [("TERM", 143), ("INT", 130)] as [(String, Int32)])
    func `a signal ends a run in good order`(signal: String, status: Int32) async throws {
        let place = try Workplace(["rules/rules.yml": SampleRules.text, "one.jsonl": SampleRules.event("partly")])
        // The record is out before the next line is waited for, so the signal finds the run in the middle of its stream.
        let script = """
            mkfifo events records
            beckon run --dry-run < events > records 2> told & run=$!
            exec 3> events 4< records
            cat one.jsonl >&3
            read -r record <&4
            kill -\(signal) $run
            wait $run; echo "$?"; cat told; echo "$record"
            """
        let result = try await place.shell(script)
        let lines = result.lines
        #expect(lines.count == 4)
        #expect(lines.prefix(2) == ["\(status)", "stopped by a signal after line 1"])
        #expect(lines.last?.hasSuffix("\"status\":\"planned\"}") == true)
    }

    @Test func `a signal that comes at once is not lost`() async throws {
        let place = try Workplace(["rules/rules.yml": SampleRules.text])
        let script = "mkfifo events; beckon run --dry-run <> events & sleep 0; kill -TERM $!; wait $!; echo $?"
        let result = try await place.shell(script)
        // Before the run listens, the signal has its usual effect; bash reports both as 143.
        #expect(result.output == "143\n")
    }

    @Test func `a signal leaves what is not done yet waiting, and the next run does it`() async throws {
        try await LivePlace.with { live in
            let events = (10...21).map { SampleRules.event("help", customer: "9199999000\($0)") }
            try live.place.write(events.joined(), to: "twelve.jsonl")
            let script = """
                mkfifo events
                events=events begin run
                cat twelve.jsonl >&3
                told 'again and again' > /dev/null
                kill -TERM $run
                rest > left
                tail -4 left
                """
            let first = try await live.shell(script, with: LivePlace.nowhere)
            #expect(
                first.story == [
                    "stopped by a signal after line 12",
                    "12 jobs wait in '.beckon' (connection-refused); the next run goes on with them",
                    "read 12 events; 12 matched, 12 firings: 12 waiting",
                    "status 143",
                ]
            )
            let second = try await live.beckon("run")
            #expect(
                second.told == """
                    12 jobs of earlier runs come first
                    read 0 events; 0 matched, 0 firings: 12 delivered

                    """
            )
            #expect(second.story.count == 12)
            #expect(live.answers == Array(repeating: 200, count: 12))
        }
    }
}
