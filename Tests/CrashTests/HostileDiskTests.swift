import BuiltBeckon
import Foundation
import Sandbox
import Testing

/// Disks that are full, folders that are none, ledgers that others hold: the run says so, loses nothing and goes on later.
struct HostileDiskTests {
    private static let events = (0..<400).map { number in
        let customer = 919_999_800_000 + number
        return #"{"id":"e\#(number)","customer":"\#(customer)","text":"wish0 \#(String(repeating: "x", count: 3000))"}"#
            + "\n"
    }

    private let place: Workplace

    init() throws {
        place = try Workplace(["rules/rules.yml": Workload.rules, "events.jsonl": Self.events.joined()])
    }

    private func withSandbox(_ body: (_ sandbox: Sandbox, _ environment: [String: String]) async throws -> Void)
        async throws
    {
        let sandbox = try Sandbox(
            SandboxConfiguration(
                seed: SandboxSeed(businesses: [Workload.business], team: [.init(name: nil, phone: "919999900101")]),
                createsChats: true
            )
        )
        try await withThrowingTaskGroup { group in
            defer { group.cancelAll() }
            group.addTask { try await sandbox.run() }
            let address = try await sandbox.address()
            try await body(
                sandbox,
                [
                    "BECKON_DOUBLETICK_BASE_URL": "\(address)", "DOUBLETICK_API_KEY": "key_sandbox",
                    // However busy the machine is, no call may look as if it had not been answered.
                    "BECKON_DELIVERY_TIMEOUT": "5m",
                ]
            )
        }
    }

    /// How often each customer's agent was added.
    private func additions(_ sandbox: Sandbox) -> [Int] {
        sandbox.snapshot().chats.flatMap(\.additions.values)
    }

    @Test func `a state folder that is a file, or cannot be written, stops the run before it begins`() async throws {
        try place.write("", to: "file")
        let result = try await place.beckon(
            "run",
            "--input",
            "events.jsonl",
            "--state",
            "file",
            environment: ["DOUBLETICK_API_KEY": "key"]
        )
        #expect(result.errors == "beckon: cannot use the state in 'file': it is a file, and must be a folder\n")
        #expect(result.status == 2)
    }

    @Test func `rejects that cannot be kept are read again`() async throws {
        try await withSandbox { sandbox, environment in
            try place.write("no event\n" + Self.events[0], to: "bad.jsonl")
            let run = ["run", "--input", "bad.jsonl", "--rejects"]
            let full = try await place.beckon(run + ["/dev/full"], environment: environment)
            #expect(
                full.errors.contains("error: cannot write to '/dev/full': No space left on device; stopped")
            )
            #expect(full.status == 1)
            #expect(additions(sandbox).isEmpty)
            let again = try await place.beckon(run + ["rejects.jsonl"], environment: environment)
            #expect(again.status == 1)
            #expect(try place.read("rejects.jsonl") == "no event\n")
            #expect(additions(sandbox) == [1])
        }
    }

    @Test func `records that cannot be written stop the run, and the next one goes on`() async throws {
        try await withSandbox { sandbox, environment in
            let run = ["run", "--input", "events.jsonl", "--output"]
            let full = try await place.beckon(run + ["/dev/full"], environment: environment)
            #expect(
                full.errors.hasPrefix("error: cannot write to '/dev/full': No space left on device; stopped after line")
            )
            #expect(full.status == 1)
            let again = try await place.beckon(run + ["records.jsonl"], environment: environment)
            #expect(again.status == 0)
            #expect(additions(sandbox) == Array(repeating: 1, count: Self.events.count))
        }
    }

    @Test func `a second run on the same state is told which process has it, and leaves`() async throws {
        let script = """
            mkfifo events
            export DOUBLETICK_API_KEY=key
            beckon run < events 2> told & run=$!
            exec 3> events
            until [ -s .beckon/lock ] || ! kill -0 $run; do :; done
            beckon run --input events.jsonl; echo "status $?"
            [ "$(cat .beckon/lock)" = $run ] && echo "the process is right"
            kill -TERM $run
            wait $run
            """
        let result = try await place.shell(script)
        #expect(result.lines == ["status 2", "the process is right"])
        #expect(
            result.errors.contains(
                /^beckon: another run \(process \d+\) works with the state in '\.beckon'; stop it, or name another folder/
            )
        )
    }

    @Test(.enabled(if: canMount, "needs Linux, and the right to mount a small file system"))
    func `a full disk under the state loses nothing, and the run goes on when there is room`() async throws {
        try await withSandbox { sandbox, environment in
            let base = environment.map { "export \($0.key)=\($0.value)" }.joined(separator: "\n")
            let script = """
                \(base)
                mkdir small
                mount -t tmpfs -o size=1m none small || exit 9
                trap 'umount small' EXIT
                beckon run --input events.jsonl --state small/state > first.jsonl; echo "status $?"
                beckon run --input events.jsonl --state small/state > second.jsonl; echo "status $?"
                mount -o remount,size=64m small
                beckon run --input events.jsonl --state small/state > third.jsonl; echo "status $?"
                """
            let result = try await place.shell(script)
            let statuses = result.lines
            #expect(statuses.first == "status 1")
            #expect(statuses.last == "status 0")
            #expect(result.errors.contains("cannot write to the state in 'small/state': the disk is full"))
            let additions = additions(sandbox)
            #expect(additions.count == Self.events.count)
            // Only calls whose outcome could not be written are made again: at most those that were under way.
            #expect(additions.count { $0 > 1 } <= 2 * 64)
            #expect(additions.allSatisfy { $0 <= 3 })
        }
    }

    private static var canMount: Bool {
        #if os(Linux)
            getuid() == 0 && mounts()
        #else
            false
        #endif
    }

    #if os(Linux)
        /// Root in a container may not mount.
        private static func mounts() -> Bool {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
                "beckon-mount-\(UUID().uuidString)"
            )
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = [
                "-c", "mkdir \(folder.path) && mount -t tmpfs none \(folder.path) 2>/dev/null && umount \(folder.path)",
            ]
            defer { try? FileManager.default.removeItem(at: folder) }
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
    #endif
}
