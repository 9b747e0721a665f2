import BuiltBeckon
import Foundation
import Sandbox
import Testing

/// A signal in the middle of work ends it in good order: what was begun ends, the rest waits for the next run.
struct StoppingTests {
    private static let rules = """
        business_numbers: { main: "\(Workload.business)" }
        settings: { delivery: { rate: 20/s, concurrency: 4 } }
        rules:
          - id: hello
            when: { text: { keywords: [hello] } }
            then: [{ add-collaborator: { agents: ["919999900101"] } }]

        """

    @Test(arguments: [(SIGTERM, 143), (SIGINT, 130)] as [(Int32, Int32)])
    func `a signal leaves jobs waiting, and the next run finishes them`(signal: Int32, status: Int32) async throws {
        let trigger = Trigger()
        let sandbox = try Sandbox(
            SandboxConfiguration(
                seed: SandboxSeed(businesses: [Workload.business], team: [.init(name: nil, phone: "919999900101")]),
                createsChats: true,
                nowMilliseconds: {
                    trigger.noteCall()
                    return 0
                }
            )
        )
        let lines = (0..<40).map { #"{"id":"e\#($0)","customer":"\#(919_999_800_000 + $0)","text":"hello"}"# }
        let place = try Workplace(["rules/rules.yml": Self.rules, "events.jsonl": lines.joined(separator: "\n")])
        try await withThrowingTaskGroup { group in
            defer { group.cancelAll() }
            group.addTask { try await sandbox.run() }
            let address = "\(try await sandbox.address())"
            func life(_ moment: Trigger.Moment) async throws -> Life {
                try await Life.lived(
                    ["run", "--input", "events.jsonl"],
                    in: place.folder,
                    input: .nothing,
                    environment: ["BECKON_DOUBLETICK_BASE_URL": address, "DOUBLETICK_API_KEY": "key_sandbox"],
                    trigger: trigger,
                    moment: moment,
                    signal: signal
                )
            }
            let first = try await life(.call(5))
            #expect(first.status == status)
            let delivered = first.records.count { $0.status == "delivered" }
            let waiting = first.records.count { $0.status == "waiting" }
            #expect(delivered >= 5 && waiting > 0 && delivered + waiting == lines.count)
            #expect(first.errors.contains("\(waiting) jobs wait in '.beckon'; the next run goes on with them"))
            let second = try await life(.never)
            #expect(second.status == 0)
            #expect(second.records.map(\.status) == Array(repeating: "delivered", count: waiting))
            #expect(sandbox.snapshot().chats.flatMap(\.additions.values) == Array(repeating: 1, count: lines.count))
        }
    }
}
