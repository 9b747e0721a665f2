import Foundation
import Testing

@testable import Sandbox

struct MessageIntakeTests {
    @Test(
        arguments: [
            (
                #"{"to":"919999900000","from":"919999900001","dtMessageId":"m1","receivedAt":"2026-07-21T06:14:09.412Z","#
                    + #""contact":{"name":"Kiran Patel"},"message":{"type":"TEXT","text":"hello","context":{}}}"#,
                IncomingMessage(
                    customer: "919999900001",
                    business: "919999900000",
                    name: "Kiran Patel",
                    message: SandboxMessage(text: "hello", attachment: nil, id: "m1"),
                    milliseconds: 1_784_614_449_412
                )
            ),
            (
                #"{"to":"1","from":"2","contact":"Kiran","status":"RECEIVED","#
                    + #""message":{"type":"DOCUMENT","caption":"invoice","fileName":"inv.pdf"}}"#,
                IncomingMessage(
                    customer: "2",
                    business: "1",
                    name: "Kiran",
                    message: SandboxMessage(text: "invoice", attachment: "Document · inv.pdf", id: nil),
                    milliseconds: nil
                )
            ),
            (
                #"{"text":"hi","customer":"2","business":"1","name":"K","time":"2026-07-21T06:14:09Z","id":"e1"}"#,
                IncomingMessage(
                    customer: "2",
                    business: "1",
                    name: "K",
                    message: SandboxMessage(text: "hi", attachment: nil, id: "e1"),
                    milliseconds: 1_784_614_449_000
                )
            ),
            (
                #"{"beckon":1,"type":"message-received","business":"1","received":1784614449,"#
                    + #""event":{"text":"hi","customer":"2"}}"#,
                IncomingMessage(
                    customer: "2",
                    business: "1",
                    name: nil,
                    message: SandboxMessage(text: "hi", attachment: nil, id: nil),
                    milliseconds: 1_784_614_449_000
                )
            ),
            (
                #"{"text":"hi","customer":"2","time":1e300}"#,
                IncomingMessage(
                    customer: "2",
                    business: nil,
                    name: nil,
                    message: SandboxMessage(text: "hi", attachment: nil, id: nil),
                    milliseconds: nil
                )
            ),
        ]
    )
    func `every shape of a message is read`(line: String, message: IncomingMessage) {
        #expect(IncomingMessage.read(line.utf8) == .message(message))
    }

    @Test(
        arguments: [
            ("IMAGE", "{}", "Photo"), ("VIDEO", "{}", "Video"), ("AUDIO", "{}", "Voice message"),
            ("STICKER", "{}", "Sticker"), ("DOCUMENT", #"{"filename":"a.pdf"}"#, "Document · a.pdf"),
            ("LOCATION", #"{"name":"Shop","address":"Pune"}"#, "Location · Shop"), ("LOCATION", "{}", "Location"),
            ("CONTACTS", "{}", "Contact"), ("FLOW", "{}", "Form"), ("LIST_REPLY", "{}", "Choice"),
            ("BUTTON", "{}", "Choice"), ("NEW_KIND", "{}", "New Kind"), ("TEXT", "{}", nil),
        ] as [(String, String, String?)]
    )
    func `an attachment is named`(type: String, more: String, name: String?) throws {
        let content = more.replacing("{", with: "{\"type\":\"\(type)\"" + (more == "{}" ? "" : ","))
        let line = #"{"from":"1","to":"2","message":\#(content)}"#
        guard case .message(let message) = IncomingMessage.read(line.utf8) else {
            Issue.record("not read: \(line)")
            return
        }
        #expect(message.message == SandboxMessage(text: "", attachment: name, id: nil))
    }

    @Test func `bad lines are counted and numbered, and the others are taken`() async throws {
        try await LiveSandbox.run { live in
            let lines = [
                #"{"customer":"919999900001","text":"one","id":"a"}"#,
                "",
                "{",
                #"{"customer":"919999900001","text":"one","id":"a"}"#,
                "[1]",
                #"{"text":"from nobody"}"#,
                #"{"customer":"abc","text":"x"}"#,
                #"{"customer":"1","business":"1234567890123456","text":"x"}"#,
                #"{"type":"add-tag","customer":"919999900001","tag":"vip"}"#,
                #"{"from":"919999900000","to":"919999900001","status":"DELIVERED","message":{"text":"agent"}}"#,
                #"{"from":"919999900055","to":"919999900000","contact":{"name":"Neu"},"message":{"text":"two"}}"#
                    + "\r",
            ]
            let reply = try await live.send("POST", "/sandbox/messages", body: lines.joined(separator: "\n"))
            #expect(
                reply
                    == LiveSandbox.Reply(
                        status: 200,
                        body: #"{"lines":10,"messages":2,"repeated":1,"skipped":2,"rejected":5,"problems":["#
                            + #"{"line":3,"reason":"is not JSON"},{"line":5,"reason":"is no JSON object"},"#
                            + #"{"line":6,"reason":"names no customer"},"#
                            + #"{"line":7,"reason":"has a customer that is no phone number: it has no digits"},"#
                            + #"{"line":8,"reason":"has a business number that is no phone number: "#
                            + #"it has more than 15 digits"}]}"#
                    )
            )
            let chats = live.sandbox.snapshot().chats
            #expect(chats.map(\.title) == ["Neu", "Kiran Patel", "+91 99999 00002"])
            #expect(chats.map { $0.messages.map(\.text) } == [["two"], ["one"], []])
        }
    }

    @Test func `a message without a business number needs the only one`() throws {
        let sandbox = try Sandbox(.example(seed: SandboxSeed(businesses: ["1", "2"])))
        let report = sandbox.receive(lines: #"{"customer":"3","text":"x"}"#.utf8)
        let reason = "names no business number, and the sandbox does not know just one"
        #expect(
            report
                == SandboxIntake(
                    lines: 1,
                    rejected: 1,
                    problems: [SandboxIntake.Problem(line: 1, reason: reason)]
                )
        )
    }
}
