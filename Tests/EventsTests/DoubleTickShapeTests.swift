import Events
import Testing

struct DoubleTickShapeTests {
    /// A message with members that a sender's `customData` spread over it.
    private static func message(with members: String) -> String {
        #"{"dtMessageId":"m","from":"919999900001","to":"919999900000","message":{"type":"TEXT","text":"hi"},\#(members)}"#
    }

    @Test(
        arguments: [
            (#""event":"diwali-campaign""#, "message-received"),
            (#""type":"promo""#, "message-received"),
            (#""status":"SENT""#, "message-received"),
            (#""newLead":"true""#, "message-received"),
            (#""tagAdded":"yes","closeConversation":"1""#, "message-received"),
            (#""referralObject":"none""#, "message-received"),
            (#""eventType":"click""#, "message-received"),
            (#""response":"a","responseSource":"b""#, "message-received"),
            (#""messageId":"w","status":"READ","statusTimestamp":"x""#, "message-received"),
            (#""chatId":"c","assignedUserId":"u""#, "message-received"),
            (#""beckon":"1""#, "message-received"),
            (#""object":"whatsapp_business_account","entry":"x""#, "message-received"),
            (#""specversion":"1.0""#, "message-received"),
            // These collide beyond what a shape can tell: the order of the checks decides.
            (#""event":"CALL_MISSED""#, "call-missed"),
            (#""eventType":"ON_SLA_ESCALATED_PUBLIC""#, "on-sla-escalated-public"),
            (#""type":"wa_group","newLead":true"#, "wa-group-message-received"),
            (#""newLead":true,"tagAdded":true"#, "new-lead"),
            (#""tagAdded":true,"tagRemoved":true"#, "add-tag"),
            (#""customFieldEventType":"ATTRIBUTE_SET""#, "update-customer-custom-field"),
            (#""referralObject":{}"#, "call-to-whatsapp-message-received"),
        ]
    )
    func `members of customData do not change the kind unless they must`(members: String, type: String) {
        #expect(Self.types(in: Self.message(with: members)) == [type])
    }

    @Test(
        arguments: [
            (
                #"{"event":"note-created","status":"SENT","messageId":"m","statusTimestamp":"x"}"#,
                "customer-note-created"
            ),
            (
                #"{"messageId":"m","status":"SENT","statusTimestamp":"x","chatId":"c","assignedUserId":"u"}"#,
                "message-status-update"
            ),
            (#"{"messageId":"m","status":"QUEUED","statusTimestamp":"x"}"#, "unknown"),
            (#"{"chatId":"c","assignedUserWabaRole":"Agent"}"#, "chat-assigned-to-agent"),
            (#"{"chatId":"c","assignedUserSomethingNew":"x"}"#, "chat-assigned-to-agent"),
            (#"{"chatId":"c","dtCustomerId":"d"}"#, "chat-unassigned"),
            (#"{"chatId":"c","dtCustomerId":"d","wabaNumber":"919999900000"}"#, "chat-unassigned"),
            (#"{"chatId":"c","dtCustomerId":"d","more":1}"#, "unknown"),
            (#"{"conversationId":"c","cost":0}"#, "conversation-cost-deducted"),
            (#"{"verified":true,"data":[]}"#, "verified-widget-lead-received"),
            (#"{"verified":"yes","data":[{"field":"a","value":"b"}]}"#, "unknown"),
            (#"{"data":[{"field":"a","value":"b"}]}"#, "widget-lead-received"),
            (#"{"data":[{"field":"a"}]}"#, "unknown"),
            (#"{"data":[]}"#, "unknown"),
            (#"{"dtMessageId":"m","from":"1","message":"text"}"#, "unknown"),
            (#"{"event":"CUSTOMER_BUSINESS_CHAT_OPEN"}"#, "customer-business-chat-open"),
            (#"{"object":"whatsapp_business_account","entry":[]}"#, "raw-cloud-api-webhook"),
            (#"{"event":5,"newLead":1,"object":null}"#, "unknown"),
            (#"{}"#, "unknown"),
        ]
    )
    func `a shape has one kind`(line: String, type: String) {
        #expect(Self.types(in: line, format: .doubletick) == [type])
    }

    @Test func `an envelope's type and business number win over the shape`() {
        let original = #"{"from":"+919999900001","to":"+919999900005","tagName":"VIP","newLead":true,"tagAdded":true}"#
        let line =
            #"{"beckon":1,"type":"ADD_TAG","business":"+91 99999 00000","received":"2026-07-21T06:14:09Z","event":\#(original)}"#
        #expect(
            summary(of: line) == "add-tag customer=919999900001 business=919999900000"
                + " conversation=919999900000:919999900001 by=unknown tag=VIP time=2026-07-21T06:14:09Z"
        )
    }

    @Test func `an envelope's type counts where the original has no shape at all`() {
        let line = #"{"beckon":1,"type":"post-call-disposition","business":"919999900000","event":{"note":"x"}}"#
        #expect(summary(of: line) == "post-call-disposition business=919999900000 by=unknown")
        #expect(
            summary(of: #"{"beckon":1,"type":"review-received","event":{"text":"nice"}}"#)
                == "review-received by=unknown text=nice"
        )
    }

    private static func types(in line: String, format: InputFormat = .auto) -> [String] {
        var decoder = EventDecoder(format: format)
        guard case .events(let events) = decoder.decode(line) else { return [] }
        return events.map(\.type)
    }
}
