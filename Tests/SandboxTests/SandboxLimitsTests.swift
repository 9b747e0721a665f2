import Foundation
import SeededRandom
import Testing

@testable import Sandbox

struct SandboxLimitsTests {
    private static func message(_ text: String, from customer: String = "919999900001") -> String {
        #"{"customer":"\#(customer)","text":"\#(text)"}"#
    }

    @Test func `the oldest entries of a chat are dropped, and the page says so`() async throws {
        var limits = SandboxLimits()
        limits.entriesPerChatMax = 2
        try await LiveSandbox.run(.example(limits: limits)) { live in
            live.sandbox.receive(lines: ["a", "b", "c", "d"].map { Self.message($0) }.joined(separator: "\n").utf8)
            let chat = try #require(live.sandbox.snapshot().chat(business: "919999900000", customer: "919999900001"))
            #expect(chat.messages.map(\.text) == ["c", "d"])
            #expect(chat.entries.map(\.sequence) == [3, 4])
            #expect(chat.entriesDropped == 2)
            let state = try await PageState(live, "?chat=919999900000:919999900001")
            #expect(state.conversation?.dropped == "2 older entries dropped: the newest 2 are kept.")
        }
    }

    @Test func `the chat that was quiet longest is dropped, and pages start anew`() async throws {
        var limits = SandboxLimits()
        limits.chatsMax = 2
        try await LiveSandbox.run(.example(limits: limits)) { live in
            let before = try await PageState(live)
            let lines = [Self.message("x", from: "919999900002"), Self.message("y", from: "919999900003")]
            live.sandbox.receive(lines: lines.joined(separator: "\n").utf8)
            let after = try await PageState(live, "?run=\(before.run)&version=\(before.version)")
            #expect(after.isWhole)
            #expect(after.chats.map(\.key) == ["919999900000:919999900003", "919999900000:919999900002"])
            #expect(after.totals.chatsDropped == "1 older chat dropped: the newest 2 are kept.")
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `whatever happened before, the chats that were active last are kept`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var limits = SandboxLimits()
        limits.chatsMax = 5
        var state = SandboxState(seed: SandboxSeed(), limits: limits)
        var recent: [ChatKey] = []
        for _ in 1...500 {
            let business = String(Int.random(in: 1...2, using: &random))
            let chat = ChatKey(business: business, customer: String(Int.random(in: 1...5, using: &random)))
            let isNew = state.chats[chat] == nil
            state.open(chat)
            let isActive = isNew || Bool.random(using: &random)
            if isActive { state.append(SandboxMessage(text: ""), to: chat, at: 0) }
            if isActive { recent = Array(([chat] + recent.filter { $0 != chat }).prefix(5)) }
            #expect(state.snapshot().chats.map(\.key) == recent)
            for business in ["1", "2"] {
                #expect(state.isBusiness(business) == recent.contains { $0.business == business })
            }
        }
    }

    @Test func `the oldest calls are dropped`() async throws {
        var limits = SandboxLimits()
        limits.callsMax = 2
        try await LiveSandbox.run(.example(limits: limits)) { live in
            for path in ["/a", "/b", "/c"] { _ = try await live.send("POST", path) }
            let snapshot = live.sandbox.snapshot()
            #expect(snapshot.calls.map(\.path) == ["/b", "/c"])
            #expect(snapshot.calls.map(\.sequence) == [2, 3])
            let totals = try await PageState(live).totals
            #expect(totals.callsDropped == "1 older call dropped: the newest 2 are kept.")
            #expect(totals.calls == "3 API calls")
        }
    }

    @Test func `a body that is too long is refused at both doors`() async throws {
        try await LiveSandbox.run { live in
            let long = String(repeating: " ", count: SandboxLimits().bodyBytesMax) + "{}"
            let api = try await live.call("/collaborators/add", long)
            #expect(
                api
                    == LiveSandbox.Reply(
                        status: 413,
                        body: #"{"statusCode":413,"message":"request entity too large","error":"Payload Too Large"}"#
                    )
            )
            let own = try await live.send("POST", "/sandbox/messages", body: long)
            #expect(
                own
                    == LiveSandbox.Reply(
                        status: 413,
                        body:
                            #"{"statusCode":413,"message":"The body is longer than 1048576 bytes; send it in pieces.","#
                            + #""error":"Payload Too Large"}"#
                    )
            )
        }
    }

    @Test func `long texts and names are cut, rejected lines are listed up to a limit`() throws {
        var limits = SandboxLimits()
        limits.textBytesMax = 8
        limits.nameBytesMax = 4
        limits.rejectedLinesMax = 2
        let sandbox = try Sandbox(.example(limits: limits))
        let line = #"{"customer":"919999900009","name":"नमस्ते","text":"a\u0000b\u0301c 😀😀"}"#
        let report = sandbox.receive(lines: "\(line)\nx\ny\nz".utf8)
        #expect(report.rejected == 3)
        #expect(report.problems.map(\.line) == [2, 3])
        let chat = try #require(sandbox.snapshot().chats.first)
        #expect(chat.name == "न…")
        #expect(chat.messages.map(\.text) == ["ab\u{301}c …"])
    }

    @Test func `the log of calls keeps no more than the beginning of a long call`() async throws {
        var limits = SandboxLimits()
        limits.agentsPerCallMax = 2
        limits.excerptBytesMax = 12
        try await LiveSandbox.run(.example(limits: limits)) { live in
            let body = #"{"from":"919999900000","to":"919999900001","agentNumbers":["a","b","c"]}"#
            _ = try await live.call("/collaborators/add", body)
            let call = try #require(live.sandbox.snapshot().calls.first)
            #expect(call.unmatched == ["a", "b"])
            #expect(call.answer == #"{"success":[…"#)
        }
    }
}

/// What the page would be told, decoded from the wire.
struct PageState: Decodable {
    struct Totals: Decodable {
        var chats: String
        var calls: String
        var chatsDropped: String
        var callsDropped: String
    }

    struct Chat: Decodable {
        var key: String
        var names: String
    }

    struct Conversation: Decodable {
        var key: String
        var dropped: String
    }

    struct Call: Decodable {
        var sequence: Int
        var deed: String
    }

    var run: String
    var version: Int
    var isWhole: Bool
    var totals: Totals
    var chats: [Chat]
    var conversation: Conversation?
    var calls: [Call]

    init(_ live: LiveSandbox, _ query: String = "") async throws {
        let reply = try await live.send("GET", "/sandbox/state\(query)")
        self = try JSONDecoder().decode(PageState.self, from: Data(reply.body.utf8))
    }
}
