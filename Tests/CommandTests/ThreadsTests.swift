import BuiltBeckon
import Foundation
import Testing

/// `--threads` as a user sees it: nothing but the time that a run takes.
struct ThreadsTests {
    @Test(arguments: ["2", "3", "8"])
    func `the sample events come to the same bytes on any number of threads`(threads: String) async throws {
        let arguments = ["run", "--dry-run", "--input", "rules/samples/messages.jsonl", "--threads"]
        let one = try await BeckonProcess.run(arguments + ["1"], in: BeckonProcess.repository)
        let many = try await BeckonProcess.run(arguments + [threads], in: BeckonProcess.repository)
        #expect(one.lines.count > 100)
        #expect(many.output == one.output)
        #expect(many.told == one.told)
        #expect(many.status == one.status)
    }

    @Test(arguments: ["1", "2", "8"])
    func `an empty input and long lines are nothing special`(threads: String) async throws {
        let place = try Workplace(["rules/rules.yml": SampleRules.text])
        let nothing = try await place.beckon("run", "--dry-run", "--threads", threads)
        #expect(nothing.output == "")
        #expect(nothing.told == "read 0 events; 0 matched, 0 firings: no jobs\n")
        let long = SampleRules.event("partly " + String(repeating: "x ", count: 400_000))
        let short = SampleRules.event("partly")
        let result = try await place.beckon("run", "--dry-run", "--threads", threads, input: short + long + short)
        #expect(
            result.lines
                == (1...3).map { line in
                    SampleRules.record(
                        line: line,
                        rule: "partly",
                        agents: "\"919999900101\",\"919999900199\"",
                        then: "\"status\":\"planned\""
                    )
                }
        )
    }

    @Test(arguments: ["1", "4"])
    func `a line that comes alone is decided before the next one is written`(threads: String) async throws {
        let place = try Workplace(["rules/rules.yml": SampleRules.text, "one.jsonl": SampleRules.event("partly")])
        let script = """
            mkfifo events records
            beckon run --dry-run --threads \(threads) < events > records 2> told & run=$!
            exec 3> events 4< records
            for number in 1 2 3; do cat one.jsonl >&3; read -r record <&4; echo "${record:0:8}"; done
            exec 3>&-
            wait $run; echo "$?"
            """
        let result = try await place.shell(script)
        #expect(result.output == "{\"line\":\n{\"line\":\n{\"line\":\n0\n")
        #expect(try place.read("told").withoutTimes == "read 3 events; 3 matched, 3 firings: 3 planned\n")
    }

    @Test(arguments: ["1", "4"])
    func `a reader that goes away ends a run whose input stays open`(threads: String) async throws {
        let place = try Workplace(["rules/rules.yml": SampleRules.text, "one.jsonl": SampleRules.event("partly")])
        let script = """
            mkfifo events records
            beckon run --dry-run --threads \(threads) < events > records 2> told & run=$!
            exec 3> events 4< records
            cat one.jsonl >&3
            read -r record <&4
            exec 4<&-
            cat one.jsonl >&3
            wait $run; echo "$?"
            """
        let result = try await place.shell(script)
        #expect(result.output == "0\n")
    }

    @Test(arguments: ["1", "4"])
    func `what was read of a broken input is decided and written`(threads: String) async throws {
        let place = try Workplace(["rules/rules.yml": SampleRules.text])
        try place.write((0..<3000).map { SampleRules.event("partly", id: "e\($0)") }.joined(), to: "many.jsonl")
        let script = """
            gzip many.jsonl
            head -c -20 many.jsonl.gz > cut.gz
            beckon run --dry-run --threads \(threads) --input cut.gz > records 2> told; echo "$?"
            """
        let result = try await place.shell(script)
        let records = try place.read("records").split(separator: "\n")
        let count = records.count
        #expect(count > 2000 && count < 3000)
        #expect(records.map { $0.prefix { $0 != "," } } == (1...count).map { "{\"line\":\($0)" })
        #expect(result.output == "1\n")
        #expect(
            try place.read("told").withoutTimes == """
                error: cannot read 'cut.gz': the gzip data end too early; stopped after line \(count)
                read \(count) events; \(count) matched, \(count) firings: \(count) planned

                """
        )
    }

    @Test(arguments: [
        (["--threads", "0", "--dry-run"], "--threads must be between 1 and 256"),
        (["--threads", "257", "--dry-run"], "--threads must be between 1 and 256"),
        (
            ["--no-prefilter", "--verify-prefilter", "--dry-run"],
            "--verify-prefilter needs the prefilter and cannot be used with --no-prefilter"
        ),
        (["--verify-prefilter"], "--verify-prefilter is for trying things out; use it with --dry-run"),
    ])
    func `what cannot be is refused`(arguments: [String], reason: String) async throws {
        let place = try Workplace(["rules/rules.yml": SampleRules.text])
        let result = try await place.beckon(["run"] + arguments)
        #expect(result.errors == "beckon: \(reason)\n")
        #expect(result.status == 2)
    }

    @Test(arguments: ["--no-prefilter", "--verify-prefilter"])
    func `the prefilter changes nothing`(option: String) async throws {
        let arguments = ["run", "--dry-run", "--input", "rules/samples/messages.jsonl"]
        let with = try await BeckonProcess.run(arguments, in: BeckonProcess.repository)
        let without = try await BeckonProcess.run(arguments + [option], in: BeckonProcess.repository)
        #expect(without.output == with.output)
        #expect(without.told == with.told)
    }
}
