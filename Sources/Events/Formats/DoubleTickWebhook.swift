/// The kinds of DoubleTick's webhooks; the raw value is the event type, the webhook's name in kebab case.
///
/// A list, longer than other enums for that reason.
public enum DoubleTickWebhook: String, CaseIterable, Sendable {
    /// A customer wrote.
    case messageReceived = "message-received"
    /// A message of the business changed its status.
    case messageStatusUpdate = "message-status-update"
    /// A conversation got an owner.
    case chatAssigned = "chat-assigned-to-agent"
    /// An agent went online or offline.
    case agentStatusChanged = "assigned-agent-status-changed"
    /// A conversation lost its owner.
    case chatUnassigned = "chat-unassigned"
    /// A custom field of a customer changed.
    case customFieldUpdated = "update-customer-custom-field"
    /// Somebody filled in a website form.
    case widgetLead = "widget-lead-received"
    /// Somebody filled in a website form and confirmed the number.
    case verifiedWidgetLead = "verified-widget-lead-received"
    /// A customer wrote for the first time.
    case newLead = "new-lead"
    /// What Meta sent, passed on.
    case rawCloudAPI = "raw-cloud-api-webhook"
    /// A conversation was closed.
    case conversationClosed = "close-conversation"
    /// A message template changed its status.
    case templateUpdate = "template-update"
    /// A customer got a tag.
    case tagAdded = "add-tag"
    /// A customer lost a tag.
    case tagRemoved = "remove-tag"
    /// A customer wrote after a click on an advertisement.
    case adMessageReceived = "call-to-whatsapp-message-received"
    /// A conversation was opened.
    case conversationOpened = "conversation-opened"
    /// Not documented by DoubleTick.
    case businessChatOpen = "customer-business-chat-open"
    /// An agent wrote a note.
    case noteCreated = "customer-note-created"
    /// An agent changed a note.
    case noteUpdated = "customer-note-updated"
    /// An agent removed a note.
    case noteDeleted = "customer-note-deleted"
    /// Not documented by DoubleTick.
    case postCallDisposition = "post-call-disposition"
    /// A customer calls.
    case callIncoming = "call-incoming-initiated"
    /// An agent calls.
    case callOutgoing = "call-outgoing-initiated"
    /// A call was taken.
    case callAccepted = "call-accepted"
    /// A call is over.
    case callEnded = "call-ended"
    /// A call was refused.
    case callRejected = "call-rejected"
    /// A customer's call was taken by nobody.
    case callMissed = "call-missed"
    /// An agent did not take a customer's call.
    case callNotPicked = "call-not-picked"
    /// Not documented by DoubleTick.
    case standbyMessage = "standby-message-received"
    /// Not documented by DoubleTick.
    case messagingHandover = "messaging-handover"
    /// An answer took longer than promised.
    case slaEscalated = "on-sla-escalated-public"
    /// A customer answered whether they may be called.
    case callPermissionReply = "call-permission-reply-received"
    /// A group was made.
    case groupCreated = "group-created"
    /// Somebody joined a group.
    case groupJoined = "group-participant-joined"
    /// Somebody left a group.
    case groupLeft = "group-participant-left"
    /// Somebody was taken out of a group.
    case groupRemoved = "group-participant-removed"
    /// Somebody wrote in a group.
    case groupMessageReceived = "wa-group-message-received"
    /// A conversation was paid for.
    case costDeducted = "conversation-cost-deducted"

    /// The kind of the webhook that is called so at DoubleTick, such as `MESSAGE_RECEIVED`.
    public init?(webhook: String) {
        self.init(rawValue: EventType.normalized(webhook))
    }

    /// Whether the customer wrote it.
    var isMessage: Bool {
        self == .messageReceived || self == .adMessageReceived || self == .groupMessageReceived
    }

    /// Whether it happened in a group, whose id is no phone number.
    var isInGroup: Bool {
        switch self {
        case .groupCreated, .groupJoined, .groupLeft, .groupRemoved, .groupMessageReceived: true
        default: false
        }
    }

    /// The kinds as rules and plain events write them.
    static let named = WordTable(allCases.map { ($0.rawValue, $0) })

    /// The kinds as DoubleTick calls them, such as `MESSAGE_RECEIVED`.
    static let shouted = WordTable(
        allCases.map { ($0.rawValue.uppercased().replacing("-", with: "_"), $0) }
    )

    /// Which kind a value of the original's `event` names.
    ///
    /// Kinds that carry no name of theirs are not among them: there `event` is a key of somebody's `customData`. The
    /// four whose payloads are not documented are, since nothing else could tell them.
    static let namedByEvent = WordTable<DoubleTickWebhook>([
        ("note-created", .noteCreated), ("note-updated", .noteUpdated), ("note-deleted", .noteDeleted),
        ("TEMPLATE_STATUS_UPDATE", .templateUpdate), ("ASSIGNED_AGENT_STATUS_CHANGED", .agentStatusChanged),
        ("CALL_INCOMING_INITIATED", .callIncoming), ("CALL_OUTGOING_INITIATED", .callOutgoing),
        ("CALL_ACCEPTED", .callAccepted), ("CALL_ENDED", .callEnded), ("CALL_REJECTED", .callRejected),
        ("CALL_MISSED", .callMissed), ("CALL_NOT_PICKED", .callNotPicked), ("GROUP_CREATED", .groupCreated),
        ("GROUP_PARTICIPANT_JOINED", .groupJoined), ("GROUP_PARTICIPANT_LEFT", .groupLeft),
        ("GROUP_PARTICIPANT_REMOVED", .groupRemoved), ("CUSTOMER_BUSINESS_CHAT_OPEN", .businessChatOpen),
        ("POST_CALL_DISPOSITION", .postCallDisposition), ("STANDBY_MESSAGE_RECEIVED", .standbyMessage),
        ("MESSAGING_HANDOVER", .messagingHandover),
    ])
}
