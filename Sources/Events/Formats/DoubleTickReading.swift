/// Reads the names of the events table out of one DoubleTick payload of a known kind.
struct DoubleTickReading {
    let webhook: DoubleTickWebhook
    let known: KnownMembers<DoubleTickKey>

    /// The customer's number, from the field in which this kind has it.
    var customer: String? {
        switch webhook {
        case .messageReceived, .adMessageReceived, .groupMessageReceived, .tagAdded, .tagRemoved, .callPermissionReply:
            phone(.from)
        case .newLead, .conversationOpened, .conversationClosed: phone(.customerPhone) ?? phone(.from)
        case .messageStatusUpdate: phone(.to)
        case .callIncoming, .callOutgoing, .callAccepted, .callEnded, .callRejected, .callMissed, .callNotPicked:
            phone(.customerNumber)
        case .verifiedWidgetLead: phone(.whatsappNumber)
        case .chatAssigned, .chatUnassigned, .customFieldUpdated, .noteCreated, .noteUpdated, .noteDeleted,
            .slaEscalated, .groupJoined, .groupLeft, .groupRemoved, .costDeducted:
            phone(.customerPhone)
        case .agentStatusChanged, .widgetLead, .rawCloudAPI, .templateUpdate, .groupCreated, .businessChatOpen,
            .postCallDisposition, .standbyMessage, .messagingHandover:
            nil
        }
    }

    /// The business number, from the field in which this kind has it.
    var business: String? {
        switch webhook {
        case .messageReceived, .adMessageReceived, .conversationOpened, .conversationClosed, .callPermissionReply:
            phone(.to)
        case .newLead: phone(.wabaNumber) ?? phone(.to)
        case .chatAssigned: phone(.assignedUserWabaNumber)
        case .templateUpdate: phone(.wabaPhoneNumber)
        case .messageStatusUpdate, .chatUnassigned, .customFieldUpdated, .noteCreated, .noteUpdated, .noteDeleted,
            .slaEscalated, .costDeducted, .agentStatusChanged, .callIncoming, .callOutgoing, .callAccepted, .callEnded,
            .callRejected, .callMissed, .callNotPicked:
            phone(.wabaNumber)
        case .tagAdded, .tagRemoved, .widgetLead, .verifiedWidgetLead, .rawCloudAPI, .groupCreated, .groupJoined,
            .groupLeft, .groupRemoved, .groupMessageReceived, .businessChatOpen, .postCallDisposition, .standbyMessage,
            .messagingHandover:
            nil
        }
    }

    private func phone(_ key: DoubleTickKey) -> String? {
        guard let value = known[key] else { return nil }
        guard unsafe isOnPhone || value.withUTF8({ unsafe $0.first == UInt8(ascii: "+") }) == true else { return nil }
        return value.phoneDigits
    }

    /// Whether those who write are known by their phone numbers: on WhatsApp, which need not be said, and on the
    /// telephone.
    private var isOnPhone: Bool {
        let key: DoubleTickKey = webhook == .tagAdded || webhook == .tagRemoved ? .channelType : .integrationType
        guard known.kind(key) == .string else { return true }
        return known.isText(key, "WHATSAPP") || known.isText(key, "PSTN") || known.isText(key, "")
    }

    /// The customer's name.
    var name: String? {
        switch webhook {
        case .messageReceived, .adMessageReceived, .groupMessageReceived:
            // Older payloads have the name itself here.
            known[.contact].flatMap { $0["name"]?.filledString ?? $0.filledString }
        case .customFieldUpdated: known.text(.name) ?? known.text(.nameOnWhatsapp)
        case .widgetLead, .verifiedWidgetLead:
            // A form says what it likes; if it asks for a name, it is here.
            known[.data]?.elements.first { $0["field"]?.string == "name" }?["value"]?.filledString
        default: known.text(.customerName)
        }
    }

    /// Reads what kind of message it is and, if the customer wrote it, what it says.
    func readMessage(into event: inout Event) {
        guard webhook.isMessage || webhook == .messageStatusUpdate, let message = known[.message] else { return }
        guard message.kind == .object else { return }
        let content = DoubleTickMessage.keys.members(of: message)
        event.kind = DoubleTickMessage.kind(content)
        guard webhook.isMessage else { return }
        event.text = content.text(.text) ?? content.text(.caption) ?? content.text(.title)
        switch event.kind {
        case .button: event.choice = content.text(.payload) ?? content.text(.id)
        case .listReply: event.choice = content.text(.id) ?? content.text(.payload)
        default: break
        }
    }

    /// Who caused it.
    ///
    /// Customers: what they wrote, form leads, answers and leaving a group; a first message makes the lead. Agents:
    /// notes. A call belongs to whoever started it, whatever became of it later. Of assignments, tags, fields, opening
    /// and closing the payload does not say who did it, and Beckon does not guess.
    var by: Origin {
        switch webhook {
        case .messageReceived, .adMessageReceived, .groupMessageReceived, .newLead, .widgetLead, .verifiedWidgetLead,
            .callPermissionReply, .groupLeft:
            return .customer
        case .messageStatusUpdate:
            switch known.text(.sentBy) {
            case "API": return .api
            case "BOT": return .bot
            case nil: return .unknown
            default: return .agent
            }
        case .noteCreated, .noteUpdated, .noteDeleted: return .agent
        case .callIncoming, .callOutgoing, .callAccepted, .callEnded, .callRejected, .callMissed, .callNotPicked:
            switch known.text(.callDirection) {
            case "INCOMING": return .customer
            case "OUTGOING": return .agent
            default: return .unknown
            }
        default: return .unknown
        }
    }

    /// The agent that it is about: the number if there is one, else whatever the payload has.
    func agent(by origin: Origin?) -> String? {
        switch webhook {
        case .chatAssigned, .agentStatusChanged:
            agent(.assignedUserPhone, .assignedUserEmail, .assignedUserName, .assignedUserId)
        case .noteCreated: agent(.createdByAgentNumber, .createdByAgent)
        case .noteUpdated: agent(.updatedByAgentNumber, .updatedByAgent)
        case .noteDeleted: agent(.deletedByAgentNumber, .deletedByAgent)
        case .templateUpdate: agent(.agentNumber, .agentName)
        case .messageStatusUpdate: origin == .agent ? agent(.sentBy) : nil
        // Who refuses an agent's call is the customer.
        case .callRejected: origin == .customer ? agent(.pickedBy, .rejectedBy) : agent(.pickedBy)
        case .callIncoming, .callOutgoing, .callAccepted, .callEnded, .callMissed, .callNotPicked: agent(.pickedBy)
        default: nil
        }
    }

    private func agent(_ keys: DoubleTickKey...) -> String? {
        for key in keys {
            guard let value = known[key] else { continue }
            if let agent = value.phoneDigits ?? value.filledString { return agent }
        }
        return nil
    }

    /// What makes a repeated delivery the same event.
    ///
    /// A message is known by its own id; every other event by its type and its key, so that no two kinds can share one.
    func id(type: String) -> String? {
        switch webhook {
        case .messageReceived, .groupMessageReceived: known.text(.dtMessageId) ?? known.text(.messageId)
        case .adMessageReceived: joined(type, known.text(.dtMessageId) ?? known.text(.messageId))
        case .newLead: joined(type, known.text(.dtMessageId))
        case .messageStatusUpdate: joined(type, known.text(.messageId), known.text(.status))
        case .noteCreated: joined(type, known.text(.noteId), known.text(.createdAt))
        case .noteUpdated: joined(type, known.text(.noteId), known.text(.updatedAt))
        case .noteDeleted: joined(type, known.text(.noteId), known.text(.deletedAt))
        // CALL_NOT_PICKED is left out: it repeats, one for each agent, with the same fields.
        case .callIncoming, .callOutgoing, .callAccepted, .callEnded, .callRejected, .callMissed:
            joined(type, known.text(.callId))
        case .callPermissionReply: joined(type, known.text(.messageId))
        case .customFieldUpdated:
            joined(type, known.text(.dtCustomerId), known.text(.customFieldId), known.text(.changedAt))
        case .costDeducted: joined(type, known.text(.conversationId))
        default: nil
        }
    }

    private func joined(_ parts: String?...) -> String? {
        var id = ""
        for part in parts {
            guard let part else { return nil }
            if !id.isEmpty { id += ":" }
            id += part
        }
        return id
    }

    /// When it happened.
    var time: Instant? {
        switch webhook {
        case .messageReceived, .adMessageReceived, .groupMessageReceived, .callPermissionReply: time(.receivedAt)
        case .messageStatusUpdate: time(.statusTimestamp)
        case .noteCreated: time(.createdAt)
        case .noteUpdated: time(.updatedAt)
        case .noteDeleted: time(.deletedAt)
        case .customFieldUpdated: time(.changedAt)
        case .callIncoming, .callOutgoing, .callAccepted, .callEnded, .callRejected, .callMissed, .callNotPicked:
            time(.callEndedAt) ?? time(.callStartedAt)
        case .groupCreated: time(.groupCreatedAt)
        case .groupJoined: time(.participantJoinedAt)
        case .groupLeft: time(.participantLeftAt)
        case .groupRemoved: time(.participantRemovedAt)
        default: nil
        }
    }

    private func time(_ key: DoubleTickKey) -> Instant? {
        unsafe known[key]?.withUTF8 { unsafe Instant(iso8601: $0) } ?? nil
    }
}
