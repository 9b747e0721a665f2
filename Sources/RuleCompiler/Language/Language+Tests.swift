import Events
import RuleEngine

extension Language {
    /// A test, its keys in the order in which a test is written.
    package static let test = MappingShape(
        "a test",
        "What the rules must do for given events; nothing is ever performed in a test.",
        keys: [
            LanguageKey(
                "name",
                .text,
                "What the rules must do, as a sentence.",
                isRequired: true,
                example: "asking for a refund brings in billing"
            ),
            LanguageKey(
                "rules",
                .oneOrMore(.text),
                "Limits the test to the rules of these ids or tags.",
                example: "[refund-brings-in-billing]"
            ),
            LanguageKey(
                "given",
                .mapping(given),
                "What is remembered when the test begins.",
                example: "{ facts: { vip: true } }"
            ),
            LanguageKey(
                "event",
                .mapping(testEvent),
                "The one event of the test.",
                example: "{ text: \"Hi, I want a REFUND for order 5512\" }"
            ),
            LanguageKey(
                "events",
                .list(.mapping(testEvent)),
                "Several events, in order.",
                example: "[{ text: \"Is anyone there?\" }, { wait: 15m }]"
            ),
            LanguageKey(
                "expect",
                .either([.word(["none"]), .list(.expectation)]),
                "The exact list, in order, of the firings that must come, or none.",
                isRequired: true,
                example: "[{ rule: refund-brings-in-billing }]"
            ),
        ],
        constraints: [.exactlyOne(["event", "events"])]
    )

    /// What a test begins with.
    package static let given = MappingShape(
        "what is given",
        "What is remembered when a test begins.",
        keys: [
            LanguageKey(
                "facts",
                .names(to: .single),
                "What is remembered, by the names of facts: true, or a text.",
                isRequired: true,
                example: "{ vip: true }"
            )
        ]
    )

    /// An event of a test.
    package static let testEvent = MappingShape(
        "an event of a test",
        "An event as shorthand over a realistic DoubleTick message, an original, a file, or a wait.",
        keys: EventName.inConditions.map {
            LanguageKey($0.spelling, $0.value, $0.summary, fallback: $0.fallbackInTests, example: $0.example)
        } + [
            LanguageKey("id", .text, EventName.id.summary, example: EventName.id.example),
            LanguageKey("time", .form(.time), EventName.time.summary, example: EventName.time.example),
            LanguageKey(
                "at",
                .text,
                "When the event happens: +15m after the test's beginning, an ISO time, or sat 22:00 for the next one.",
                example: "+15m"
            ),
            LanguageKey(
                "fields",
                .names(to: .any),
                "Values of the original message, in place of or beside those that are made up.",
                example: "{ contact: { name: Priya } }"
            ),
            LanguageKey(
                "raw",
                .names(to: .any),
                "The whole event as the stream would carry it.",
                example: "{ type: add-tag, customer: '919999900001', tag: VIP }"
            ),
            LanguageKey(
                "file",
                .text,
                "A file, relative to this one, that holds the event as the stream would carry it.",
                example: "fixtures/order-paid.json"
            ),
            LanguageKey("wait", .form(.duration), "No event: the clock moves on.", example: "15m"),
        ],
        constraints: [.alone("raw"), .alone("file"), .alone("wait")]
    )

    /// A firing that a test expects; the actions join these keys.
    package static let expectation = MappingShape(
        "an expectation",
        "A firing that must come; what is not written is not compared.",
        keys: [
            LanguageKey(
                "rule",
                .text,
                "The id of the rule that fires.",
                isRequired: true,
                example: "refund-brings-in-billing"
            ),
            LanguageKey(
                "at",
                .text,
                "When it fires: +15m after the test's beginning, an ISO time, or sat 22:00 for the next one.",
                example: "+15m"
            ),
            LanguageKey(
                "status",
                .word(["planned", "suppressed", "failed"]),
                "What becomes of its jobs; one suppressed makes a test list all that are.",
                fallback: "planned",
                example: "suppressed"
            ),
            LanguageKey(
                "reason",
                .text,
                "The code of the reason for which jobs are held back or fail.",
                example: "shadow"
            ),
            LanguageKey(
                "then",
                .list(.expectedAction),
                "The jobs of the firing, in order, with the settings to compare.",
                example: "[{ add-collaborator: { agents: [asha] } }]"
            ),
        ]
    )
}

extension EventName {
    /// What a test may write for it.
    fileprivate var value: ValueShape {
        switch self {
        case .text: .anyText
        case .customer: .phone
        case .time: .form(.time)
        case .type, .kind, .by: subject.compared
        case .choice, .business, .conversation, .name, .agent, .tag, .id, .fields: .text
        }
    }

    /// What an event of a test has where it is not written.
    fileprivate var fallbackInTests: String? {
        switch self {
        case .type: EventType.messageReceived
        case .customer: "+919999900001"
        default: nil
        }
    }
}
