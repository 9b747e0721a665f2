/// Tells DoubleTick's payloads apart by their shape, since most do not name their event.
///
/// The order of the checks is part of the meaning, because shapes nest and because the `customData` of a sent template
/// is spread at the root of the events that follow. Such data are strings; so markers must be `true`, and words must be
/// those that DoubleTick writes. What still collides is only told apart by an envelope.
enum DoubleTickShape {
    /// The kind of webhook that a payload is; `nil` where nothing tells.
    static func webhook(of object: LineObject) -> DoubleTickWebhook? {
        let known = object.known
        if let named = named(known) { return named }
        if known.isText(.object, "whatsapp_business_account"), known.kind(.entry) == .list {
            return .rawCloudAPI
        }
        if known.isText(.type, "wa_group") { return .groupMessageReceived }
        if let marked = marked(known) { return marked }
        if known.kind(.customFieldEventType) == .string { return .customFieldUpdated }
        if known.kind(.referralObject) == .object, known.has(.message) { return .adMessageReceived }
        if known.has(.dtMessageId), known.has(.from), known.kind(.message) == .object { return .messageReceived }
        if known.has(.response), known.has(.responseSource) { return .callPermissionReply }
        if isStatus(known) { return .messageStatusUpdate }
        if known.has(.chatId), hasAssignedUser(object) { return .chatAssigned }
        if let lead = lead(object) { return lead }
        if known.has(.conversationId), known.has(.cost) { return .costDeducted }
        if isUnassignment(known) { return .chatUnassigned }
        return nil
    }

    private static func named(_ known: KnownMembers<RootKey>) -> DoubleTickWebhook? {
        if let webhook = known.word(.event, in: DoubleTickWebhook.namedByEvent) { return webhook }
        if known.isText(.eventType, "ON_SLA_ESCALATED_PUBLIC") { return .slaEscalated }
        return nil
    }

    private static func marked(_ known: KnownMembers<RootKey>) -> DoubleTickWebhook? {
        if known.isTrue(.newLead) { return .newLead }
        if known.isTrue(.tagAdded) { return .tagAdded }
        if known.isTrue(.tagRemoved) { return .tagRemoved }
        if known.isTrue(.conversationOpened) { return .conversationOpened }
        if known.isTrue(.closeConversation) { return .conversationClosed }
        return nil
    }

    private static func isStatus(_ known: KnownMembers<RootKey>) -> Bool {
        guard known.has(.messageId), known.has(.statusTimestamp) else { return false }
        return known.isText(.status, "SENT") || known.isText(.status, "DELIVERED") || known.isText(.status, "READ")
            || known.isText(.status, "FAILED")
    }

    private static func hasAssignedUser(_ object: LineObject) -> Bool {
        if object.known.has(.assignedUserId) { return true }
        let prefix: StaticString = "assignedUser"
        let expected = unsafe UnsafeRawBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount)
        return unsafe object.known.tape.member(of: object.root.index) { unsafe $0.starts(with: expected) } != nil
    }

    private static func lead(_ object: LineObject) -> DoubleTickWebhook? {
        let known = object.known
        guard known.kind(.data) == .list else { return nil }
        if known.isTrue(.verified) { return .verifiedWidgetLead }
        guard known.memberCount == 1, let data = object.root["data"], data[0] != nil else { return nil }
        let isForm = data.elements.allSatisfy { $0.has("field") && $0.has("value") }
        return isForm ? .widgetLead : nil
    }

    private static func isUnassignment(_ known: KnownMembers<RootKey>) -> Bool {
        guard known.has(.chatId), known.has(.dtCustomerId) else { return false }
        return known.memberCount == 2 + (known.has(.customerPhone) ? 1 : 0) + (known.has(.wabaNumber) ? 1 : 0)
    }
}
