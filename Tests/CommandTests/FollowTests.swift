import BuiltBeckon
import Foundation
import Testing

/// `run --follow`, as whoever runs `tail -F` expects it.
struct FollowTests {
    @Test func `a file is awaited, read on, rotated, cut, and left behind a checkpoint`() async throws {
        try await LivePlace.with { live in
            for customer in 1...5 { try live.place.write(LivePlace.help(customer), to: "parts/help\(customer)") }
            let script = """
                begin run --follow --input events.jsonl
                told 'not there yet'
                cat parts/help1 > events.jsonl
                told 'is there now'
                record
                cat parts/help2 >> events.jsonl
                record
                ln events.jsonl events.jsonl.1
                mv parts/help3 events.jsonl
                told 'was rotated'
                record
                : > events.jsonl
                told 'was cut'
                cat parts/help4 >> events.jsonl
                record
                kill -TERM $run
                rest
                cat parts/help5 >> events.jsonl
                beckon run --input events.jsonl 2>&1
                """
            let result = try await live.shell(script)
            #expect(
                result.story == [
                    "'events.jsonl' is not there yet; waiting for it",
                    "'events.jsonl' is there now",
                    "line 1, customer 1, help, delivered, job 1",
                    "line 2, customer 2, help, delivered, job 2",
                    "'events.jsonl' was rotated; the old file was read to its end, line 2",
                    "line 1, customer 3, help, delivered, job 3",
                    "'events.jsonl' was cut or replaced in place after line 1 had been read; it is read from its start",
                    "line 1, customer 4, help, delivered, job 4",
                    "'events.jsonl' holds other content than before; the old one had been read up to line 1 (42 bytes), and "
                        + "its rest is not to be found",
                    "stopped by a signal after line 1",
                    "read 4 events; 4 matched, 4 firings: 4 delivered",
                    "status 143",
                    "'events.jsonl' was read before up to line 1 and is read on from there",
                    "line 2, customer 5, help, delivered, job 5",
                    "read 1 event; 1 matched, 1 firing: 1 delivered",
                ]
            )
            #expect(result.errors == "")
        }
    }

    @Test func `a followed file is gone on with where the last run stopped`() async throws {
        try await LivePlace.with { live in
            try live.place.write(LivePlace.help(1), to: "events.jsonl")
            try live.place.write(LivePlace.help(2), to: "parts/help2")
            _ = try await live.beckon("run", "--input", "events.jsonl")
            let script = """
                begin run --follow --input events.jsonl
                told 'is known'
                cat parts/help2 >> events.jsonl
                record
                kill -INT $run
                rest
                """
            let result = try await live.shell(script)
            #expect(
                result.story == [
                    "'events.jsonl' is known; reading goes on behind line 1",
                    "line 2, customer 2, help, delivered, job 2",
                    "stopped by a signal after line 2",
                    "read 1 event; 1 matched, 1 firing: 1 delivered",
                    "status 130",
                ]
            )
        }
    }
}
