import Testing

@testable import Sandbox

struct GuardTests {
    @Test(
        arguments: [
            ("127.0.0.1", true), ("127.0.0.1:8080", true), ("127.8.9.1:1", true), ("localhost:8080", true),
            ("LocalHost", true), ("[::1]", true), ("[::1]:8080", true), ("", false), ("evil.example", false),
            ("127.0.0.1.evil.example", false), ("localhost.evil.example:80", false), ("127.0.0.1:", false),
            ("127.0.0.1:80:80", false), ("127.0.0.1:99999", false), ("127.0.0.256", false), ("128.0.0.1", false),
            ("[::1", false), ("[::2]", false), ("[::1]x", false), ("0.0.0.0", false), ("::1", false), ("127.1", false),
        ]
    )
    func `only loopback hosts pass`(host: String, passes: Bool) {
        #expect(LoopbackGuard.isLoopback(authority: host) == passes)
    }

    @Test(
        arguments: [
            (nil, true), ("http://127.0.0.1:8080", true), ("https://localhost", true), ("null", false),
            ("http://evil.example", false), ("file://", false), ("http://127.0.0.1.evil.example", false),
        ] as [(String?, Bool)]
    )
    func `only pages of this machine may send requests`(origin: String?, passes: Bool) {
        let refusal = LoopbackGuard.refusal(host: "127.0.0.1", origin: origin)
        #expect(refusal == (passes ? nil : "The sandbox answers no requests that pages of other sites send."))
    }

    @Test func `a request of another site's page is answered with 403 and changes nothing`() async throws {
        try await LiveSandbox.run { live in
            let line = #"{"customer":"919999900001","text":"hello"}"#
            let headers = ["Origin": "http://evil.example"]
            let reply = try await live.send("POST", "/sandbox/messages", headers: headers, body: line)
            #expect(
                reply
                    == LiveSandbox.Reply(
                        status: 403,
                        body:
                            #"{"statusCode":403,"message":"The sandbox answers no requests that pages of other sites send.","#
                            + #""error":"Forbidden"}"#
                    )
            )
            #expect(live.sandbox.snapshot().chats.flatMap(\.messages) == [])
        }
    }

    #if os(Linux)
        // Elsewhere URLSession does not let a caller choose the Host header.
        @Test(arguments: ["/", "/sandbox/state", "/collaborators/add"])
        func `a name that leads here by DNS rebinding is answered with 403`(path: String) async throws {
            try await LiveSandbox.run { live in
                let reply = try await live.send("GET", path, headers: ["Host": "evil.example"])
                #expect(
                    reply
                        == LiveSandbox.Reply(
                            status: 403,
                            body:
                                #"{"statusCode":403,"message":"The sandbox answers only requests to a loopback host such as "#
                                + #"127.0.0.1.","error":"Forbidden"}"#
                        )
                )
            }
        }
    #endif
}
