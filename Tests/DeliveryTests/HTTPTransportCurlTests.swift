import ActionKit
import Delivery
import Foundation
import Testing

struct HTTPTransportCurlTests {
    private static func destination(header: String = "Authorization") throws -> Destination {
        Destination(
            name: "doubletick",
            baseURL: try BaseURL("https://public.doubletick.io"),
            credential: try Credential("key_never-shown"),
            credentialHeader: header
        )
    }

    @Test func `a request reads as a command that people can run`() throws {
        let request = ActionRequest(
            destination: "doubletick",
            method: "POST",
            path: "/collaborators/add",
            json: #"{"from":"919999900000","to":"919999900001","agentNumbers":["919999900101"]}"#
        )
        #expect(
            try Self.destination().curl(for: request, keyVariable: "DOUBLETICK_API_KEY") == #"""
                curl --request POST 'https://public.doubletick.io/collaborators/add' \
                  --header "Authorization: $DOUBLETICK_API_KEY" \
                  --header 'Content-Type: application/json' \
                  --data-raw '{"from":"919999900000","to":"919999900001","agentNumbers":["919999900101"]}'
                """#
        )
    }

    @Test func `a request without key and body is one line`() throws {
        let request = ActionRequest(destination: "doubletick", method: "GET", path: "/team")
        #expect(
            try Self.destination().curl(for: request, keyVariable: nil)
                == "curl --request GET 'https://public.doubletick.io/team'"
        )
    }

    @Test(
        arguments: [
            "{}", "", "'", "''", "'\\''", "\\", "\\\\'", "$HOME", "$(exit 3)", "`exit 3`", "\"", "!!", "a\nb\r\nc",
            "\t",
            "@/etc/passwd", "-X", "--", "; exit 3", "' ; exit 3 ; '", "\n' \\\n exit 3 \n'", "#", "*", "~", "%s %n",
            "नमस्ते 🙏🏽", "\u{2028}", "\u{1B}[31m", "e\u{301}", "\u{FEFF}", "'\u{301}", "$'\\x41'", "\\\n", "|&<>(){}[]?",
        ]
    )
    func `the shell passes on any text as it is`(text: String) throws {
        try Self.expectFaithful(method: "POST", path: "/collaborators/add", json: text, header: "Authorization")
        try Self.expectFaithful(method: "POST" + text, path: "/" + text, json: "{}", header: "X" + text)
    }

    @Test func `the shell passes on texts drawn from all that is dangerous`() throws {
        let pieces = [
            "'", "\"", "\\", "$", "`", "\n", " ", "$(", ")", "!", "a", "é", "\r", ";", "''", "\\'", "\u{301}", "$K",
        ]
        var seed: UInt64 = 0x5EED
        for _ in 0..<60 {
            var text = ""
            for _ in 0..<12 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(seed >> 33) % pieces.count]
            }
            try Self.expectFaithful(method: "POST", path: "/" + text, json: text, header: text)
        }
    }

    @Test func `a NUL, which no argument can hold, is written as its JSON escape`() throws {
        let request = ActionRequest(destination: "doubletick", method: "POST", path: "/a", json: "\"\0\"")
        let arguments = try Self.arguments(of: Self.destination().curl(for: request, keyVariable: nil))
        #expect(arguments.last == #""\u0000""#)
    }

    @Test(arguments: [("MY-KEY", "MY_KEY"), ("1KEY", "_1KEY"), ("", "_"), ("K;exit 3", "K_exit_3"), ("é", "_")])
    func `what cannot stand in the name of a variable becomes an underscore`(name: String, variable: String) throws {
        let request = ActionRequest(destination: "doubletick", method: "GET", path: "/a")
        #expect(
            try Self.destination().curl(for: request, keyVariable: name) == """
                curl --request GET 'https://public.doubletick.io/a' \\
                  --header "Authorization: $\(variable)"
                """
        )
    }

    private static func expectFaithful(method: String, path: String, json: String, header: String) throws {
        let request = ActionRequest(destination: "doubletick", method: method, path: path, json: json)
        let command = try destination(header: header).curl(for: request, keyVariable: "KEY")
        #expect(
            try arguments(of: command).map { Array($0.utf8) }
                == [
                    "--request", method, "https://public.doubletick.io" + path,
                    "--header", header + ": it's the \"key\" $HOME",
                    "--header", "Content-Type: application/json", "--data-raw", json,
                ].map { Array($0.utf8) },
            "\(command)"
        )
    }

    /// The arguments that a shell would give to curl.
    private static func arguments(of command: String) throws -> [String] {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", #"curl() { printf '%s\0' "$@"; }"# + "\n" + command]
        shell.environment = ["KEY": "it's the \"key\" $HOME"]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
        return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
