import Events
import Testing

/// What is known beforehand of the names that events have.
struct EventPresenceTests {
    /// The events of all recorded payloads.
    private static func recorded() throws -> [Event] {
        try DoubleTickPayloadTests.payloads.flatMap { payload in
            var decoder = EventDecoder(format: .doubletick)
            guard case .events(let events) = decoder.decode(try Fixture.text(payload.fixture)) else { return [Event]() }
            return events
        }
    }

    @Test(arguments: EventName.allCases)
    func `what is said of a name holds of all recorded payloads`(name: EventName) throws {
        for event in try Self.recorded() {
            let presence = EventType.presence(of: name, in: event.type)
            let isThere = Self.has(event, name)
            #expect(presence != nil, "\(event.type)")
            #expect(presence != .always || isThere, "\(event.type) always has \(name)")
            #expect(presence != .never || !isThere, "\(event.type) never has \(name)")
        }
    }

    @Test func `every kind whose payload is documented is in the table and recorded, no other is`() throws {
        let undocumented = EventType.known.filter { EventType.presence(of: .customer, in: $0) == nil }
        #expect(
            undocumented == [
                "unknown", "raw-cloud-api-webhook", "customer-business-chat-open", "post-call-disposition",
                "standby-message-received", "messaging-handover",
            ]
        )
        #expect(EventType.presence(of: .type, in: "order-placed") == nil)
        #expect(Set(try Self.recorded().map(\.type)) == EventType.known.subtracting(undocumented))
    }

    @Test(
        arguments: [
            ("message-received", "text", .sometimes), ("message-received", "kind", .always),
            ("message-received", "agent", .never), ("message-received", "conversation", .always),
            ("message-status-update", "text", .never), ("message-status-update", "business", .sometimes),
            ("message-status-update", "conversation", .sometimes), ("add-tag", "tag", .always),
            ("add-tag", "business", .never), ("add-tag", "conversation", .never), ("add-tag", "id", .never),
            ("add-tag", "time", .sometimes), ("add-tag", "by", .always), ("new-lead", "text", .never),
            ("chat-assigned-to-agent", "agent", .always), ("chat-assigned-to-agent", "conversation", .sometimes),
            ("wa-group-message-received", "conversation", .never), ("wa-group-message-received", "text", .sometimes),
            ("call-not-picked", "id", .never), ("call-outgoing-initiated", "agent", .always),
            ("template-update", "customer", .never), ("assigned-agent-status-changed", "customer", .sometimes),
        ] as [(String, String, EventPresence)]
    )
    func `a name is there always, sometimes or never`(type: String, name: String, presence: EventPresence) throws {
        let name = try #require(EventName(spelling: name))
        #expect(EventType.presence(of: name, in: type) == presence)
    }

    @Test func `the kinds that never carry the business number`() {
        #expect(
            EventType.withoutBusinessNumber == [
                "add-tag", "remove-tag", "widget-lead-received", "verified-widget-lead-received", "group-created",
                "group-participant-joined", "group-participant-left", "group-participant-removed",
                "wa-group-message-received",
            ]
        )
    }

    private static func has(_ event: Event, _ name: EventName) -> Bool {
        switch name {
        case .type, .fields: true
        case .text: event.text != nil
        case .kind: event.kind != nil
        case .choice: event.choice != nil
        case .customer: event.customer != nil
        case .business: event.business != nil
        case .conversation: event.conversation != nil
        case .name: event.name != nil
        case .by: event.by != nil
        case .agent: event.agent != nil
        case .tag: event.tag != nil
        case .id: event.id != nil
        case .time: event.time != nil
        }
    }
}
