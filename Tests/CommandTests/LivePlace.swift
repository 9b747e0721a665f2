import BuiltBeckon
import Foundation
import Sandbox

/// A working folder with one rule, and a sandbox on a real socket to which its jobs go.
struct LivePlace {
    let place: Workplace
    let sandbox: Sandbox

    /// Points the binary at the sandbox.
    var environment: [String: String]

    /// Brings Asha in wherever somebody writes 'help', in one conversation after the other.
    static let rules = """
        agents:
          asha: { phone: +91 99999 00101 }
          ravi: { phone: +91 99999 00102 }
        business_numbers:
          main: +91 99999 00000
        settings:
          delivery: { rate: 1000/s, concurrency: 1 }
        rules:
          - id: help
            when: { text: { keywords: [help] } }
            then: [{ add-collaborator: { agents: asha } }]

        """

    private static let seed = SandboxSeed(
        businesses: ["919999900000"],
        team: [.init(name: "Asha Rao", phone: "919999900101"), .init(name: "Ravi Menon", phone: "919999900102")],
        chats: []
    )

    /// Runs a test in a fresh place; every customer has a chat.
    static func with(
        rules: String = Self.rules,
        faults: FaultPlan = FaultPlan(),
        faultSeed: UInt64 = 0,
        _ body: (LivePlace) async throws -> Void
    ) async throws {
        let configuration = SandboxConfiguration(
            apiKey: "key_sandbox",
            seed: seed,
            createsChats: true,
            faults: faults,
            faultSeed: faultSeed
        )
        let sandbox = try Sandbox(configuration)
        let place = try Workplace(["rules/rules.yml": rules])
        try await withThrowingTaskGroup { group in
            defer { group.cancelAll() }
            group.addTask { try await sandbox.run() }
            let address = try await sandbox.address()
            let environment = ["BECKON_DOUBLETICK_BASE_URL": "\(address)", "DOUBLETICK_API_KEY": "key_sandbox"]
            try await body(LivePlace(place: place, sandbox: sandbox, environment: environment))
        }
    }

    /// An event that the rule is for, of customer 1 to 9.
    static func help(_ customer: Int, id: String? = nil) -> String {
        SampleRules.event("help", customer: "91999990000\(customer)", id: id)
    }

    /// A place on this machine where nobody listens.
    static let nowhere = ["BECKON_DOUBLETICK_BASE_URL": "http://127.0.0.1:9"]

    /// Runs the binary here.
    func beckon(
        _ arguments: String...,
        input: String = "",
        with variables: [String: String] = [:]
    ) async throws -> BeckonProcess.Result {
        let environment = environment.merging(variables) { _, new in new }
        return try await place.beckon(arguments, input: input, environment: environment)
    }

    /// Runs a command for a shell here, which knows the words of ``words``.
    func shell(_ command: String, with variables: [String: String] = [:]) async throws -> BeckonProcess.Result {
        let environment = environment.merging(variables) { _, new in new }
        return try await place.shell(Self.words + command, environment: environment)
    }

    /// What shell scripts of tests can say.
    ///
    /// Nothing in them sleeps: they wait for what they read from the process.
    private static let words = #"""
        # Starts beckon in the background: it reads $events, a file or a pipe that 3 fills; records come through 4, what it
        # tells through 5.
        begin() {
            rm -f records told; mkfifo records told
            beckon "$@" < "${events:-/dev/null}" > records 2> told & run=$!
            if [ -p "$events" ]; then exec 3> "$events"; fi
            exec 4< records 5< told
        }
        # The next record.
        record() { IFS= read -r -t 300 line <&4; echo "$line"; }
        # Lines that it tells, up to one that holds the words.
        told() {
            while IFS= read -r -t 300 line <&5; do
                echo "$line"
                case $line in *"$1"*) return ;; esac
            done
            echo "ended without telling '$1'"
        }
        # Everything that is left, and how it ends.
        rest() { cat <&4; cat <&5; wait $run; echo "status $?"; }
        # Takes the port from the last line that was told.
        take_port() { port=${line#*127.0.0.1:}; port=${port%%/*}; }
        # Posts a body to a path, and shows the first line of the answer.
        post() {
            exec 7<> /dev/tcp/127.0.0.1/$port
            printf 'POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s' "$1" ${#2} "$2" >&7
            IFS= read -r -t 300 answer <&7; cat <&7 > /dev/null; exec 7>&-
            echo "${answer%$'\r'}"
        }

        """#

    /// The statuses that the sandbox answered with, in order.
    var answers: [Int?] { sandbox.snapshot().calls.map(\.status) }
}

extension BeckonProcess.Result {
    /// The records in brief: line, event, time, customer, rule, status, reason and number.
    var story: [String] { lines.map(\.recordInBrief) }
}

extension String {
    /// A record in brief; other text as it is, but for times.
    var recordInBrief: String {
        guard let record = try? JSONSerialization.jsonObject(with: Data(utf8)) as? [String: Any] else {
            return withoutTimes
        }
        func text(_ name: String) -> String? { record[name].map { "\($0)" } }
        let customer = text("conversation").map { "customer \($0.suffix(1))" }
        let parts = [
            text("input"), text("line").map { "line \($0)" }, text("event").map { "event \($0)" },
            text("at").map { "at \($0)" }, customer, text("rule"), text("status"), text("reason"),
            text("job").map { "job \($0)" },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
