import Events
import RuleEngine

extension Language {
    /// A rule, its keys in the order in which a rule is written.
    package static let rule = MappingShape(
        "a rule",
        "What to look for in events, and what to do about it.",
        keys: [
            LanguageKey(
                "id",
                .form(.kebabCase),
                "The name of the rule, in kebab case and unique among all files.",
                isRequired: true,
                example: "refund-brings-in-billing"
            ),
            LanguageKey(
                "description",
                .text,
                "What a person should conclude and do when the rule fires.",
                example: "Billing joins every conversation that asks for money back."
            ),
            LanguageKey("owner", .text, "Whose rule it is; for people and reports.", example: "payments"),
            LanguageKey(
                "tags",
                .oneOrMore(.text),
                "Words to choose rules by, in tests and reports.",
                example: "[money, urgent]"
            ),
            LanguageKey(
                "mode",
                .word(RuleMode.allCases.map(\.rawValue)),
                "Whether the rule acts (active), only decides and reports (shadow), or is not looked at (off).",
                fallback: "active",
                example: "shadow"
            ),
            LanguageKey(
                "expires",
                .form(.date),
                "The last day, in the settings' time zone, on which the rule fires.",
                example: "2026-12-31"
            ),
            LanguageKey(
                "priority",
                .integer(),
                "Rules with a higher number are decided first; then the file's path counts, then the place in it.",
                fallback: "0",
                example: "10"
            ),
            LanguageKey(
                "group",
                .text,
                "Of the rules of one group only the first that takes an event may fire on it.",
                example: "money"
            ),
            LanguageKey(
                "otherwise",
                .either([.boolean, .list(.text)]),
                "With true, fires only when no ordinary rule took the event; with tags, looks only at rules that have one.",
                fallback: "false",
                example: "true"
            ),
            LanguageKey(
                "stop",
                .boolean,
                "Whether later rules leave an event alone that this rule takes.",
                fallback: "false",
                example: "true"
            ),
            LanguageKey(
                "on",
                eventTypes,
                "The types of events that the rule looks at, or any.",
                fallback: EventType.messageReceived,
                example: "[message-received, add-tag]"
            ),
            LanguageKey(
                "when",
                .condition,
                "What must hold for the event; if left out, every event of these types will do.",
                example: "{ text: { keywords: [refund, money back] } }"
            ),
            LanguageKey(
                "count",
                .mapping(count),
                "Waits until so many such events have come within a time, then counts anew.",
                example: "{ at_least: 3, within: 10m, per: customer }"
            ),
            LanguageKey(
                "sequence",
                .list(.mapping(step), of: sequenceSteps),
                "Waits for events that come in this order; others may lie between.",
                example: "[{ when: { text: { keywords: [price] } } }, { when: { text: { keywords: [buy] } } }]"
            ),
            LanguageKey(
                "unless",
                .mapping(absence),
                "Fires when no such event follows within a time.",
                example: "{ on: message-status-update, when: { by: agent }, within: 15m }"
            ),
            LanguageKey(
                "within",
                .form(.positiveDuration),
                "How long the whole sequence may take, from its first event to its last.",
                example: "1h"
            ),
            LanguageKey(
                "per",
                per,
                "Whose events belong together: in a sequence, and where count, unless and throttle do not say otherwise.",
                fallback: "conversation",
                example: "customer"
            ),
            LanguageKey(
                "throttle",
                .mapping(throttle),
                "Holds back firings that come too often.",
                example: "{ once_per: 24h, per: conversation }"
            ),
            LanguageKey(
                "then",
                .list(.action),
                "What to do, in this order.",
                isRequired: true,
                example: "[\(sampleAction)]"
            ),
        ],
        constraints: [
            .together(["sequence", "within"]), .needsOneOf(["count", "sequence", "unless", "throttle"], for: "per"),
        ]
    )
}
