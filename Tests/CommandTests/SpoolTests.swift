import BuiltBeckon
import Foundation
import Testing

/// `--spool`: stdin is on disk before anything is decided.
struct SpoolTests {
    /// Longer than a pipe holds, and no JSON: whoever writes it into the pipe of rejected lines has to wait.
    private static let stone = String(repeating: "x", count: 300_000)

    @Test func `lines are decided in order and leave the inbox`() async throws {
        try await LivePlace.with { live in
            let input = LivePlace.help(1, id: "a") + "no JSON\n\n" + LivePlace.help(2, id: "b")
            let first = try await live.beckon("run", "--spool", "--rejects", "bad.jsonl", input: input)
            #expect(
                first.story == [
                    "line 1, event a, customer 1, help, delivered, job 1",
                    "line 4, event b, customer 2, help, delivered, job 2",
                ]
            )
            #expect(
                first.told == """
                    warning: line 2 rejected (not-json): not JSON: expected 'null' at byte 1
                    read 2 events, 1 line rejected; 2 matched, 2 firings: 2 delivered

                    """
            )
            #expect(try live.place.read("bad.jsonl") == "no JSON\n")
            #expect(first.status == 1)
            let second = try await live.beckon("run")
            #expect(second.told == "read 0 events; 0 matched, 0 firings: no jobs\n")
        }
    }

    @Test(arguments: ["run", "run --spool", "run --input empty.jsonl"])
    func `what a killed run had taken over is decided by the next one, whatever it reads`(command: String) async throws
    {
        try await LivePlace.with { live in
            try live.place.write("", to: "empty.jsonl")
            try live.place.write(Self.stone + "\n" + LivePlace.help(1) + LivePlace.help(2), to: "events.jsonl")
            // The first byte in the pipe shows that the lines are in the inbox; that nobody reads on, that they stay there.
            let script = """
                mkfifo rejected
                exec 6<> rejected
                events=events.jsonl begin run --spool --rejects rejected
                head -c 1 <&6
                kill -9 $run
                wait $run 2> /dev/null
                echo
                cat <&4
                beckon \(command) < empty.jsonl; echo "status $?"
                """
            let result = try await live.shell(script)
            #expect(
                result.story == [
                    "x", "line 2, customer 1, help, delivered, job 1", "line 3, customer 2, help, delivered, job 2",
                    "status 1",
                ]
            )
            #expect(
                result.told == """
                    events that an earlier run took over and did not decide come first
                    warning: line 1 rejected (not-json): not JSON: expected a value at byte 1
                    read 2 events, 1 line rejected; 2 matched, 2 firings: 2 delivered

                    """
            )
            #expect(live.answers == [200, 200])
        }
    }
}
