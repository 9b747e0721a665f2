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
        chats: [.init(business: "919999900000", customer: "919999900001", name: "Kiran Patel")]
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
                SampleRules.event("refund") + SampleRules.event("partly") + SampleRules.event("nobody")
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
                            "\"status\":\"delivered\",\"detail\":\"Added Asha Rao (919999900101), Ravi Menon (919999900102).\""
                    ),
                    SampleRules.record(
                        line: 1,
                        rule: "watched",
                        agents: "\"919999900101\"",
                        then:
                            "\"status\":\"suppressed\",\"reason\":\"shadow\",\"detail\":\"The rule is in the shadow: it decides and never acts.\""
                    ),
                    SampleRules.record(
                        line: 2,
                        rule: "partly",
                        agents: "\"919999900101\",\"919999900199\"",
                        then: "\"status\":\"partial\",\"reason\":\"partial\","
                            + "\"detail\":\"Added Asha Rao (919999900101), but no team member has 919999900199.\""
                    ),
                    SampleRules.record(
                        line: 3,
                        rule: "nobody",
                        agents: "\"919999900199\"",
                        then: "\"status\":\"failed\",\"reason\":\"no-agent-matched\","
                            + "\"detail\":\"Nobody was added: no team member has 919999900199.\""
                    ),
                    SampleRules.record(
                        line: 4,
                        rule: "partly",
                        agents: "\"919999900101\",\"919999900199\"",
                        customer: "919999900009",
                        then: "\"status\":\"failed\",\"reason\":\"bad-request\","
                            + "\"detail\":\"DoubleTick answered 400: Chat or waba number not found\""
                    ),
                ]
            )
            let own = result.lines.filter { $0.contains("919999900000:919999900001") }
            #expect(own.map { $0.prefix(9) } == ["{\"line\":1", "{\"line\":1", "{\"line\":2", "{\"line\":3"])
            #expect(result.status == 1)
            let chat = sandbox.snapshot().chat(business: "919999900000", customer: "919999900001")
            #expect(chat?.collaborators.map(\.agent.name) == ["Asha Rao", "Ravi Menon"])
        }
    }

    @Test func `a key that is refused stops the line with one message`() async throws {
        let secret = "key_wrong_MARKED_0123456789"
        try await withSandbox(key: secret) { sandbox, environment in
            let input = String(repeating: SampleRules.event("partly"), count: 500)
            let result = try await place().beckon("run", input: input, environment: environment)
            #expect(result.status == 1)
            #expect(result.errors.components(separatedBy: "Invalid public api key").count == 2)
            #expect(!result.lines.isEmpty)
            #expect(result.lines.allSatisfy { $0.contains("\"status\":\"failed\"") })
            #expect(
                result.errors.contains(
                    /error: DoubleTick answered 401: Invalid public api key; stopped after line \d+. Set the right key/
                )
            )
            #expect(sandbox.snapshot().calls.count <= 8)
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
        #expect(result.lines.count == 1)
        #expect(result.output.contains("\"status\":\"failed\",\"reason\":\"connection-refused\""))
        #expect(result.output.contains("Gave up after 2 attempts."))
        #expect(result.status == 1)
    }

    @Test func `try makes one call and shows it without the key`() async throws {
        try await withSandbox { sandbox, environment in
            let arguments = ["try", "add-collaborator", "--customer", "+91 99999 00001", "--agents", "asha,gone"]
            let result = try await place().beckon(arguments, environment: environment)
            let base = environment["BECKON_DOUBLETICK_BASE_URL"] ?? ""
            #expect(
                result.errors == """
                    > POST \(base)/collaborators/add
                    > Authorization: (the key)
                    > Content-Type: application/json
                    >
                    > {"from":"919999900000","to":"919999900001","agentNumbers":["919999900101","919999900199"]}
                    < 200
                    < {"success":[{"number":"+919999900101","name":"Asha Rao"}],"failed":[{"number":"919999900199"}]}

                    partial: Added Asha Rao (919999900101), but no team member has 919999900199.

                    """
            )
            #expect(result.status == 1)
            #expect(sandbox.snapshot().calls.count == 1)
        }
    }
}
