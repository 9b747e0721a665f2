import Diagnostics
import Events
import Foundation
import RuleTesting
import Testing

/// The events that tests stand for.
struct TestEventTests {
    private func event(_ shorthand: String) throws -> Event {
        let rules = TestedRules("tests: [{ name: it, event: \(shorthand), expect: none }]")
        #expect(rules.problems == "")
        return try #require(rules.tests.first?.events.first).event
    }

    @Test func `shorthand stands for a whole DoubleTick message`() throws {
        let event = try event("{ text: Hello }")
        #expect(event.type == "message-received")
        #expect(event.text == "Hello")
        #expect(event.kind == .text)
        #expect(event.by == .customer)
        #expect(event.customer == "919999900001")
        #expect(event.business == "919999900000")
        #expect(event.conversation == "919999900000:919999900001")
        #expect(event.name == "Test Customer")
        // Wednesday 2026-01-07, noon in Kolkata.
        #expect(event.time?.iso8601 == "2026-01-07T06:30:00Z")
        #expect(
            event.fields.serialized()
                == #"{"to":"919999900000","from":"919999900001","messageId":"wamid.test-1","dtMessageId":"test-1","receivedAt":"2026-01-07T06:30:00Z","integrationType":"WHATSAPP","dtCustomerId":"customer_919999900001","contact":{"name":"Test Customer"},"message":{"type":"TEXT","text":"Hello"}}"#
        )
    }

    @Test(arguments: [
        ("text", #"{"type":"TEXT","text":"Hi","payload":"7"}"#),
        ("image", #"{"type":"IMAGE","caption":"Hi","payload":"7"}"#),
        ("video", #"{"type":"VIDEO","caption":"Hi","payload":"7"}"#),
        ("audio", #"{"type":"AUDIO","text":"Hi","payload":"7"}"#),
        ("document", #"{"type":"DOCUMENT","caption":"Hi","payload":"7"}"#),
        ("button", #"{"type":"BUTTON","text":"Hi","payload":"7"}"#),
        ("list-reply", #"{"type":"LIST_REPLY","text":"Hi","id":"7"}"#),
        ("location", #"{"type":"LOCATION","text":"Hi","payload":"7"}"#),
    ])
    func `every kind of message has its own content`(kind: String, content: String) throws {
        let event = try event("{ kind: \(kind), text: Hi, choice: 7 }")
        #expect(event.kind?.rawValue == kind)
        #expect(event.text == "Hi")
        #expect(event.choice == "7")
        #expect(event.fields["message"]?.serialized() == content)
    }

    /// Shorthand must not be an event that no stream brings.
    @Test(arguments: [
        "{ text: Hi }", "{ kind: image, text: Hi }", "{ kind: video, text: Hi }", "{ kind: document, text: Hi }",
        "{ kind: audio }", "{ kind: location }", "{ kind: button, text: Yes, choice: 'yes' }",
        "{ kind: list-reply, text: Blue, choice: '7' }", "{ text: Hi, name: Zoe, customer: +91 99999 00002 }",
    ])
    func `the same message in a stream is the same event`(shorthand: String) throws {
        let event = try event(shorthand)
        var decoder = EventDecoder(format: .auto)
        guard case .events(let decoded) = decoder.decode(event.fields.serialized()), let twin = decoded.first else {
            Issue.record("a stream would reject it")
            return
        }
        #expect(decoded.count == 1)
        #expect(twin.type == event.type)
        #expect(twin.text == event.text)
        #expect(twin.kind == event.kind)
        #expect(twin.choice == event.choice)
        #expect(twin.customer == event.customer)
        #expect(twin.business == event.business)
        #expect(twin.name == event.name)
        #expect(twin.by == event.by)
        #expect(twin.time == event.time)
    }

    @Test func `names are read as written`() throws {
        let event = try event(
            "{ type: add-tag, tag: on, agent: asha, customer: +91 99999 00002, business: main, id: 0x1F, name: 'no', time: 2026-02-01T00:00:00Z, by: api }"
        )
        #expect(event.type == "add-tag")
        #expect(event.tag == "on")
        #expect(event.agent == "919999900101")
        #expect(event.customer == "919999900002")
        #expect(event.business == "919999900000")
        #expect(event.id == "0x1F")
        #expect(event.name == "no")
        #expect(event.by == .api)
        #expect(event.kind == nil)
        #expect(event.text == nil)
        #expect(event.time?.iso8601 == "2026-02-01T00:00:00Z")
        #expect(event.fields.serialized() == "{}")
    }

    @Test func `what a test says of the original wins`() throws {
        let event = try event(
            "{ text: Hi, fields: { contact: { name: Zoe }, message: { text: Ho, extra: [1, on, null] }, order: { total: 5.5 } } }"
        )
        #expect(event.fields["contact"]?.serialized() == #"{"name":"Zoe"}"#)
        #expect(event.fields["message"]?.serialized() == #"{"type":"TEXT","text":"Ho","extra":[1,"on",null]}"#)
        #expect(event.fields["order"]?.serialized() == #"{"total":5.5}"#)
    }

    @Test func `each test has an event of its own`() {
        let rules = TestedRules(
            "tests:\n" + (1...3).map { "  - { name: t\($0), event: { text: a }, expect: none }\n" }.joined()
        )
        #expect(rules.tests.compactMap(\.events.first?.event.id) == ["test-1", "test-2", "test-3"])
    }

    @Test func `a file holds an original, beside the file that names it`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rule-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try #"{"text": "from a file", "customer": "+91 99999 00007"}"#.write(
            to: folder.appending(path: "x.json"),
            atomically: true,
            encoding: .utf8
        )
        try "not JSON".write(to: folder.appending(path: "y.json"), atomically: true, encoding: .utf8)
        let path = folder.appending(path: "tests.yml").path
        let rules = TestedRules("tests: [{ name: it, event: { file: x.json }, expect: none }]", path: path)
        #expect(rules.problems == "")
        #expect(rules.tests.first?.events.first?.event.text == "from a file")
        #expect(rules.tests.first?.events.first?.event.customer == "919999900007")
        let bad = TestedRules("tests: [{ name: it, event: { file: y.json }, expect: none }]", path: path)
        #expect(bad.tests.isEmpty)
        #expect(bad.diagnostics.map(\.code.rawValue) == ["R206"])
    }
}
