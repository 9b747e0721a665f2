extension DoubleTickWebhook {
    /// Whether payloads of this kind fill a name of the events table; `nil` for kinds whose payload nobody documents.
    ///
    /// From the vendor's payload pages. The tests hold it against every recorded payload.
    func presence(of name: EventName) -> EventPresence? {
        guard let names else { return nil }
        switch name {
        case .type, .fields, .by: return .always
        // Where the original has none, the envelope or the input stage gives the time of arrival.
        case .time: return names.presence(of: .time) == .always ? .always : .sometimes
        case .conversation where isInGroup: return .never
        case .conversation: return min(names.presence(of: .customer), names.presence(of: .business))
        default: return names.presence(of: name)
        }
    }

    /// The table: what every payload of a kind fills, and what only some do.
    ///
    /// What stands in neither, none does.
    private var names: Names? {
        switch self {
        case .messageReceived, .adMessageReceived:
            Names(always: [.customer, .business, .name, .kind, .id, .time], sometimes: [.text, .choice])
        case .groupMessageReceived:
            Names(always: [.customer, .name, .kind, .id, .time], sometimes: [.text, .choice])
        // Of status updates only `SENT` tells more than number, status and time.
        case .messageStatusUpdate:
            Names(always: [.customer, .id, .time], sometimes: [.business, .name, .kind, .agent])
        case .chatAssigned:
            Names(always: [.customer, .agent], sometimes: [.business])
        case .chatUnassigned:
            Names(sometimes: [.customer, .business])
        case .agentStatusChanged:
            Names(always: [.business], sometimes: [.customer, .agent])
        // Customers of other channels than WhatsApp have a handle instead of a number.
        case .customFieldUpdated:
            Names(always: [.name, .id, .time], sometimes: [.customer, .business])
        case .tagAdded, .tagRemoved:
            Names(always: [.tag], sometimes: [.customer])
        case .widgetLead:
            Names(sometimes: [.name])
        case .verifiedWidgetLead:
            Names(always: [.customer], sometimes: [.name])
        case .newLead:
            Names(always: [.customer, .business, .name], sometimes: [.id])
        case .conversationOpened, .conversationClosed:
            Names(always: [.customer, .business, .name])
        case .noteCreated, .noteUpdated, .noteDeleted:
            Names(always: [.customer, .business, .name, .agent, .id, .time])
        case .templateUpdate:
            Names(always: [.business], sometimes: [.agent])
        case .callIncoming:
            Names(always: [.customer, .business, .id], sometimes: [.name])
        case .callOutgoing:
            Names(always: [.customer, .business, .agent, .id], sometimes: [.name])
        case .callAccepted:
            Names(always: [.customer, .business, .agent, .id, .time], sometimes: [.name])
        case .callEnded, .callRejected:
            Names(always: [.customer, .business, .id, .time], sometimes: [.name, .agent])
        case .callMissed:
            Names(always: [.customer, .business, .id, .time], sometimes: [.name])
        // One for each agent, none of whom is named; so it has no id either.
        case .callNotPicked:
            Names(always: [.customer, .business], sometimes: [.name])
        case .callPermissionReply:
            Names(always: [.customer, .business, .id, .time])
        // Its page promises the level of escalation alone.
        case .slaEscalated:
            Names(sometimes: [.customer, .business])
        case .groupCreated:
            Names(always: [.time])
        case .groupJoined, .groupLeft, .groupRemoved:
            Names(always: [.customer, .time])
        case .costDeducted:
            Names(always: [.customer, .business, .id], sometimes: [.name])
        case .rawCloudAPI, .businessChatOpen, .postCallDisposition, .standbyMessage, .messagingHandover:
            nil
        }
    }

    private struct Names {
        var always: [EventName] = []
        var sometimes: [EventName] = []

        func presence(of name: EventName) -> EventPresence {
            always.contains(name) ? .always : sometimes.contains(name) ? .sometimes : .never
        }
    }
}
