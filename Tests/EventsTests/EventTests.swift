import Events
import SeededRandom
import Testing

struct EventTests {
    private static let texts = [
        nil, "", "a", "919999900001", "fifteen letters", "sixteen letters.", "message-received", "add-tag", "unknown",
        "नमस्ते, कैसे हैं आप?", "\0", "a\0", "e\u{301}",
    ]

    @Test(arguments: texts, texts)
    func `a name is what it was set to, and its bytes are the same`(first: String?, second: String?) throws {
        var parser = JSONParser()
        var event = Event(type: first ?? "", fields: try parser.parse("{}").root)
        (event.text, event.customer, event.business, event.id) = (first, second, first, second)
        (event.choice, event.name, event.agent, event.tag) = (second, first, second, first)
        #expect([event.text, event.business, event.name, event.tag] == [first, first, first, first])
        #expect([event.customer, event.id, event.choice, event.agent] == [second, second, second, second])
        #expect(event.type == first ?? "")
        (event.type, event.text) = (second ?? "", second)
        #expect(event.type == second ?? "")
        #expect(Self.bytes(of: .text, in: event) == second.map { Array($0.utf8) })
        #expect(Self.bytes(of: .type, in: event) == Array((second ?? "").utf8))
        #expect(event.text.map { Array($0.utf8) } == second.map { Array($0.utf8) })
    }

    @Test func `the bytes of each name are those of its text`() throws {
        var decoder = EventDecoder(format: .plain)
        let line = """
            {"type":"call-ended","text":"hi","customer":"+91 99999 00001","business":"main","id":-12345678901234567,
            "kind":"list-reply","by":"bot","time":1784614449,"choice":1,"tag":"\\u0939","agent":"asha","name":"Kiran"}
            """
        guard case .events(let events) = decoder.decode(line) else { return }
        let event = try #require(events.first)
        let expected: [EventName: String?] = [
            .type: event.type, .text: event.text, .kind: "list-reply", .choice: "1", .customer: "919999900001",
            .business: "main", .conversation: "main:919999900001", .name: "Kiran", .by: "bot", .agent: "asha",
            .tag: "ह", .id: "-12345678901234567", .time: "2026-07-21T06:14:09Z", .fields: nil,
        ]
        for name in EventName.allCases {
            let text = Self.bytes(of: name, in: event).map { String(decoding: $0, as: UTF8.self) }
            #expect(text == expected[name, default: nil], "\(name)")
        }
    }

    @Test func `an event that gets other fields keeps what it says`() throws {
        var decoder = EventDecoder(format: .plain)
        let line = #"{"text":"a text of more than a few letters","id":1234567890123456789,"tag":"VIP"}"#
        guard case .events(var events) = decoder.decode(line) else { return }
        let before = summary(of: try #require(events.first))
        var parser = JSONParser()
        events[0].fields = try parser.parse(#"{"other":"text that lies where the first one had another"}"#).root
        #expect(summary(of: events[0]) == before)
        #expect(events[0].fields.serialized() == #"{"other":"text that lies where the first one had another"}"#)
    }

    @Test func `a number in the common form is read as any other`() throws {
        var decoder = EventDecoder(format: .plain)
        for seed in 1...2000 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let text = random.text(from: ["+", "0", "00", "9", "12345", " ", "-", "1", "91", "("], countMax: 9)
            guard case .events(let events) = decoder.decode(#"{"customer":"\#(text)"}"#) else { continue }
            #expect(events.map(\.customer) == [PhoneDigits.from(text)], "seed \(seed): '\(text)'")
        }
    }

    private static func bytes(of name: EventName, in event: Event) -> [UInt8]? {
        unsafe event.withUTF8(name) { unsafe Array($0) }
    }
}
