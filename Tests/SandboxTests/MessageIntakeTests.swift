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
                #"{"beckon":1,"type":"message-received","business":"919999900000","received":1784614449,"#
                    + #""event":{"text":"hi","customer":"2"}}"#,
                IncomingMessage(
                    customer: "2",
                    business: "919999900000",
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
        var reader = MessageReader()
        #expect(reader.read(line.utf8) == [.message(message)])
    }

    @Test func `a line may hold several events, and other formats are read too`() throws {
        let sandbox = try Sandbox(.example())
        let lines = [
            #"{"object":"whatsapp_business_account","entry":[{"changes":[{"value":{"#
                + #""metadata":{"display_phone_number":"919999900000"},"#
                + #""contacts":[{"wa_id":"919999900001","profile":{"name":"Kiran Patel"}}],"messages":["#
                + #"{"from":"919999900001","id":"w1","timestamp":"1784614449","type":"text","text":{"body":"one"}},"#
                + #"{"from":"919999900001","id":"w2","timestamp":"1784614450","type":"document","#
                + #""document":{"filename":"a.pdf","caption":"two"}},"#
                + #"{"from":"919999900001","id":"w3","timestamp":"1784614451","type":"sticker","sticker":{}},"#
                + #"{"from":"nobody","id":"w4","type":"text","text":{"body":"lost"}}],"#
                + #""statuses":[{"id":"w0","recipient_id":"919999900001","status":"read"}]}}]}]}"#,
            #"{"specversion":"1.0","id":"1","source":"/shop","type":"message-received","time":"2026-07-21T06:14:12Z","#
                + #""data":{"text":"three","customer":"+91 99999 00001"}}"#,
            #"{"to":"919999900000","from":"919999900001","dtMessageId":"m1","receivedAt":"2026-07-21T06:14:13Z","#
                + #""referralObject":{},"message":{"type":"TEXT","text":"four"}}"#,
            #"{"to":"919999900000","from":"919999900001","dtMessageId":"m1","receivedAt":"2026-07-21T06:14:13Z","#
                + #""message":{"type":"TEXT","text":"four"}}"#,
            #"{"to":"12036300000000000000","from":"919999900001","dtMessageId":"m2","type":"wa_group","#
                + #""message":{"type":"TEXT","text":"to all"}}"#,
            #"{"type":"message-received","by":"agent","customer":"919999900001","text":"from us"}"#,
            #"{"beckon":2,"event":{"text":"x","customer":"919999900001"}}"#,
        ]
        let expected = SandboxIntake(
            lines: 7,
            messages: 5,
            repeated: 1,
            skipped: 3,
            rejected: 2,
            problems: [
                SandboxIntake.Problem(line: 1, reason: "has a customer that is no phone number: it has no digits"),
                SandboxIntake.Problem(line: 7, reason: "cannot be opened: the envelope's version is 2 instead of 1"),
            ]
        )
        #expect(sandbox.receive(lines: lines.joined(separator: "\n").utf8) == expected)
        let chat = try #require(sandbox.snapshot().chat(business: "919999900000", customer: "919999900001"))
        #expect(
            chat.messages == [
                SandboxMessage(text: "one", attachment: nil, id: "w1"),
                SandboxMessage(text: "two", attachment: "Document · a.pdf", id: "w2"),
                SandboxMessage(text: "", attachment: "Sticker", id: "w3"),
                SandboxMessage(text: "three", attachment: nil, id: "/shop:1"),
                SandboxMessage(text: "four", attachment: nil, id: "m1"),
            ]
        )
        #expect(chat.entries.map(\.milliseconds) == (0..<5).map { 1_784_614_449_000 + $0 * 1_000 })
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
        var reader = MessageReader()
        guard case .message(let message)? = reader.read(line.utf8).first else {
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
