import Allocations
import Events
import Testing

@Suite(.enabled(if: allocationsCanBeCounted, "allocations are counted with glibc, and without a sanitizer"))
struct AllocationTests {
    // Walked by index: the iterator of an array allocates in a debug build.
    private static let names: [EventName] = [.type, .text, .customer, .id, .kind]

    private static func message(_ text: String) -> String {
        """
        {"to": "919999900000", "from": "+91 98000 10611", "messageId": "wamid.7.000000000000", \
        "dtMessageId": "00000007-0000-4000-8000-000000000000", "receivedAt": "2026-05-28T20:26:40.000Z", \
        "contact": {"name": "Customer 10611 with a name"}, "integrationType": "WHATSAPP", \
        "message": {"type": "TEXT", "text": "\(text)", "context": {}}, "dtCustomerId": "customer_10611"}
        """
    }

    @Test(
        arguments: [
            (message("I wanted $100 but only got $20"), InputFormat.auto),
            (message(#"a \"quoted\" line\nand \u0939\u093f \ud83d\ude00"#), .auto),
            (message("मुझे अपने पैसे वापस चाहिए, कृपया जल्दी कीजिए"), .doubletick),
            (#"{"text":"I want a refund for what I ordered","customer":"+91 99999 00001","id":7}"#, .auto),
            (#"{"type":"MESSAGE_RECEIVED","business":919999900000,"text":"hello","time":1784614449}"#, .plain),
            (#"{"type":"a-kind-that-nobody-knows","tag":"a tag of more than a few letters","by":"agent"}"#, .auto),
            (#"{"nobody":"knows","this":["shape",1,2.5,null,true,{"a":"b"}],"chatId":"x"}"#, .auto),
            (
                #"{"specversion":"1.0","type":"order-placed","id":"a-rather-long-identifier","data":{"text":"hi there"}}"#,
                .auto
            ),
            (
                #"""
                {"object":"whatsapp_business_account","entry":[{"changes":[{"value":{"metadata":
                {"display_phone_number":"919999900000"},"contacts":[{"wa_id":"919999900001","profile":{"name":"Kiran"}}],
                "messages":[{"from":"919999900001","id":"wamid.raw0001","type":"text","text":{"body":"hello"}}]}}]}]}
                """#, .auto
            ),
            ("", .auto),
        ]
    )
    func `a line is decoded without allocations once the decoder is warm`(line: String, format: InputFormat) {
        var decoder = EventDecoder(format: format)
        let line = Array(line.utf8)
        var bytes = 0
        func decode() {
            _ = unsafe line.withUnsafeBytes { line in
                unsafe decoder.decode(line) { event in
                    for index in Self.names.indices {
                        bytes += unsafe event.withUTF8(Self.names[index]) { $0.count } ?? 0
                    }
                }
            }
        }
        decode()
        decode()
        #expect(countAllocations { decode() } == 0)
        #expect(line.isEmpty || bytes > 0)
    }

    @Test func `a path is followed without allocations`() throws {
        var parser = JSONParser()
        let root = try parser.parse(#"{"items":[{"sku":"A","n":[1,2]},{"sku":"B","n":[3]}],"contact":{"name":"K"}}"#)
            .root
        let paths = try ["contact.name", "items.1.sku", "items.*.n.*", "contact.phone"].map(FieldPath.init(parsing:))
        var found = 0
        func follow() {
            for index in paths.indices {
                if paths[index].first(in: root) != nil { found += 1 }
                if paths[index].contains(in: root, where: { $0.integer == 3 }) { found += 1 }
            }
        }
        follow()
        #expect(countAllocations { follow() } == 0)
        #expect(found == 8)
    }

    @Test func `an event is copied without allocations`() throws {
        var decoder = EventDecoder(format: .auto)
        guard case .events(let events) = decoder.decode(Self.message("hello")), var copy = events.first else {
            Issue.record("no event")
            return
        }
        let count = countAllocations {
            copy = events[0]
            copy.business = "919999900009"
        }
        #expect(count == 0)
        #expect(copy.business == "919999900009")
    }

    @Test func `what allocates is counted`() {
        var kept: [[UInt8]] = []
        kept.reserveCapacity(8)
        #expect(countAllocations { for size in 1...3 { kept.append([UInt8](repeating: 0, count: size)) } } == 3)
    }
}
