import BuiltBeckon
import Foundation
import Testing

struct DryRunTests {
    private func place() throws -> Workplace {
        try Workplace(["rules/rules.yml": SampleRules.text])
    }

    /// The summary without the time that the run took, which no two runs share.
    private func withoutTime(_ errors: String) -> String {
        errors.replacing(/[ ]\([0-9.]+ s, [0-9]+ events\/s\)/, with: "")
    }

    @Test func `jobs are planned in input order, and shadow rules are held back`() async throws {
        let input = SampleRules.event("I want a refund") + SampleRules.event("hello") + SampleRules.event("partly")
        let result = try await place().beckon("run", "--dry-run", input: input)
        #expect(
            result.lines == [
                SampleRules.record(
                    line: 1,
                    rule: "refund",
                    agents: "\"919999900101\",\"919999900102\"",
                    then: "\"status\":\"planned\""
                ),
                SampleRules.record(
                    line: 1,
                    rule: "watched",
                    agents: "\"919999900101\"",
                    then:
                        "\"status\":\"suppressed\",\"reason\":\"shadow\",\"detail\":\"The rule is in the shadow: it decides and never acts.\""
                ),
                SampleRules.record(
                    line: 3,
                    rule: "partly",
                    agents: "\"919999900101\",\"919999900199\"",
                    then: "\"status\":\"planned\""
                ),
            ]
        )
        #expect(withoutTime(result.errors) == "read 3 events; 2 matched, 3 firings: 2 planned, 1 suppressed\n")
        #expect(result.status == 0)
    }

    @Test func `lines that cannot be read are reported and kept, and the stream goes on`() async throws {
        let place = try place()
        let good = SampleRules.event("refund")
        let input = "\n" + good + "{\"text\": nope}\n[1]\n" + good
        let result = try await place.beckon("run", "--dry-run", "--rejects", "bad.jsonl", input: input)
        #expect(result.lines.count == 4)
        #expect(try place.read("bad.jsonl") == "{\"text\": nope}\n[1]\n")
        #expect(result.errors.contains("line 3 rejected (not-json)"))
        #expect(result.errors.contains("line 4 rejected (not-an-object)"))
        #expect(result.errors.contains("read 2 events, 2 lines rejected; 2 matched"))
        #expect(result.status == 1)
    }

    @Test func `a line that is too long is rejected with its first bytes`() async throws {
        let place = try place()
        let long = SampleRules.event(String(repeating: "x", count: 500))
        let arguments = ["run", "--dry-run", "--line-limit", "200", "--rejects", "bad.jsonl"]
        let result = try await place.beckon(arguments, input: long + SampleRules.event("refund"))
        #expect(result.lines.count == 2)
        #expect(try place.read("bad.jsonl") == String(long.prefix(200)) + "\n")
        #expect(result.errors.contains("line 1 rejected (too-long): the line is longer than 200 bytes"))
    }

    @Test func `a regex that gives up is a fault and not a silent no`() async throws {
        let input = SampleRules.event(String(repeating: "a", count: 60) + "!") + SampleRules.event("refund")
        let result = try await place().beckon("run", "--dry-run", input: input)
        #expect(result.lines.count == 2)
        #expect(
            withoutTime(result.errors) == """
                warning: line 1: rule 'slow' could not be decided: the pattern takes too many steps on this text
                read 2 events, 1 fault; 1 matched, 2 firings: 1 planned, 1 suppressed

                """
        )
        #expect(result.status == 1)
    }

    @Test func `several inputs are read in order and named in the records`() async throws {
        let place = try place()
        try place.write(SampleRules.event("partly", id: "e1"), to: "one.jsonl")
        try place.write(SampleRules.event("partly", id: "e2"), to: "two.jsonl")
        let result = try await place.beckon("run", "--dry-run", "--input", "two.jsonl", "--input", "one.jsonl")
        #expect(
            result.lines.map { $0.prefix(while: { $0 != "r" }) } == [
                "{\"line\":1,\"input\":\"two.jsonl\",\"event\":\"e2\",\"",
                "{\"line\":1,\"input\":\"one.jsonl\",\"event\":\"e1\",\"",
            ]
        )
    }

    @Test func `the same bytes come out every time`() async throws {
        let arguments = ["run", "--dry-run", "--input", "rules/samples/messages.jsonl"]
        let first = try await BeckonProcess.run(arguments, in: BeckonProcess.repository)
        let second = try await BeckonProcess.run(arguments, in: BeckonProcess.repository)
        #expect(first.status == 0)
        #expect(first.lines.count > 100)
        #expect(first.output == second.output)
    }

    @Test func `a job whose customer is unknown fails and says so`() async throws {
        let result = try await place().beckon("run", "--dry-run", input: "{\"text\":\"partly\"}\n")
        #expect(
            result.output == """
                {"line":1,"rule":"partly","action":"add-collaborator",\
                "with":{"business":"919999900000","agents":["919999900101","919999900199"]},\
                "status":"failed","reason":"missing: customer","detail":"The event has no customer."}

                """
        )
        #expect(result.status == 1)
    }

    @Test func `a job that its action would refuse fails in a dry run too`() async throws {
        let input = SampleRules.event("partly", customer: "919999900101")
        let result = try await place().beckon("run", "--dry-run", input: input)
        #expect(
            result.lines == [
                SampleRules.record(
                    line: 1,
                    rule: "partly",
                    agents: "\"919999900101\",\"919999900199\"",
                    customer: "919999900101",
                    then: "\"status\":\"failed\",\"reason\":\"refused-setting\","
                        + "\"detail\":\"The action refuses 'agents' must not name the customer.\""
                )
            ]
        )
    }

    @Test func `a full disk behind stderr or stdout does not crash a run`() async throws {
        let place = try place()
        try place.write(SampleRules.event("partly"), to: "one.jsonl")
        let told = try await place.shell("beckon run --dry-run --input one.jsonl 2> /dev/full")
        #expect(told.lines.count == 1)
        #expect(told.status == 0)
        let written = try await place.shell("beckon run --dry-run --input one.jsonl > /dev/full")
        #expect(
            written.errors.hasPrefix(
                "error: cannot write to stdout: No space left on device; stopped after line 1\n"
            )
        )
        #expect(written.status == 1)
        let help = try await place.shell("beckon --help > /dev/full")
        #expect(help.errors == "beckon: cannot write to stdout: No space left on device\n")
        #expect(help.status == 1)
    }

    @Test func `events of no known kind raise the question whether the format is right`() async throws {
        let result = try await place().beckon("run", "--dry-run", input: "{\"a\":1}\n{\"b\":2}\n")
        #expect(
            withoutTime(result.errors) == """
                read 2 events; 0 matched, 0 firings: no jobs
                warning: no event was of a known kind; is the input format 'auto' right? '--input-format' sets another

                """
        )
        #expect(result.status == 0)
    }

    @Test func `a reader that goes away ends a dry run quietly`() async throws {
        let place = try place()
        let line = SampleRules.event("refund")
        try place.write(String(repeating: line, count: 20_000), to: "many.jsonl")
        let command = "beckon run --dry-run --input many.jsonl | head -1 >/dev/null; exit ${PIPESTATUS[0]}"
        let result = try await place.shell(command)
        #expect(result.status == 0)
    }
}
