/// Tells DoubleTick's payloads apart by their shape, since most do not name their event.
///
/// The order of the checks is part of the meaning, because shapes nest and because the `customData` of a sent template
/// is spread at the root of the events that follow. Such data are strings; so markers must be `true`, and words must be
/// those that DoubleTick writes. What still collides is only told apart by an envelope.
enum DoubleTickShape {
    /// The kind of webhook that a payload is; `nil` where nothing tells.
    static func webhook(of root: JSONValue, _ known: KnownMembers<DoubleTickKey>) -> DoubleTickWebhook? {
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
        if known.has(.chatId), hasAssignedUser(root, known) { return .chatAssigned }
        if let lead = lead(known) { return lead }
        if known.has(.conversationId), known.has(.cost) { return .costDeducted }
        if isUnassignment(known) { return .chatUnassigned }
        return nil
    }

    private static func named(_ known: KnownMembers<DoubleTickKey>) -> DoubleTickWebhook? {
        if let event = known.text(.event), let webhook = DoubleTickWebhook.named(byEvent: event) {
            return webhook
        }
        if known.isText(.eventType, "ON_SLA_ESCALATED_PUBLIC") { return .slaEscalated }
        return nil
    }

    private static func marked(_ known: KnownMembers<DoubleTickKey>) -> DoubleTickWebhook? {
        if known.isTrue(.newLead) { return .newLead }
        if known.isTrue(.tagAdded) { return .tagAdded }
        if known.isTrue(.tagRemoved) { return .tagRemoved }
        if known.isTrue(.conversationOpened) { return .conversationOpened }
        if known.isTrue(.closeConversation) { return .conversationClosed }
        return nil
    }

    private static func isStatus(_ known: KnownMembers<DoubleTickKey>) -> Bool {
        guard known.has(.messageId), known.has(.statusTimestamp), let status = known.text(.status) else { return false }
        return ["SENT", "DELIVERED", "READ", "FAILED"].contains(status)
    }

    private static func hasAssignedUser(_ root: JSONValue, _ known: KnownMembers<DoubleTickKey>) -> Bool {
        known.has(.assignedUserId) || root.members.contains { $0.key.hasPrefix("assignedUser") }
    }

    private static func lead(_ known: KnownMembers<DoubleTickKey>) -> DoubleTickWebhook? {
        guard known.kind(.data) == .list else { return nil }
        if known.isTrue(.verified) { return .verifiedWidgetLead }
        guard known.memberCount == 1, let data = known[.data], data[0] != nil else { return nil }
        let isForm = data.elements.allSatisfy { $0["field"] != nil && $0["value"] != nil }
        return isForm ? .widgetLead : nil
    }

    private static func isUnassignment(_ known: KnownMembers<DoubleTickKey>) -> Bool {
        guard known.has(.chatId), known.has(.dtCustomerId) else { return false }
        let expected: [DoubleTickKey] = [.chatId, .dtCustomerId, .customerPhone, .wabaNumber]
        return known.memberCount == expected.count(where: known.has)
    }
}
