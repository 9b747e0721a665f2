import BuiltBeckon
import Foundation
import Testing

/// What a run knows of the runs before it.
struct ResumeTests {
    private static let twoLines = LivePlace.help(1, id: "a") + LivePlace.help(2, id: "b")

    @Test func `a file is read on from where the last run stopped`() async throws {
        try await LivePlace.with { live in
            try live.place.write(Self.twoLines, to: "events.jsonl")
            let first = try await live.beckon("run", "--input", "events.jsonl")
            #expect(
                first.story == [
                    "line 1, event a, customer 1, help, delivered, job 1",
                    "line 2, event b, customer 2, help, delivered, job 2",
                ]
            )
            #expect(first.told == "read 2 events; 2 matched, 2 firings: 2 delivered\n")
            try live.place.write(Self.twoLines + LivePlace.help(3, id: "c"), to: "events.jsonl")
            let second = try await live.beckon("run", "--input", "events.jsonl")
            #expect(second.story == ["line 3, event c, customer 3, help, delivered, job 3"])
            #expect(
                second.told == """
                    'events.jsonl' was read before up to line 2 and is read on from there
                    read 1 event; 1 matched, 1 firing: 1 delivered

                    """
            )
            let third = try await live.beckon("run", "--input", "events.jsonl")
            #expect(third.output == "")
            #expect(
                third.told == """
                    'events.jsonl' was read before up to line 3 and is read on from there
                    read 0 events; 0 matched, 0 firings: no jobs

                    """
            )
            #expect([first, second, third].map(\.status) == [0, 0, 0])
            #expect(live.answers == [200, 200, 200])
        }
    }

    @Test func `a renamed file is known, and its rest is read before what took its place`() async throws {
        try await LivePlace.with { live in
            try live.place.write(Self.twoLines, to: "events.jsonl")
            _ = try await live.beckon("run", "--input", "events.jsonl")
            let script = """
                mv events.jsonl events.jsonl.1
                cat rest >> events.jsonl.1
                cat new > events.jsonl
                beckon run --input events.jsonl
                beckon run --input events.jsonl.1
                """
            try live.place.write(LivePlace.help(3, id: "c"), to: "rest")
            try live.place.write(LivePlace.help(4, id: "d"), to: "new")
            let result = try await live.shell(script)
            #expect(
                result.story == [
                    "line 3, event c, customer 3, help, delivered, job 3",
                    "line 1, event d, customer 4, help, delivered, job 4",
                ]
            )
            #expect(
                result.told == """
                    'events.jsonl' was rotated; its rest is read first, from 'events.jsonl.1'
                    read 2 events; 2 matched, 2 firings: 2 delivered
                    'events.jsonl.1' was read before as 'events.jsonl' up to line 3 and is read on from there
                    read 0 events; 0 matched, 0 firings: no jobs

                    """
            )
        }
    }

    @Test(
        arguments: [
            ("cut", LivePlace.help(1, id: "a"), [], 1),
            (
                "replaced", LivePlace.help(7, id: "x") + LivePlace.help(8, id: "y") + LivePlace.help(9, id: "z"),
                [
                    "line 1, event x, customer 7, help, delivered, job 3",
                    "line 2, event y, customer 8, help, delivered, job 4",
                    "line 3, event z, customer 9, help, delivered, job 5",
                ], 0
            ),
        ] as [(String, String, [String], Int)]
    )
    func `a file that was cut or replaced is read from its start`(
        what: String,
        text: String,
        story: [String],
        known: Int
    ) async throws {
        try await LivePlace.with { live in
            try live.place.write(Self.twoLines, to: "events.jsonl")
            _ = try await live.beckon("run", "--input", "events.jsonl")
            try live.place.write(text, to: "events.jsonl")
            let result = try await live.beckon("run", "--input", "events.jsonl")
            #expect(result.story == story)
            let jobs = story.isEmpty ? "no jobs" : "\(story.count) delivered"
            let count = story.count + known
            let already = known > 0 ? ", \(known) known already" : ""
            #expect(
                result.told == """
                    'events.jsonl' holds other content than before; the old one had been read up to line 2, and its rest \
                    is not to be found
                    read \(count) event\(count == 1 ? "" : "s")\(already); \(story.count) matched, \
                    \(story.count) firings: \(jobs)

                    """
            )
        }
    }

    @Test func `the rest of a rotated file is read once, while the new one is still empty`() async throws {
        try await LivePlace.with { live in
            try live.place.write(LivePlace.help(1), to: "events.jsonl")
            _ = try await live.beckon("run", "--input", "events.jsonl")
            try live.place.write(LivePlace.help(1) + LivePlace.help(2), to: "events.jsonl.1")
            try live.place.write("", to: "events.jsonl")
            let result = try await live.shell("for i in 1 2 3; do beckon run --input events.jsonl; done")
            #expect(result.story == ["line 2, customer 2, help, delivered, job 2"])
            try live.place.write(LivePlace.help(3), to: "events.jsonl")
            let next = try await live.beckon("run", "--input", "events.jsonl")
            #expect(next.story == ["line 1, customer 3, help, delivered, job 3"])
        }
    }

    @Test func `a line that is half written is read whole by the next run`() async throws {
        try await LivePlace.with { live in
            let (second, third) = (LivePlace.help(2, id: "b"), LivePlace.help(3, id: "c"))
            let half = String(second.prefix(30))
            try live.place.write(LivePlace.help(1, id: "a") + half, to: "events.jsonl")
            let first = try await live.beckon("run", "--input", "events.jsonl", "--rejects", "rejects")
            #expect(first.story == ["line 1, event a, customer 1, help, delivered, job 1"])
            let told = first.told.split(separator: "\n")
            #expect(told.count == 2)
            #expect(told.first?.hasPrefix("warning: line 2 rejected (not-json): ") == true)
            #expect(told.first?.hasSuffix("; it has no line end yet and is read again next time") == true)
            #expect(told.last == "read 1 event, 1 line rejected; 1 matched, 1 firing: 1 delivered")
            try live.place.write(LivePlace.help(1, id: "a") + second + third, to: "events.jsonl")
            let next = try await live.beckon("run", "--input", "events.jsonl", "--rejects", "rejects")
            #expect(
                next.story == [
                    "line 2, event b, customer 2, help, delivered, job 2",
                    "line 3, event c, customer 3, help, delivered, job 3",
                ]
            )
            #expect(
                next.told == """
                    'events.jsonl' was read before up to line 1 and is read on from there
                    read 2 events; 2 matched, 2 firings: 2 delivered

                    """
            )
            #expect(try live.place.read("rejects") == half + "\n")
            #expect([first, next].map(\.status) == [1, 0])
        }
    }

    @Test func `the only line of a file may be half written`() async throws {
        try await LivePlace.with { live in
            try live.place.write("{", to: "events.jsonl")
            _ = try await live.beckon("run", "--input", "events.jsonl")
            try live.place.write(Self.twoLines, to: "events.jsonl")
            let result = try await live.beckon("run", "--input", "events.jsonl")
            #expect(
                result.story == [
                    "line 1, event a, customer 1, help, delivered, job 1",
                    "line 2, event b, customer 2, help, delivered, job 2",
                ]
            )
            #expect(result.told == "read 2 events; 2 matched, 2 firings: 2 delivered\n")
        }
    }

    @Test func `a whole line without its line feed is taken, and the lines go on behind it`() async throws {
        try await LivePlace.with { live in
            try live.place.write(String(Self.twoLines.dropLast()), to: "events.jsonl")
            let first = try await live.beckon("run", "--input", "events.jsonl")
            #expect(first.told == "read 2 events; 2 matched, 2 firings: 2 delivered\n")
            try live.place.write(Self.twoLines + LivePlace.help(3, id: "c"), to: "events.jsonl")
            let second = try await live.beckon("run", "--input", "events.jsonl")
            #expect(second.story == ["line 3, event c, customer 3, help, delivered, job 3"])
            #expect(
                second.told == """
                    'events.jsonl' was read before up to line 2 and is read on from there
                    read 1 event; 1 matched, 1 firing: 1 delivered

                    """
            )
        }
    }

    @Test func `without a state, a half-written line is a rejected one`() async throws {
        try await LivePlace.with { live in
            try live.place.write("{", to: "events.jsonl")
            for option in ["--no-state", "--dry-run"] {
                let result = try await live.beckon("run", option, "--input", "events.jsonl")
                #expect(result.told.hasPrefix("warning: line 1 rejected (not-json): "))
                #expect(!result.told.contains("again"))
            }
        }
    }

    @Test func `from the start, events without an id are decided again and others are known`() async throws {
        try await LivePlace.with { live in
            try live.place.write(LivePlace.help(1, id: "a") + LivePlace.help(2), to: "events.jsonl")
            _ = try await live.beckon("run", "--input", "events.jsonl")
            let result = try await live.beckon("run", "--input", "events.jsonl", "--from-start")
            #expect(result.story == ["line 2, customer 2, help, suppressed, already-done, job 3"])
            #expect(result.told == "read 2 events, 1 known already; 1 matched, 1 firing: 1 suppressed\n")
            #expect(live.answers == [200, 200])
        }
    }

    @Test func `several inputs, packed ones among them, are each read on`() async throws {
        try await LivePlace.with { live in
            try live.place.write(LivePlace.help(1, id: "a"), to: "mon.jsonl")
            try live.place.write(LivePlace.help(2, id: "b"), to: "tue.jsonl")
            try live.place.write(LivePlace.help(3, id: "c"), to: "more")
            let script = """
                gzip -k tue.jsonl
                beckon run --input mon.jsonl --input tue.jsonl.gz
                cat more >> mon.jsonl
                beckon run --input mon.jsonl --input tue.jsonl.gz
                """
            let result = try await live.shell(script)
            #expect(
                result.story == [
                    "mon.jsonl, line 1, event a, customer 1, help, delivered, job 1",
                    "tue.jsonl.gz, line 1, event b, customer 2, help, delivered, job 2",
                    "mon.jsonl, line 2, event c, customer 3, help, delivered, job 3",
                ]
            )
            #expect(
                result.told == """
                    read 2 events; 2 matched, 2 firings: 2 delivered
                    'mon.jsonl' was read before up to line 1 and is read on from there
                    'tue.jsonl.gz' was read before up to line 1 and is read on from there
                    read 1 event; 1 matched, 1 firing: 1 delivered

                    """
            )
        }
    }

    @Test func `the same stream on stdin does nothing twice`() async throws {
        try await LivePlace.with { live in
            let first = try await live.beckon("run", input: Self.twoLines)
            let second = try await live.beckon("run", input: Self.twoLines + LivePlace.help(1))
            #expect(first.told == "read 2 events; 2 matched, 2 firings: 2 delivered\n")
            // An event without an id cannot be recognised; that Asha was added already can.
            #expect(second.story == ["line 3, customer 1, help, suppressed, already-done, job 3"])
            #expect(second.told == "read 3 events, 2 known already; 1 matched, 1 firing: 1 suppressed\n")
            #expect(live.answers == [200, 200])
        }
    }

    @Test func `without a state nothing is known and nothing is kept`() async throws {
        try await LivePlace.with { live in
            let first = try await live.beckon("run", "--no-state", input: LivePlace.help(1, id: "a"))
            let second = try await live.beckon("run", "--no-state", input: LivePlace.help(1, id: "a"))
            #expect(first.story == ["line 1, event a, customer 1, help, delivered"])
            #expect(second.output == first.output)
            #expect(live.answers == [200, 200])
            #expect(!live.place.holds(".beckon"))
        }
    }

    @Test func `without a state, what could not be done has failed`() async throws {
        try await LivePlace.with { live in
            let input = LivePlace.help(1) + LivePlace.help(2)
            let result = try await live.beckon(
                "run",
                "--no-state",
                "--drain",
                "0",
                input: input,
                with: LivePlace.nowhere
            )
            #expect(
                result.story.map { $0.prefix(32) } == [
                    "line 1, customer 1, help, failed", "line 2, customer 2, help, failed",
                ]
            )
            #expect(result.told == "read 2 events; 2 matched, 2 firings: 2 failed\n")
            #expect(result.status == 1)
        }
    }

    @Test func `the state can be kept elsewhere`() async throws {
        try await LivePlace.with { live in
            let first = try await live.beckon("run", "--state", "var/state", input: LivePlace.help(1, id: "a"))
            let other = try await live.beckon("run", "--state", "other", input: LivePlace.help(1, id: "a"))
            let again = try await live.beckon("run", "--state", "var/state", input: LivePlace.help(1, id: "a"))
            #expect(first.story == ["line 1, event a, customer 1, help, delivered, job 1"])
            #expect(other.output == first.output)
            #expect(again.told == "read 1 event, 1 known already; 0 matched, 0 firings: no jobs\n")
            #expect(!live.place.holds(".beckon"))
        }
    }

    @Test func `a second run on the same state leaves, and touches nothing`() async throws {
        try await LivePlace.with { live in
            try live.place.write(LivePlace.help(1, id: "a"), to: "one.jsonl")
            try live.place.write("kept", to: "records.jsonl")
            let script = """
                mkfifo events
                events=events begin run
                cat one.jsonl >&3
                record
                beckon run --input one.jsonl --output records.jsonl 2> second; echo "status $?"
                sed "s/ $run)/ of the first run)/" second
                cat records.jsonl; echo
                exec 3>&-
                rest
                """
            let result = try await live.shell(script)
            #expect(
                result.story == [
                    "line 1, event a, customer 1, help, delivered, job 1",
                    "status 2",
                    "beckon: another run (process of the first run) works with the state in '.beckon'; stop it, or name "
                        + "another folder with --state",
                    "kept",
                    "read 1 event; 1 matched, 1 firing: 1 delivered",
                    "status 0",
                ]
            )
        }
    }

    @Test func `what was left waiting comes first`() async throws {
        try await LivePlace.with { live in
            let first = try await live.beckon(
                "run",
                "--drain",
                "0",
                input: LivePlace.help(1, id: "a"),
                with: LivePlace.nowhere
            )
            #expect(first.story.map { $0.prefix(43) } == ["line 1, event a, customer 1, help, waiting,"])
            // Whether the first attempt has failed by then, and so says why, is a matter of moments.
            #expect(
                first.told.replacing(" (connection-refused)", with: "") == """
                    1 job waits in '.beckon'; the next run goes on with it
                    read 1 event; 1 matched, 1 firing: 1 waiting

                    """
            )
            #expect(first.status == 1)
            let second = try await live.beckon("run", input: "\n" + LivePlace.help(1, id: "b"))
            #expect(
                second.story == [
                    "line 1, event a, customer 1, help, delivered, job 1",
                    "line 2, event b, customer 1, help, suppressed, already-done, job 2",
                ]
            )
            #expect(
                second.told == """
                    1 job of earlier runs comes first
                    read 1 event; 1 matched, 1 firing: 1 delivered, 1 suppressed

                    """
            )
            #expect(second.status == 0)
        }
    }
}
