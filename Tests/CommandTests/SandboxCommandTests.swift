import BuiltBeckon
import Foundation
import Testing

struct SandboxCommandTests {
    @Test func `the sandbox says where it is, answers, and ends by a signal in good order`() async throws {
        let place = try Workplace(["rules/rules.yml": SampleRules.text])
        // A named pipe, so that the script goes on the moment the sandbox has said where it is.
        let script = """
            mkfifo told
            beckon sandbox --port 0 2> told & sandbox=$!
            exec 4< told
            while read -r line <&4; do
                case $line in *" runs at http://127.0.0.1:"*) port=${line#*127.0.0.1:}; port=${port%% *}; break ;; esac
            done
            exec 3<> /dev/tcp/127.0.0.1/$port
            body='{"from":"919999900000","to":"919999900001","agentNumbers":["919999900101"]}'
            printf 'POST /collaborators/add HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nAuthorization: key_sandbox\\r\\n' >&3
            printf 'Content-Type: application/json\\r\\nConnection: close\\r\\nContent-Length: %d\\r\\n\\r\\n%s' \
                ${#body} "$body" >&3
            cat <&3 | tail -1
            echo
            kill -TERM $sandbox
            wait $sandbox
            echo "status $?"
            """
        let result = try await place.shell(script)
        #expect(
            result.lines == [
                "{\"success\":[{\"number\":\"+919999900101\",\"name\":\"Asha Rao\"}],\"failed\":[]}", "status 143",
            ]
        )
    }

    @Test func `faults are announced with their seed, and calls meet them`() async throws {
        let place = try Workplace(["rules/rules.yml": SampleRules.text])
        let script = """
            mkfifo told
            beckon sandbox --port 0 --faults '429:100%' --fault-seed 7 2> told & sandbox=$!
            exec 4< told
            while read -r line <&4; do
                case $line in
                    *" runs at http://127.0.0.1:"*) port=${line#*127.0.0.1:}; port=${port%% *} ;;
                    *"on purpose"*) echo "$line"; break ;;
                esac
            done
            export BECKON_DOUBLETICK_BASE_URL=http://127.0.0.1:$port DOUBLETICK_API_KEY=key_sandbox
            beckon try add-collaborator --customer 919999900001 --agents asha 2>&1 | grep '^<'
            kill -TERM $sandbox
            wait $sandbox
            """
        let result = try await place.shell(script)
        #expect(
            result.lines == [
                "Calls go wrong on purpose. The same again: --faults 429:100% --fault-seed 7",
                "< 429", "< {\"statusCode\":429,\"message\":\"ThrottlerException: Too Many Requests\"}",
            ]
        )
    }

    @Test(arguments: try Self.documentedCommands())
    func `a command of the documentation starts a sandbox`(command: String) async throws {
        let place = try Workplace([
            "rules/rules.yml": SampleRules.text, "team.json": #"{"businesses":["919999900000"]}"#,
            "messages.jsonl": SampleRules.event("hello"),
        ])
        let script = """
            mkfifo told
            \(command) --port 0 2> told & sandbox=$!
            exec 4< told
            while read -r line <&4; do
                case $line in *" runs at http://127.0.0.1:"*) echo runs; break ;; esac
            done
            kill -TERM $sandbox
            wait $sandbox
            echo "status $?"
            """
        let result = try await place.shell(script)
        #expect(result.lines == ["runs", "status 143"])
    }

    private static func documentedCommands() throws -> [String] {
        let page = "Sources/beckon/Documentation.docc/Reference/Sandbox.md"
        let text = try String(contentsOf: BeckonProcess.repository.appendingPathComponent(page), encoding: .utf8)
        let commands = text.split(separator: "\n").filter { $0.hasPrefix("beckon ") }.map { line in
            line.split(separator: "#")[0].trimmingCharacters(in: .whitespaces)
        }
        #expect(commands.count == 3)
        return commands
    }

    @Test(
        arguments: [
            (["--seed", "none.json"], "beckon: cannot read 'none.json'\n"),
            (["--port", "70000"], "beckon: 70000 is no port: 0 to 65535\n"),
            (
                ["--faults", "500:5%,rest:1%"],
                "beckon: '--faults': entry 2, 'rest:1%', names no known fault: known are a status from 400 to 599, reset, "
                    + "hang, slow, partial and truncate\n"
            ),
            (["--fault-seed", "7"], "beckon: '--fault-seed' needs '--faults' to decide about\n"),
        ] as [([String], String)]
    )
    func `a sandbox that cannot start says why`(arguments: [String], message: String) async throws {
        let result = try await Workplace().beckon(["sandbox"] + arguments)
        #expect(result.errors == message)
        #expect(result.status == 2)
    }
}
