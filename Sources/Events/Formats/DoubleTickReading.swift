/// Reads the names of the events table out of one DoubleTick payload of a known kind.
struct DoubleTickReading {
    let webhook: DoubleTickWebhook
    let object: LineObject

    private var known: KnownMembers<RootKey> { object.known }

    /// Reads all names but the type into an event, whose time stays where the payload has none.
    func read(into event: inout Event) {
        event.texts.customer = customer
        event.texts.business = business
        event.texts.name = name
        event.isInGroup = webhook.isInGroup
        readMessage(into: &event)
        event.by = by
        event.texts.agent = agent(by: event.by)
        event.texts.tag = webhook == .tagAdded || webhook == .tagRemoved ? known.text(.tagName) : nil
        readID(into: &event)
        event.time = time ?? event.time
    }

    /// The customer's number, from the field in which this kind has it.
    private var customer: EventText? {
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
    private var business: EventText? {
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

    private func phone(_ key: RootKey) -> EventText? {
        guard let index = known[key], isOnPhone || hasPlus(at: index) else { return nil }
        return known.tape.phoneText(at: index)
    }

    private func hasPlus(at index: Int) -> Bool {
        unsafe known.tape.withUTF8(at: index) { unsafe $0.begins(with: UInt8(ascii: "+")) } ?? false
    }

    /// Whether those who write are known by their phone numbers: on WhatsApp, which need not be said, and on the
    /// telephone.
    private var isOnPhone: Bool {
        let key: RootKey = webhook == .tagAdded || webhook == .tagRemoved ? .channelType : .integrationType
        guard known.kind(key) == .string else { return true }
        return known.isText(key, "WHATSAPP") || known.isText(key, "PSTN") || known.isText(key, "")
    }

    /// The customer's name.
    private var name: EventText? {
        switch webhook {
        case .messageReceived, .adMessageReceived, .groupMessageReceived:
            // Older payloads have the name itself here.
            known[.contact].flatMap { contact in
                known.tape.member(of: contact, "name").flatMap { known.tape.filledText(at: $0) }
                    ?? known.tape.filledText(at: contact)
            }
        case .customFieldUpdated: known.text(.name) ?? known.text(.nameOnWhatsapp)
        case .widgetLead, .verifiedWidgetLead:
            // A form says what it likes; if it asks for a name, it is here.
            object.root["data"]?.elements.first { $0["field"]?.isText("name") == true }?["value"]?.filledText
        default: known.text(.customerName)
        }
    }

    /// Reads what kind of message it is and, if the customer wrote it, what it says.
    private func readMessage(into event: inout Event) {
        guard webhook.isMessage || webhook == .messageStatusUpdate, let message = known[.message] else { return }
        guard known.kind(.message) == .object else { return }
        DoubleTickMessage.keys.withMembers(of: message, on: known.tape) { content in
            event.kind = DoubleTickMessage.kind(content)
            guard webhook.isMessage else { return }
            event.texts.text = content.text(.text) ?? content.text(.caption) ?? content.text(.title)
            switch event.kind {
            case .button: event.texts.choice = content.text(.payload) ?? content.text(.id)
            case .listReply: event.texts.choice = content.text(.id) ?? content.text(.payload)
            default: break
            }
        }
    }

    /// Who caused it.
    ///
    /// Customers: what they wrote, form leads, answers and leaving a group; a first message makes the lead. Agents:
    /// notes. A call belongs to whoever started it, whatever became of it later. Of assignments, tags, fields, opening
    /// and closing the payload does not say who did it, and Beckon does not guess.
    private var by: Origin {
        switch webhook {
        case .messageReceived, .adMessageReceived, .groupMessageReceived, .newLead, .widgetLead, .verifiedWidgetLead,
            .callPermissionReply, .groupLeft:
            return .customer
        case .messageStatusUpdate:
            if known.isText(.sentBy, "API") { return .api }
            if known.isText(.sentBy, "BOT") { return .bot }
            return known.text(.sentBy) == nil ? .unknown : .agent
        case .noteCreated, .noteUpdated, .noteDeleted: return .agent
        case .callIncoming, .callOutgoing, .callAccepted, .callEnded, .callRejected, .callMissed, .callNotPicked:
            if known.isText(.callDirection, "INCOMING") { return .customer }
            return known.isText(.callDirection, "OUTGOING") ? .agent : .unknown
        default: return .unknown
        }
    }

    /// The agent that it is about: the number if there is one, else whatever the payload has.
    private func agent(by origin: Origin?) -> EventText? {
        switch webhook {
        case .chatAssigned, .agentStatusChanged:
            agent(.assignedUserPhone) ?? agent(.assignedUserEmail) ?? agent(.assignedUserName)
                ?? agent(.assignedUserId)
        case .noteCreated: agent(.createdByAgentNumber) ?? agent(.createdByAgent)
        case .noteUpdated: agent(.updatedByAgentNumber) ?? agent(.updatedByAgent)
        case .noteDeleted: agent(.deletedByAgentNumber) ?? agent(.deletedByAgent)
        case .templateUpdate: agent(.agentNumber) ?? agent(.agentName)
        case .messageStatusUpdate: origin == .agent ? agent(.sentBy) : nil
        // Who refuses an agent's call is the customer.
        case .callRejected: agent(.pickedBy) ?? (origin == .customer ? agent(.rejectedBy) : nil)
        case .callIncoming, .callOutgoing, .callAccepted, .callEnded, .callMissed, .callNotPicked: agent(.pickedBy)
        default: nil
        }
    }

    private func agent(_ key: RootKey) -> EventText? {
        known[key].flatMap { known.tape.phoneText(at: $0) ?? known.tape.filledText(at: $0) }
    }

    /// Reads what makes a repeated delivery the same event.
    ///
    /// A message is known by its own id; every other event by its type and its key, so that no two kinds can share one.
    private func readID(into event: inout Event) {
        switch webhook {
        case .messageReceived, .groupMessageReceived:
            event.texts.id = known.text(.dtMessageId) ?? known.text(.messageId)
        default:
            event.id = composedID(type: event.type)
        }
    }

    private func composedID(type: String) -> String? {
        switch webhook {
        case .adMessageReceived: joined(type, known.string(.dtMessageId) ?? known.string(.messageId))
        case .newLead: joined(type, known.string(.dtMessageId))
        case .messageStatusUpdate: joined(type, known.string(.messageId), known.string(.status))
        case .noteCreated: joined(type, known.string(.noteId), known.string(.createdAt))
        case .noteUpdated: joined(type, known.string(.noteId), known.string(.updatedAt))
        case .noteDeleted: joined(type, known.string(.noteId), known.string(.deletedAt))
        // CALL_NOT_PICKED is left out: it repeats, one for each agent, with the same fields.
        case .callIncoming, .callOutgoing, .callAccepted, .callEnded, .callRejected, .callMissed:
            joined(type, known.string(.callId))
        case .callPermissionReply: joined(type, known.string(.messageId))
        case .customFieldUpdated:
            joined(type, known.string(.dtCustomerId), known.string(.customFieldId), known.string(.changedAt))
        case .costDeducted: joined(type, known.string(.conversationId))
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
    private var time: Instant? {
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

    private func time(_ key: RootKey) -> Instant? {
        known[key].flatMap { unsafe known.tape.withUTF8(at: $0) { unsafe Instant(iso8601: $0) } ?? nil }
    }
}
