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

    @Test(
        arguments: [
            (["--seed", "none.json"], "beckon: cannot read 'none.json'\n"),
            (["--port", "70000"], "beckon: 70000 is no port: 0 to 65535\n"),
            (["--faults", "500:5%"], "beckon: '--faults' is not built yet in version 0.1.0\n"),
        ] as [([String], String)]
    )
    func `a sandbox that cannot start says why`(arguments: [String], message: String) async throws {
        let result = try await Workplace().beckon(["sandbox"] + arguments)
        #expect(result.errors == message)
        #expect(result.status == 2)
    }
}
