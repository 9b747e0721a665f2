import Events
import RuleEngine

extension Language {
    /// A condition.
    package static let condition = MappingShape(
        "a condition",
        "What must hold for one event; all keys must hold.",
        keys: [
            LanguageKey(
                "all",
                .list(.condition),
                "Every one of these conditions holds.",
                example: "[{ kind: text }, { by: customer }]"
            ),
            LanguageKey(
                "any",
                .list(.condition),
                "At least one of these conditions holds.",
                example: "[{ text: { keywords: [refund] } }, { kind: image }]"
            ),
            LanguageKey(
                "none",
                .list(.condition),
                "Not a single one of these conditions holds.",
                example: "[{ text: { keywords: [thanks] } }]"
            ),
            LanguageKey("not", .condition, "This condition does not hold.", example: "{ kind: image }"),
        ]
            + EventName.inConditions.map {
                LanguageKey($0.spelling, .matcher($0.subject), $0.summary, example: $0.matcherExample)
            } + [
                LanguageKey(
                    "fields",
                    .names(of: .path, to: .matcher(.value)),
                    "Values anywhere in the original event, by path; a star stands for some element of a list.",
                    example: "{ order.total: { above: 5000 }, items.*.sku: 'A-1' }"
                ),
                LanguageKey(
                    "facts",
                    .names(to: .matcher(.value)),
                    "What is remembered, by the fact's name.",
                    example: "{ vip: true }"
                ),
                LanguageKey(
                    "use",
                    .text,
                    "The condition of this name, from the top-level key conditions, holds.",
                    example: "wants-money-back"
                ),
                LanguageKey(
                    "during",
                    .text,
                    "The event happened while this schedule is open.",
                    example: "weekdays"
                ),
                LanguageKey(
                    "outside",
                    .text,
                    "The event happened while this schedule is closed.",
                    example: "weekdays"
                ),
            ],
        constraints: [.notEmpty]
    )
}

extension EventName {
    /// What the name stands for, in one sentence.
    var summary: String {
        switch self {
        case .type: "The type of the event in kebab case, such as message-received or add-tag."
        case .text: "What the customer wrote: the text, else the caption, else the title of the button or row chosen."
        case .kind: "What the message is: text, image, button and so on."
        case .choice: "The id or payload of the button or row that the customer chose."
        case .customer: "The customer's phone number, however it is written."
        case .business: "The business number, or its name from business_numbers."
        case .conversation: "The business number and the customer's number with a colon between."
        case .name: "The customer's name."
        case .by: "Who caused the event: customer, agent, bot, api or unknown."
        case .agent: "The agent whom the event is about: a phone number, or a name from agents."
        case .tag: "The tag that the event is about."
        case .id: "What makes a repeated delivery the same event."
        case .time: "When the event happened."
        case .fields: "Values of the original event."
        }
    }

    /// What its values can be compared with.
    var subject: MatcherSubject {
        switch self {
        case .type: .type
        case .kind: .kind
        case .by: .origin
        default: .value
        }
    }

    /// A matcher for it, as it is written.
    fileprivate var matcherExample: String {
        switch self {
        case .text: "{ keywords: [refund, money back] }"
        default: example
        }
    }

    /// A value of it, as it is written.
    var example: String {
        switch self {
        case .type: EventType.messageReceived
        case .text: "\"Hi, I want a REFUND for order 5512\""
        case .kind: MessageKind.image.rawValue
        case .choice: "yes-please"
        case .customer: "+91 99999 00001"
        case .business: "main"
        case .conversation: "\"919999900000:919999900001\""
        case .name: "Priya"
        case .by: Origin.customer.rawValue
        case .agent: "asha"
        case .tag: "VIP"
        case .id: "order-5512-paid"
        case .time: "2026-01-07T12:00:00+05:30"
        case .fields: "{ status: SENT }"
        }
    }
}
