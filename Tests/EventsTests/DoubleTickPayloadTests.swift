import Events
import Testing

struct DoubleTickPayloadTests {
    /// One documented payload and what becomes of it.
    struct Case: CustomTestStringConvertible, Sendable {
        var fixture: String
        var expected: String
        var testDescription: String { fixture }

        init(_ fixture: String, _ expected: String) {
            self.fixture = fixture
            self.expected = expected
        }
    }

    @Test(arguments: Self.payloads)
    func `a documented payload fills in the names`(payload: Case) throws {
        let line = try Fixture.text(payload.fixture)
        #expect(summary(of: line, format: .doubletick) == payload.expected)
        #expect(summary(of: line) == payload.expected, "auto reads it in the same way")
    }

    @Test(arguments: Self.contents)
    func `the content of a message fills in kind, text and choice`(content: Case) throws {
        let text = try Fixture.text(content.fixture)
        let expected =
            "message-received customer=919999900001 business=919999900000"
            + " conversation=919999900000:919999900001 by=customer \(content.expected) id=m1"
        let line = #"{"to":"919999900000","from":"919999900001","dtMessageId":"m1","message":\#(text)}"#
        #expect(summary(of: line) == expected)
    }

    @Test(
        arguments: [
            ("STICKER", "image"), ("VIDEO", "video"), ("TEMPLATE", "template"), ("INTERACTIVE", "other"),
            ("REACTION", "other"), ("text", "other"), ("", "other"),
        ]
    )
    func `a type without a sample has a kind as well`(type: String, kind: String) {
        let line = #"{"from":"919999900001","dtMessageId":"m","message":{"type":"\#(type)","id":"i","caption":"c"}}"#
        #expect(summary(of: line) == "message-received customer=919999900001 by=customer kind=\(kind) text=c id=m")
    }

    @Test func `the words of a status update are not the customer's`() throws {
        let line =
            #"{"messageId":"m","status":"SENT","statusTimestamp":"","sentBy":"API","to":"919999900001","#
            + #""message":{"type":"BUTTON","text":"Yes","payload":"yes"}}"#
        #expect(
            summary(of: line)
                == "message-status-update customer=919999900001 by=api kind=button id=message-status-update:m:SENT"
        )
    }

    @Test(
        arguments: [
            (#""BOT""#, "by=bot"), (#""API""#, "by=api"), (#""+91 99999-00101""#, "by=agent agent=919999900101"),
            (#""user_Agent0101""#, "by=agent agent=user_Agent0101"), ("null", "by=unknown"), (#""""#, "by=unknown"),
        ]
    )
    func `who sent a message is read from sentBy`(sentBy: String, expected: String) {
        let line = #"{"messageId":"m","status":"READ","statusTimestamp":"x","sentBy":\#(sentBy)}"#
        #expect(summary(of: line) == "message-status-update \(expected) id=message-status-update:m:READ")
    }

    @Test(
        arguments: [
            ("CALL_ACCEPTED", "INCOMING", "call-accepted by=customer agent=919999900101 id=call-accepted:c"),
            (
                "CALL_OUTGOING_INITIATED", "OUTGOING",
                "call-outgoing-initiated by=agent agent=919999900101 id=call-outgoing-initiated:c"
            ),
            ("CALL_REJECTED", "INCOMING", "call-rejected by=customer agent=919999900101 id=call-rejected:c"),
            ("CALL_NOT_PICKED", "INCOMING", "call-not-picked by=customer agent=919999900101"),
        ]
    )
    func `a call names its agent and who began it`(event: String, direction: String, expected: String) {
        let line = #"{"event":"\#(event)","callId":"c","callDirection":"\#(direction)","pickedBy":"919999900101"}"#
        #expect(summary(of: line) == expected)
    }

    @Test func `who refuses a customer's call is the agent, who refuses an agent's is not`() {
        let incoming =
            #"{"event":"CALL_REJECTED","callId":"c","callDirection":"INCOMING","pickedBy":"","rejectedBy":"Asha Rao"}"#
        let outgoing =
            #"{"event":"CALL_REJECTED","callId":"c","callDirection":"OUTGOING","pickedBy":"","rejectedBy":"Kiran"}"#
        #expect(summary(of: incoming) == "call-rejected by=customer agent=Asha Rao id=call-rejected:c")
        #expect(summary(of: outgoing) == "call-rejected by=agent id=call-rejected:c")
    }

    @Test func `a note without a time has no id, since each change of a note must count`() {
        let line = #"{"event":"note-updated","noteId":"n","updatedByAgentNumber":"asha@example.test"}"#
        #expect(summary(of: line) == "customer-note-updated by=agent agent=asha@example.test")
    }

    @Test func `off WhatsApp only a number with a plus sign is a phone number`() {
        let account = #"{"tagName":"VIP","from":"17841400000000","channelType":"INSTAGRAM","tagAdded":true}"#
        let phone = #"{"tagName":"VIP","from":"+919999900001","channelType":"GENERIC_CHANNEL","tagAdded":true}"#
        let handle = #"{"tagName":"VIP","from":"kiran.p","tagAdded":true}"#
        #expect(summary(of: account) == "add-tag by=unknown tag=VIP")
        #expect(summary(of: phone) == "add-tag customer=919999900001 by=unknown tag=VIP")
        #expect(summary(of: handle) == "add-tag by=unknown tag=VIP")
    }

    @Test func `an agent without conversations is one event without a customer`() {
        let line =
            #"{"event":"ASSIGNED_AGENT_STATUS_CHANGED","assignedUserName":"Asha","assignedUserPhone":null,"customerPhones":[]}"#
        #expect(summary(of: line) == "assigned-agent-status-changed by=unknown agent=Asha")
    }

    @Test func `an older payload has the name itself as contact and the message id of WhatsApp alone`() {
        let line =
            #"{"event":"x","from":"919999900001","messageId":"wamid.1","contact":"Kiran","dtMessageId":"","message":{"type":"TEXT","text":""}}"#
        #expect(
            summary(of: line) == "message-received customer=919999900001 name=Kiran by=customer kind=text id=wamid.1"
        )
    }
}

extension DoubleTickPayloadTests {
    private static let kiran = "customer=919999900001 business=919999900000 conversation=919999900000:919999900001"
    private static let meera = "customer=919999900002 business=919999900000 conversation=919999900000:919999900002"

    /// Section 2.6 of the API's fact sheet, payload by payload.
    static let payloads: [Case] = [
        Case(
            "message-received",
            "message-received \(kiran) name=Kiran Patel by=customer kind=text text=I want a refund for order 5512"
                + " id=0d2f6a54-3c1b-4b7e-9a61-7f0c52d1e001 time=2026-07-21T06:14:09.412Z"
        ),
        Case(
            "call-to-whatsapp-message-received",
            "call-to-whatsapp-message-received \(meera) name=Meera Iyer by=customer kind=text text=Is this offer still on?"
                + " id=call-to-whatsapp-message-received:0d2f6a54-3c1b-4b7e-9a61-7f0c52d1e002 time=2026-07-21T06:20:00Z"
        ),
        Case(
            "message-status-update-sent",
            "message-status-update \(kiran) name=Kiran Patel by=agent kind=text agent=user_Agent0101"
                + " id=message-status-update:5c0b7c1e-90aa-4c8b-8a53-2b1d7f00a001:SENT time=2026-07-21T06:15:01Z"
        ),
        Case(
            "message-status-update-read",
            "message-status-update customer=919999900001 by=unknown"
                + " id=message-status-update:5c0b7c1e-90aa-4c8b-8a53-2b1d7f00a001:READ time=2026-07-21T06:16:30Z"
        ),
        Case(
            "message-status-update-failed",
            "message-status-update customer=919999900001 by=unknown kind=text"
                + " id=message-status-update:5c0b7c1e-90aa-4c8b-8a53-2b1d7f00a002:FAILED time=2026-07-21T06:17:00Z"
        ),
        Case("chat-assigned-to-agent", "chat-assigned-to-agent \(kiran) by=unknown agent=919999900101"),
        Case("chat-unassigned", "chat-unassigned \(kiran) by=unknown"),
        Case("conversation-opened", "conversation-opened \(kiran) name=Kiran Patel by=unknown"),
        Case("close-conversation", "close-conversation \(kiran) name=Kiran Patel by=unknown"),
        Case("add-tag", "add-tag customer=919999900001 by=unknown tag=VIP"),
        Case("remove-tag", "remove-tag customer=919999900001 by=unknown tag=VIP"),
        Case(
            "update-customer-custom-field",
            "update-customer-custom-field \(kiran) name=Kiran Patel by=unknown"
                + " id=update-customer-custom-field:customer_Ab12Cd34Ef:cf_City001:2026-07-21T07:00:00.000Z"
                + " time=2026-07-21T07:00:00Z"
        ),
        Case(
            "update-customer-custom-field-removed",
            "update-customer-custom-field customer=919999900001 name=Kiran Patel by=unknown"
                + " id=update-customer-custom-field:customer_Ab12Cd34Ef:cf_City001:2026-07-21T07:05:00.000Z"
                + " time=2026-07-21T07:05:00Z"
        ),
        Case(
            "note-created",
            "customer-note-created \(kiran) name=Kiran Patel by=agent agent=919999900101"
                + " id=customer-note-created:note_0001:2026-07-21T07:10:00.000Z time=2026-07-21T07:10:00Z"
        ),
        Case(
            "note-updated",
            "customer-note-updated \(kiran) name=Kiran Patel by=agent agent=919999900101"
                + " id=customer-note-updated:note_0001:2026-07-21T08:10:00.000Z time=2026-07-21T08:10:00Z"
        ),
        Case(
            "note-deleted",
            "customer-note-deleted \(kiran) name=Kiran Patel by=agent agent=919999900101"
                + " id=customer-note-deleted:note_0001:2026-07-21T09:10:00.000Z time=2026-07-21T09:10:00Z"
        ),
        Case(
            "new-lead",
            "new-lead \(meera) name=Meera Iyer by=customer id=new-lead:0d2f6a54-3c1b-4b7e-9a61-7f0c52d1e002"
        ),
        Case("widget-lead-received", "widget-lead-received name=Sam Dsouza by=customer"),
        Case(
            "verified-widget-lead-received",
            "verified-widget-lead-received customer=919999900003 name=Sam Dsouza by=customer"
        ),
        Case("on-sla-escalated-public", "on-sla-escalated-public \(kiran) by=unknown"),
        Case("template-status-update", "template-update business=919999900000 by=unknown agent=919999900101"),
        Case(
            "call-missed",
            "call-missed \(kiran) name=Kiran Patel by=customer id=call-missed:call_0001 time=2026-07-21T10:00:40Z"
        ),
        Case(
            "call-ended",
            "call-ended \(kiran) name=Kiran Patel by=customer agent=919999900101 id=call-ended:call_0002"
                + " time=2026-07-21T10:06:35Z"
        ),
        Case(
            "call-incoming-initiated",
            "call-incoming-initiated customer=919999900004 business=919999900000"
                + " conversation=919999900000:919999900004 name=Unknown caller by=customer"
                + " id=call-incoming-initiated:call_0003"
        ),
        Case(
            "call-outgoing-initiated",
            "call-outgoing-initiated \(kiran) name=Kiran Patel by=agent agent=919999900101"
                + " id=call-outgoing-initiated:call_0004"
        ),
        Case(
            "call-accepted",
            "call-accepted \(kiran) name=Kiran Patel by=customer agent=Asha Rao id=call-accepted:call_0002"
                + " time=2026-07-21T10:05:00Z"
        ),
        Case(
            "call-rejected",
            "call-rejected \(kiran) by=customer agent=919999900101 id=call-rejected:call_0005"
                + " time=2026-07-21T10:09:12Z"
        ),
        Case(
            "call-not-picked",
            "call-not-picked customer=919999900004 business=919999900000"
                + " conversation=919999900000:919999900004 name=Unknown caller by=customer"
        ),
        // Payloads that hold no more than their pages promise.
        Case(
            "chat-assigned-to-agent-required",
            "chat-assigned-to-agent customer=919999900001 by=unknown agent=919999900101"
        ),
        Case("chat-unassigned-required", "chat-unassigned by=unknown"),
        Case("add-tag-instagram", "add-tag by=unknown tag=VIP"),
        Case("assigned-agent-status-changed-idle", "assigned-agent-status-changed business=919999900000 by=unknown"),
        Case("on-sla-escalated-public-required", "on-sla-escalated-public by=unknown"),
        Case("new-lead-organic", "new-lead \(kiran) name=Kiran Patel by=customer"),
        Case("template-status-update-rejected", "template-update business=919999900000 by=unknown"),
        Case(
            "call-permission-reply-received",
            "call-permission-reply-received \(kiran) by=customer id=call-permission-reply-received:wamid.perm0001"
                + " time=2026-07-21T10:30:00Z"
        ),
        Case(
            "assigned-agent-status-changed",
            "assigned-agent-status-changed \(kiran) by=unknown agent=919999900101\n"
                + "assigned-agent-status-changed \(meera) by=unknown agent=919999900101"
        ),
        Case("group-created", "group-created by=unknown time=2026-07-21T11:00:00Z in-group"),
        Case(
            "group-participant-joined",
            "group-participant-joined customer=919999900001 by=unknown time=2026-07-21T11:05:00Z in-group"
        ),
        Case(
            "group-participant-left",
            "group-participant-left customer=919999900001 by=customer time=2026-07-21T11:20:00Z in-group"
        ),
        Case(
            "group-participant-removed",
            "group-participant-removed customer=919999900001 by=unknown time=2026-07-21T11:25:00Z in-group"
        ),
        Case(
            "wa-group-message-received",
            "wa-group-message-received customer=919999900001 name=Kiran Patel by=customer kind=text"
                + " text=Price list please id=0d2f6a54-3c1b-4b7e-9a61-7f0c52d1e009 time=2026-07-21T11:30:00Z in-group"
        ),
        Case(
            "conversation-cost-deducted",
            "conversation-cost-deducted \(kiran) name=Kiran Patel by=unknown id=conversation-cost-deducted:conv_0001"
        ),
    ]

    /// Section 2.7, and the types that only older payloads have.
    static let contents: [Case] = [
        Case("content-text", "kind=text text=hello"),
        Case("content-image", "kind=image text=damaged box"),
        Case("content-document", "kind=document text=invoice"),
        Case("content-audio", "kind=audio"),
        Case("content-location", "kind=location"),
        Case("content-contacts", "kind=contacts"),
        Case("content-button", "kind=button text=Talk to sales choice=Talk to sales"),
        Case("content-list-reply", "kind=list-reply text=Billing choice=row_billing"),
        Case("content-flow", "kind=other"),
    ]
}
