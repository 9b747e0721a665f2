import BuiltBeckon
import Foundation
import Sandbox
import Testing

/// Live runs of the built binary against a sandbox on a real socket.
struct LiveRunTests {
    private static let seed = SandboxSeed(
        businesses: ["919999900000"],
        team: [
            .init(name: "Asha Rao", phone: "919999900101"),
            .init(name: "Ravi Menon", phone: "919999900102"),
        ],
        chats: [
            .init(business: "919999900000", customer: "919999900001", name: "Kiran Patel"),
            .init(business: "919999900000", customer: "919999900002", name: "Meena Iyer"),
        ]
    )

    /// Runs a test with a sandbox; the environment points the binary at it.
    private func withSandbox(
        key: String = "key_sandbox",
        _ body: (_ sandbox: Sandbox, _ environment: [String: String]) async throws -> Void
    ) async throws {
        let sandbox = try Sandbox(SandboxConfiguration(apiKey: "key_sandbox", seed: Self.seed))
        try await withThrowingTaskGroup { group in
            defer { group.cancelAll() }
            group.addTask { try await sandbox.run() }
            let address = try await sandbox.address()
            let environment = ["BECKON_DOUBLETICK_BASE_URL": "\(address)", "DOUBLETICK_API_KEY": key]
            try await body(sandbox, environment)
        }
    }

    private func place() throws -> Workplace {
        try Workplace(["rules/rules.yml": SampleRules.text])
    }

    @Test func `agents join the chat, and each record says what became of its job`() async throws {
        try await withSandbox { sandbox, environment in
            let input =
                SampleRules.event("refund") + SampleRules.event("partly", customer: "919999900002")
                + SampleRules.event("nobody")
                + SampleRules.event("partly", customer: "919999900009")
            let result = try await place().beckon("run", input: input, environment: environment)
            let both = "\"919999900101\",\"919999900102\""
            #expect(
                Set(result.lines) == [
                    SampleRules.record(
                        line: 1,
                        rule: "refund",
                        agents: both,
                        then:
                            "\"status\":\"delivered\",\"detail\":\"Added Asha Rao (919999900101), Ravi Menon (919999900102).\"",
                        job: 1
                    ),
                    SampleRules.record(
                        line: 1,
                        rule: "watched",
                        agents: "\"919999900101\"",
                        then:
                            "\"status\":\"suppressed\",\"reason\":\"shadow\",\"detail\":\"The rule is in the shadow: it decides and never acts.\"",
                        job: 2
                    ),
                    SampleRules.record(
                        line: 2,
                        rule: "partly",
                        agents: "\"919999900101\",\"919999900199\"",
                        customer: "919999900002",
                        then: "\"status\":\"partial\",\"reason\":\"partial\","
                            + "\"detail\":\"Added Asha Rao (919999900101), but no team member has 919999900199.\"",
                        job: 3
                    ),
                    SampleRules.record(
                        line: 3,
                        rule: "nobody",
                        agents: "\"919999900199\"",
                        then: "\"status\":\"failed\",\"reason\":\"no-agent-matched\","
                            + "\"detail\":\"Nobody was added: no team member has 919999900199.\"",
                        job: 4
                    ),
                    SampleRules.record(
                        line: 4,
                        rule: "partly",
                        agents: "\"919999900101\",\"919999900199\"",
                        customer: "919999900009",
                        then: "\"status\":\"failed\",\"reason\":\"bad-request\","
                            + "\"detail\":\"DoubleTick answered 400: Chat or waba number not found\"",
                        job: 5
                    ),
                ]
            )
            let own = result.lines.filter { $0.contains("919999900000:919999900001") }
            #expect(own.map { $0.prefix(9) } == ["{\"line\":1", "{\"line\":1", "{\"line\":3"])
            #expect(result.status == 1)
            let chat = sandbox.snapshot().chat(business: "919999900000", customer: "919999900001")
            #expect(chat?.collaborators.map(\.agent.name) == ["Asha Rao", "Ravi Menon"])
        }
    }

    @Test(arguments: [("run", "waiting"), ("run --no-state", "failed")])
    func `a key that is refused is told once, reading goes on, and jobs wait`(command: String, status: String)
        async throws
    {
        let secret = "key_wrong_MARKED_0123456789"
        try await withSandbox(key: secret) { sandbox, environment in
            let input = String(repeating: SampleRules.event("partly"), count: 500)
            let arguments = command.split(separator: " ").map(String.init)
            let result = try await place().beckon(arguments, input: input, environment: environment)
            let notice = "500 jobs wait in '.beckon' (unauthorized); the next run goes on with them\n"
            #expect(
                result.told == """
                    error: DoubleTick answered 401: Invalid public api key; nothing more is sent there; set the right key in \
                    the variable DOUBLETICK_API_KEY and start again
                    \(status == "waiting" ? notice : "")read 500 events; 500 matched, 500 firings: 500 \(status)

                    """
            )
            #expect(result.status == 1)
            let both = "\"919999900101\",\"919999900199\""
            let why =
                "\"status\":\"\(status)\",\"reason\":\"unauthorized\","
                + "\"detail\":\"DoubleTick answered 401: Invalid public api key\""
            let number = status == "waiting" ? 1 : nil
            #expect(
                result.lines.first == SampleRules.record(line: 1, rule: "partly", agents: both, then: why, job: number)
            )
            #expect(result.lines.count == 500)
            #expect(result.lines.allSatisfy { $0.contains("\"status\":\"\(status)\"") })
            #expect(sandbox.snapshot().calls.count == 1)
            #expect(!result.errors.contains("MARKED"))
            #expect(!result.output.contains("MARKED"))
        }
    }

    @Test func `a reader that goes away ends a live run although no more events come`() async throws {
        try await withSandbox { _, environment in
            let place = try place()
            try place.write(SampleRules.event("partly"), to: "one.jsonl")
            // The pipe for events stays open to the end: only the reader that has gone can end the run.
            let script = """
                export BECKON_DOUBLETICK_BASE_URL=\(environment["BECKON_DOUBLETICK_BASE_URL"] ?? "") DOUBLETICK_API_KEY=key_sandbox
                mkfifo events records
                beckon run < events > records & run=$!
                exec 3> events 4< records
                exec 4<&-
                cat one.jsonl >&3
                wait $run; echo $?
                """
            let result = try await place.shell(script)
            #expect(result.output == "1\n")
            #expect(result.errors.hasPrefix("error: the reader of the records has gone away; stopped after line 1\n"))
        }
    }

    @Test func `a destination that is not there is tried again and then given up`() async throws {
        let environment = ["BECKON_DOUBLETICK_BASE_URL": "http://127.0.0.1:9", "DOUBLETICK_API_KEY": "key_x"]
        let result = try await place().beckon("run", input: SampleRules.event("partly"), environment: environment)
        let detail = "Nobody accepts connections at 127.0.0.1. Gave up after 2 attempts."
        #expect(
            result.lines == [
                SampleRules.record(
                    line: 1,
                    rule: "partly",
                    agents: "\"919999900101\",\"919999900199\"",
                    then: "\"status\":\"failed\",\"reason\":\"connection-refused\",\"detail\":\"\(detail)\"",
                    job: 1
                )
            ]
        )
        #expect(result.status == 1)
    }

    @Test(arguments: [#"\n"#, #"no event\n"#])
    func `an event is not kept waiting by a line behind it that is none`(line: String) async throws {
        try await LivePlace.with { live in
            try live.place.write(LivePlace.help(1), to: "one.jsonl")
            let script = """
                mkfifo events
                events=events begin run
                { cat one.jsonl; printf '\(line)'; } > both
                cat both >&3
                record
                exec 3>&-
                rest > left
                """
            let result = try await live.shell(script)
            #expect(result.story == ["line 1, customer 1, help, delivered, job 1"])
        }
    }
}
