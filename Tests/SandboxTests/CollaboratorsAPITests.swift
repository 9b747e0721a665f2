import Foundation
import Testing

@testable import Sandbox

/// Every answer of the stand-in API, word for word, over a real socket.
struct CollaboratorsAPITests {
    private static let ok = #"{"from":"919999900000","to":"919999900001","agentNumbers":["919999900101"]}"#
    private static let wrongKey = #"{"statusCode":401,"message":"Invalid public api key","error":"Unauthorized"}"#
    private static let noChat = #"{"statusCode":400,"message":"Chat or waba number not found","error":"Bad Request"}"#

    @Test(
        arguments: [
            (["919999900101"], #"{"success":[{"number":"+919999900101","name":"Asha Rao"}],"failed":[]}"#),
            (["+91 99999-00101"], #"{"success":[{"number":"+919999900101","name":"Asha Rao"}],"failed":[]}"#),
            (["919999900103"], #"{"success":[{"number":"+919999900103","name":null}],"failed":[]}"#),
            (
                ["919999900101", "9999900199", "919999900102", ""],
                #"{"success":[{"number":"+919999900101","name":"Asha Rao"},{"number":"+919999900102","name":"Ravi Iyer"}],"#
                    + #""failed":[{"number":"9999900199"},{"number":""}]}"#
            ),
            (["99999 00101"], #"{"success":[],"failed":[{"number":"99999 00101"}]}"#),
            (
                ["+919999900101", "919999900101"],
                #"{"success":[{"number":"+919999900101","name":"Asha Rao"}],"failed":[]}"#
            ),
            (["\"\\\n\u{1}é"], #"{"success":[],"failed":[{"number":"\"\\\n\u0001é"}]}"#),
        ] as [([String], String)]
    )
    func `numbers are matched by their digits`(agents: [String], answer: String) async throws {
        try await LiveSandbox.run { live in
            for path in ["/collaborators/add", "/collaborators/remove"] {
                let json = try JSONSerialization.data(withJSONObject: [
                    "from": "+91 99999 00000", "to": "+919999900001", "agentNumbers": agents,
                ])
                let reply = try await live.call(path, String(decoding: json, as: UTF8.self))
                #expect(reply == LiveSandbox.Reply(status: 200, body: answer))
            }
        }
    }

    @Test(arguments: [nil, "", "key_sandboX", "key_sandbo", "key_sandbox2", "Bearer key_sandbox", "key key_sandbox"])
    func `any other Authorization than the key alone is refused`(key: String?) async throws {
        try await LiveSandbox.run { live in
            let reply = try await live.call("/collaborators/add", key: key, Self.ok)
            #expect(reply == LiveSandbox.Reply(status: 401, body: Self.wrongKey))
            #expect(live.sandbox.snapshot().chats.flatMap(\.collaborators) == [])
        }
    }

    @Test(
        arguments: [
            (
                "{}",
                #"["from should not be empty","from must be a string","to should not be empty","to must be a string","#
                    + #""each value in agentNumbers must be a string","agentNumbers must contain at least 1 elements","#
                    + #""agentNumbers must be an array"]"#
            ),
            (
                #"{"from":"","to":7,"agentNumbers":[]}"#,
                #"["from should not be empty","to must be a string","agentNumbers must contain at least 1 elements"]"#
            ),
            (
                #"{"from":"919999900000","to":"919999900001","agentNumbers":["919999900101",7]}"#,
                #"["each value in agentNumbers must be a string"]"#
            ),
            (
                #"{"from":"919999900000","to":"919999900001","agentNumbers":"919999900101"}"#,
                #"["each value in agentNumbers must be a string","agentNumbers must contain at least 1 elements","#
                    + #""agentNumbers must be an array"]"#
            ),
            (
                #"[{"from":"919999900000"}]"#,
                #"["from should not be empty","from must be a string","to should not be empty","to must be a string","#
                    + #""each value in agentNumbers must be a string","agentNumbers must contain at least 1 elements","#
                    + #""agentNumbers must be an array"]"#
            ),
        ]
    )
    func `a body that breaks the schema is told all its faults`(body: String, messages: String) async throws {
        try await LiveSandbox.run { live in
            let reply = try await live.call("/collaborators/add", body)
            let expected = #"{"statusCode":400,"message":\#(messages),"error":"Bad Request"}"#
            #expect(reply == LiveSandbox.Reply(status: 400, body: expected))
        }
    }

    @Test(arguments: ["", "{", #"{"from":"\uD800"}"#, "\u{FEFF}nonsense", String(repeating: "[", count: 100_000)])
    func `a body that is no JSON is refused`(body: String) async throws {
        try await LiveSandbox.run { live in
            let reply = try await live.call("/collaborators/add", body)
            let expected = #"{"statusCode":400,"message":"The body is not valid JSON","error":"Bad Request"}"#
            #expect(reply == LiveSandbox.Reply(status: 400, body: expected))
        }
    }

    @Test func `a body that is not sent as JSON is not read`() async throws {
        try await LiveSandbox.run { live in
            let headers = ["Authorization": "key_sandbox", "Content-Type": "text/plain"]
            let reply = try await live.send("POST", "/collaborators/add", headers: headers, body: Self.ok)
            let nothing = try await live.call("/collaborators/add", "{}")
            #expect(reply == nothing)
            #expect(
                live.sandbox.snapshot().calls.map(\.hint) == [
                    "The Content-Type is not application/json, so the body is not read.", nil,
                ]
            )
        }
    }

    @Test(
        arguments: [
            (
                "919999900001", "919999900000",
                "“from” and “to” are the wrong way round: “from” is the business number, “to” the customer’s."
            ),
            ("919999900009", "919999900001", "The sandbox knows no business number +91 99999 00009."),
            ("nobody", "919999900001", "The sandbox knows no business number without digits."),
            ("919999900000", "919999900077", "Customer +91 99999 00077 has no chat with this business number."),
        ]
    )
    func `a chat that does not exist is refused and the log says why`(
        from: String,
        to: String,
        hint: String
    ) async throws {
        try await LiveSandbox.run { live in
            let body = #"{"from":"\#(from)","to":"\#(to)","agentNumbers":["919999900101"]}"#
            let reply = try await live.call("/collaborators/add", body)
            #expect(reply == LiveSandbox.Reply(status: 400, body: Self.noChat))
            #expect(live.sandbox.snapshot().calls.map(\.hint) == [hint])
        }
    }

    @Test(
        arguments: [
            ("POST", "/nope", "Cannot POST /v2/p/nope"),
            ("POST", "/collaborators/add/?x=1", "Cannot POST /v2/p/collaborators/add/"),
            ("GET", "/collaborators/add", "Cannot GET /v2/p/collaborators/add"),
            ("DELETE", "/collaborators/remove", "Cannot DELETE /v2/p/collaborators/remove"),
            ("POST", "/", "Cannot POST /v2/p/"),
            ("POST", "/key_sandbox?key=key_sandbox", "Cannot POST /v2/p/•••"),
        ]
    )
    func `a wrong path or method is not found, whatever the key`(
        method: String,
        path: String,
        message: String
    ) async throws {
        try await LiveSandbox.run { live in
            let reply = try await live.send(method, path)
            let expected = #"{"message":"\#(message)","error":"Not Found","statusCode":404}"#
            #expect(reply == LiveSandbox.Reply(status: 404, body: expected))
        }
    }

    @Test func `adding twice and removing twice is harmless`() async throws {
        try await LiveSandbox.run { live in
            for path in ["add", "add", "remove", "remove"] {
                _ = try await live.call("/collaborators/\(path)", Self.ok)
            }
            let snapshot = live.sandbox.snapshot()
            #expect(snapshot.calls.map(\.effect) == [.added, .alreadyThere, .removed, .notThere])
            let asha = SandboxAgent(name: "Asha Rao", number: "919999900101")
            let chat = try #require(snapshot.chat(business: "919999900000", customer: "919999900001"))
            #expect(chat.entries.map(\.content) == [.joined(asha), .left(asha)])
            #expect(chat.collaborators == [])
        }
    }

    @Test func `the owner of a chat may be added too`() async throws {
        try await LiveSandbox.run { live in
            let body = #"{"from":"919999900000","to":"919999900001","agentNumbers":["919999900102"]}"#
            _ = try await live.call("/collaborators/add", body)
            let chat = try #require(live.sandbox.snapshot().chat(business: "919999900000", customer: "919999900001"))
            let ravi = SandboxAgent(name: "Ravi Iyer", number: "919999900102")
            #expect(chat.owner == ravi)
            #expect(chat.collaborators == [SandboxCollaborator(agent: ravi, joinedMilliseconds: 1_784_635_201_000)])
        }
    }

    @Test(arguments: [("919999900000", "919999900077", 200), ("919999900077", "919999900000", 400)])
    func `chats appear on demand, but not the wrong way round`(from: String, to: String, status: Int) async throws {
        try await LiveSandbox.run(.example(createsChats: true)) { live in
            let body = #"{"from":"\#(from)","to":"\#(to)","agentNumbers":["919999900101"]}"#
            let reply = try await live.call("/collaborators/add", body)
            #expect(reply.status == status)
        }
    }

    @Test func `many adds at once put everybody in once`() async throws {
        try await LiveSandbox.run { live in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<60 {
                    group.addTask { try await live.call("/collaborators/add", Self.ok).status }
                }
                for try await status in group { #expect(status == 200) }
            }
            let snapshot = live.sandbox.snapshot()
            #expect(snapshot.calls.map(\.sequence) == Array(1...60))
            #expect(snapshot.calls.filter { $0.effect == .added }.count == 1)
            #expect(snapshot.chats.flatMap(\.collaborators).map(\.agent.number) == ["919999900101"])
        }
    }
}
