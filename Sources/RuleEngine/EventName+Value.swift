public import Events

extension EventName {
    /// The names that conditions may use.
    public static let inConditions: [EventName] = [
        .text, .type, .kind, .choice, .customer, .business, .name, .by, .agent, .tag,
    ]

    /// Whether values are phone numbers, which compare by their digits however they are written.
    public var isPhone: Bool {
        switch self {
        case .customer, .business, .agent: true
        case .text, .type, .kind, .choice, .name, .by, .tag, .conversation, .id, .time, .fields: false
        }
    }

    /// The value that an event has under this name, as text; `nil` for `fields`, which is no text.
    public func value(in event: Event) -> String? {
        switch self {
        case .text: event.text
        case .type: event.type
        case .kind: event.kind?.rawValue
        case .choice: event.choice
        case .customer: event.customer
        case .business: event.business
        case .conversation: event.conversation
        case .name: event.name
        case .by: event.by?.rawValue
        case .agent: event.agent
        case .tag: event.tag
        case .id: event.id
        case .time: event.time?.iso8601
        case .fields: nil
        }
    }
}
