import BuiltBeckon
import Testing

/// Runs whose records nobody reads for a while, or ever.
@Suite(.timeLimit(.minutes(10)))
struct SlowReaderTests {
    /// So many records are more than a pipe takes.
    private static let count = 400

    private static let events = (0..<count).map { number in
        SampleRules.event("help", customer: "9199999\(10_000 + number)")
    }

    /// Asks the ledger until everything is delivered, though nobody has read a record.
    private static let awaitDelivery = """
        for try in {1..500}; do
            beckon ledger list --status delivered --limit 1000 --json 2> counts > delivered
            if [ $(wc -l < delivered) = \(count) ]; then break; fi
        done
        echo "delivered $(wc -l < delivered)"

        """

    @Test func `a signal ends a run whose records nobody reads, and nothing is done twice`() async throws {
        try await LivePlace.with { live in
            try live.place.write(Self.events.joined(), to: "many.jsonl")
            let script = """
                mkfifo events
                events=events begin run
                cat many.jsonl >&3
                \(Self.awaitDelivery)
                kill -TERM $run
                wait $run; echo "status $?"
                cat <&5
                exec 3>&-
                beckon ledger list --status open,unknown --json 2>&1
                beckon run 2>&1 < /dev/null
                """
            let result = try await live.shell(script)
            #expect(
                result.story == [
                    "delivered 400",
                    "status 143",
                    "error: nobody reads stdout; the records that are left are given up; stopped after line 400",
                    "stopped by a signal after line 400",
                    "read 400 events; 400 matched, 400 firings: 400 delivered",
                    "No job is like that. No run is at work on '.beckon'.",
                    "read 0 events; 0 matched, 0 firings: no jobs",
                ]
            )
            #expect(live.answers == Array(repeating: 200, count: Self.count))
        }
    }

    @Test func `a reader who comes late gets every record, and the run waits for him`() async throws {
        try await LivePlace.with { live in
            try live.place.write(Self.events.joined(), to: "many.jsonl")
            let script = """
                events=many.jsonl begin run
                \(Self.awaitDelivery)
                rest
                """
            let result = try await live.shell(script)
            let records = (1...Self.count).map { number in
                let customer = (9_999 + number) % 10
                return "line \(number), customer \(customer), help, delivered, job \(number)"
            }
            let told = ["read 400 events; 400 matched, 400 firings: 400 delivered", "status 0"]
            #expect(result.story == ["delivered 400"] + records + told)
        }
    }
}
