import Events
import Testing

struct FormatTests {
    @Test(
        arguments: [
            (#"{"text":"I want a refund"}"#, "message-received by=customer kind=text text=I want a refund"),
            (
                #"{"customer":"+91 (99999) 000-01","business":919999900000,"name":"Kiran","text":"hi","id":"1"}"#,
                "message-received customer=919999900001 business=919999900000 conversation=919999900000:919999900001"
                    + " name=Kiran by=customer kind=text text=hi id=1"
            ),
            (#"{"text":5}"#, "message-received by=customer kind=text text=5"),
            (#"{"text":5.5}"#, "message-received by=customer"),
            (#"{"text":true,"customer":[1],"name":{},"id":null}"#, "message-received by=customer"),
            (#"{"text":""}"#, "message-received by=customer"),
            (#"{"choice":"row_1","text":"Billing"}"#, "message-received by=customer text=Billing choice=row_1"),
            (#"{"kind":"list-reply","choice":1}"#, "message-received by=customer kind=list-reply choice=1"),
            (#"{"kind":"hologram"}"#, "message-received by=customer kind=other"),
            (#"{"type":"ADD_TAG","tag":"VIP","text":"not the customer's"}"#, "add-tag by=unknown tag=VIP"),
            (#"{"type":"review-received","text":"nice"}"#, "review-received by=unknown text=nice"),
            // Begins and ends as one of DoubleTick's kinds does, and is as long.
            (
                #"{"type":"call-to-whatsbpp-message-received","text":"nice"}"#,
                "call-to-whatsbpp-message-received by=unknown text=nice"
            ),
            (
                #"{"text":"Looking into it","by":"agent","agent":"+919999900101"}"#,
                "message-received by=agent agent=919999900101"
            ),
            (#"{"by":"ghost","agent":"asha"}"#, "message-received by=unknown agent=asha"),
            (
                #"{"conversation":"919999900000:919999900001"}"#,
                "message-received customer=919999900001 business=919999900000 conversation=919999900000:919999900001 by=customer"
            ),
            (
                #"{"text":"hi","time":"2026-07-21T06:14:09Z"}"#,
                "message-received by=customer kind=text text=hi time=2026-07-21T06:14:09Z"
            ),
            (
                #"{"text":"hi","time":1784614449}"#,
                "message-received by=customer kind=text text=hi time=2026-07-21T06:14:09Z"
            ),
            (#"{"text":"hi","time":"yesterday"}"#, "message-received by=customer kind=text text=hi"),
            (#"{"customer":"12345"}"#, "message-received by=customer"),
            (#"{"customer":"919999900001x"}"#, "message-received by=customer"),
            (#"{"customer":"1234567890123456"}"#, "message-received by=customer"),
            (#"{"text":"a","text":"b"}"#, "message-received by=customer kind=text text=a"),
            (
                #"{"beckon":1,"type":"message-received","event":{"text":"hi","customer":"919999900001"}}"#,
                "message-received customer=919999900001 by=customer kind=text text=hi"
            ),
        ]
    )
    func `a plain object uses the names of the events table`(line: String, expected: String) {
        #expect(summary(of: line, format: .plain) == expected)
        #expect(summary(of: line) == expected, "auto reads it in the same way")
    }

    @Test func `fields are those under fields, else the whole`() throws {
        #expect(try Self.fields(of: #"{"text":"a","fields":{"order":1}}"#, .plain) == #"{"order":1}"#)
        #expect(try Self.fields(of: #"{"text":"a","order":1}"#, .plain) == #"{"text":"a","order":1}"#)
        #expect(try Self.fields(of: #"{"text":"a","fields":5}"#, .plain) == #"{"text":"a","fields":5}"#)
        #expect(try Self.fields(of: #"{"beckon":1,"event":{"newLead":true}}"#, .auto) == #"{"newLead":true}"#)
    }

    @Test func `an object in no known format is an unknown event`() {
        #expect(summary(of: #"{"foo":1}"#) == "unknown")
        #expect(summary(of: #"{"foo":1}"#, format: .plain) == "message-received by=customer")
        #expect(
            summary(of: #"{"beckon":1,"received":"2026-07-21","event":{"foo":1}}"#)
                == "unknown time=2026-07-21T00:00:00Z"
        )
    }

    @Test func `a mapping names the path of each name`() throws {
        let mapping = FieldMapping([
            .text: try FieldPath(parsing: "msg.body"), .customer: try FieldPath(parsing: "people.*.phone"),
            .business: try FieldPath(parsing: "line"), .type: try FieldPath(parsing: "what"),
            .time: try FieldPath(parsing: "at"), .id: try FieldPath(parsing: "key"),
            .fields: try FieldPath(parsing: "msg"),
        ])
        let line =
            #"{"msg":{"body":"hi"},"people":[{},{"phone":"+919999900001"}],"line":919999900000,"at":1784614449,"key":7}"#
        let expected =
            "message-received customer=919999900001 business=919999900000"
            + " conversation=919999900000:919999900001 by=customer kind=text text=hi id=7 time=2026-07-21T06:14:09Z"
        #expect(summary(of: line, format: .mapped(mapping)) == expected)
        #expect(try Self.fields(of: line, .mapped(mapping)) == #"{"body":"hi"}"#)
        #expect(summary(of: #"{"what":"ORDER_PLACED"}"#, format: .mapped(mapping)) == "order-placed by=unknown")
        #expect(EventName(spelling: "customer") == .customer)
        #expect(EventName(spelling: "costumer") == nil)
    }

    @Test func `Meta's envelope is opened into its messages and statuses`() throws {
        let expected =
            "message-received customer=919999900001 business=919999900000"
            + " conversation=919999900000:919999900001 name=Kiran Patel by=customer kind=text text=hello"
            + " id=wamid.raw0001 time=2026-07-21T06:14:09Z"
        let original = try Fixture.text("raw-cloud-api-webhook")
        #expect(summary(of: original) == expected)
        #expect(summary(of: #"{"beckon":1,"type":"raw-cloud-api-webhook","event":\#(original)}"#) == expected)
        #expect(summary(of: original, format: .doubletick) == "raw-cloud-api-webhook by=unknown")
        #expect(try Self.fields(of: original, .auto).hasPrefix(#"{"from":"919999900001","id":"wamid.raw0001""#))
    }

    @Test func `one line of Meta's can hold several events`() {
        let line = """
            {"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{
            "metadata":{"display_phone_number":"+91 99999 00000"},"messages":[
            {"from":"919999900001","id":"a","timestamp":"1784614449","type":"interactive",
             "interactive":{"type":"list_reply","list_reply":{"id":"row","title":"Billing"}}},
            {"from":"919999900001","id":"b","type":"image","image":{"caption":"broken"}},
            {"from":"919999900001","id":"c","type":"button","button":{"text":"Yes","payload":"yes"}},
            {"from":"919999900001","id":"d","type":"reaction"}],
            "statuses":[{"id":"s","status":"read","timestamp":"1784614449","recipient_id":"919999900001"}]}},
            {"field":"account_update","value":{}}]}]}
            """
        let pair = "customer=919999900001 business=919999900000 conversation=919999900000:919999900001"
        #expect(
            summary(of: line.split(separator: "\n").joined()) == """
                message-received \(pair) by=customer kind=list-reply text=Billing choice=row id=a time=2026-07-21T06:14:09Z
                message-received \(pair) by=customer kind=image text=broken id=b
                message-received \(pair) by=customer kind=button text=Yes choice=yes id=c
                message-received \(pair) by=customer kind=other id=d
                message-status-update \(pair) by=unknown id=message-status-update:s:read time=2026-07-21T06:14:09Z
                unknown
                """
        )
    }

    @Test func `a CloudEvent carries the names in its data`() {
        let line =
            #"{"specversion":"1.0","type":"message-received","source":"/crm","id":"7","time":"2026-07-21T06:14:09Z","data":{"text":"hi","customer":"919999900001"}}"#
        let expected =
            "message-received customer=919999900001 by=customer kind=text text=hi id=/crm:7 time=2026-07-21T06:14:09Z"
        #expect(summary(of: line) == expected)
        #expect(summary(of: line, format: .cloudEvents) == expected)
    }

    @Test func `a batch of CloudEvents is several events of one line`() {
        func event(_ id: Int) -> String {
            #"{"specversion":"1.0","type":"ORDER_PLACED","source":"/crm","id":"\#(id)","data":{"customer":"+91 99999 00001"}}"#
        }
        let expected = """
            order-placed customer=919999900001 by=unknown id=/crm:1
            order-placed customer=919999900001 by=unknown id=/crm:2
            """
        for format in [InputFormat.auto, .cloudEvents] {
            #expect(summary(of: "[\(event(1)), \(event(2))]", format: format) == expected)
        }
        #expect(summary(of: "[]", format: .cloudEvents) == "blank")
    }

    @Test(
        arguments: [
            ("[]", InputFormat.auto), ("[1]", .auto), (#"[{"text":"hi"}]"#, .auto), ("[[]]", .cloudEvents),
            (#"[{"specversion":"1.0","type":"a","id":"1"},{"text":"hi"}]"#, .auto), ("[]", .plain),
            ("[{}]", .doubletick),
            ("[{}]", .whatsappCloud), ("[{}]", .mapped(FieldMapping())),
        ]
    )
    func `any other list is no event`(line: String, format: InputFormat) {
        #expect(summary(of: line, format: format) == "not-an-object: the line holds a list instead of an object")
    }

    @Test func `formats are known by name`() {
        #expect(InputFormat.names == ["auto", "doubletick", "plain", "whatsapp-cloud", "cloudevents"])
        #expect(InputFormat.names.compactMap(InputFormat.init(name:)).map(\.name) == InputFormat.names)
        #expect(InputFormat(name: "mapped") == nil)
    }

    private static func fields(of line: String, _ format: InputFormat) throws -> String {
        var decoder = EventDecoder(format: format)
        guard case .events(let events) = decoder.decode(line) else { return "no event" }
        return try #require(events.first).fields.serialized()
    }
}
