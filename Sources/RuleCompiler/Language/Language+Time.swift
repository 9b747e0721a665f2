extension Language {
    /// What events have in common that belong together.
    static let per = ValueShape.named(
        "per",
        .oneOrMore(.suggestion(["conversation", "customer", "business", "everyone"]))
    )

    /// The types of events that a rule or a step looks at.
    static let eventTypes = ValueShape.oneOrMore(.either([.word(["any"]), MatcherSubject.type.compared]), alone: "any")

    /// How many events a count may ask for, and how many firings a throttle may let through: the time of each is kept in
    /// memory and written down, for every conversation.
    package static let eventCounts = 1...10_000

    /// How many steps a sequence may have: as many beginnings of it are kept at once.
    package static let sequenceSteps = 2...50

    /// How many things events may have to have in common: together they are the name of a window.
    package static let groupingPartsMax = 8

    /// How many events must come.
    package static let count = MappingShape(
        "a count",
        "How many events must come, and within which time.",
        keys: [
            LanguageKey(
                "at_least",
                .integer(eventCounts),
                "How many.",
                isRequired: true,
                example: "3"
            ),
            LanguageKey(
                "within",
                .form(.positiveDuration),
                "The time within which they must come.",
                isRequired: true,
                example: "10m"
            ),
            LanguageKey(
                "per",
                per,
                "Whose events are counted together; as the rule's own per says if left out.",
                example: "customer"
            ),
            LanguageKey(
                "distinct",
                .text,
                "Counts the different values of this name, or of a field as fields.PATH, instead of events.",
                example: "customer"
            ),
        ]
    )

    /// One event of a sequence.
    package static let step = MappingShape(
        "a step",
        "One event of a sequence.",
        keys: [
            LanguageKey(
                "on",
                eventTypes,
                "The types of events; if left out those of the rule, or message-received where there is none.",
                example: "message-received"
            ),
            LanguageKey(
                "when",
                .condition,
                "What must hold for the event.",
                example: "{ text: { keywords: [price] } }"
            ),
        ],
        constraints: [.notEmpty]
    )

    /// An event that must not follow.
    package static let absence = MappingShape(
        "an absence",
        "An event that must not follow, and for how long.",
        keys: step.described + [
            LanguageKey(
                "within",
                .form(.positiveDuration),
                "How long to wait for it.",
                isRequired: true,
                example: "15m"
            ),
            LanguageKey(
                "counting",
                .text,
                "Counts only the time in which this schedule is open.",
                example: "weekdays"
            ),
            LanguageKey(
                "per",
                per,
                "Whose events belong together; as the rule's own per says if left out.",
                example: "customer"
            ),
        ]
    )

    /// How often a rule may fire.
    package static let throttle = MappingShape(
        "a throttle",
        "How often a rule may fire.",
        keys: [
            LanguageKey(
                "once_per",
                .form(.positiveDuration),
                "The time in which one firing is let through.",
                example: "24h"
            ),
            LanguageKey(
                "at_most",
                .integer(eventCounts),
                "How many firings are let through within the time.",
                example: "5"
            ),
            LanguageKey(
                "within",
                .form(.positiveDuration),
                "The time in which at_most firings are let through.",
                example: "1h"
            ),
            LanguageKey(
                "per",
                per,
                "Whose firings are counted together; as the rule's own per says if left out.",
                example: "business"
            ),
        ],
        constraints: [.exactlyOne(["once_per", "at_most"]), .together(["at_most", "within"])]
    )

    /// What is remembered.
    package static let fact = MappingShape(
        "a fact",
        "What is remembered from one event to later ones.",
        keys: [
            LanguageKey(
                "per",
                per,
                "Of whom it is remembered.",
                fallback: "conversation",
                example: "customer"
            ),
            LanguageKey(
                "set",
                .mapping(step),
                "The event that sets it.",
                isRequired: true,
                example: "{ on: add-tag, when: { tag: VIP } }"
            ),
            LanguageKey(
                "value",
                .text,
                "What is remembered; may hold values of the event.",
                fallback: "true",
                example: "\"{{agent}}\""
            ),
            LanguageKey(
                "clear",
                .mapping(step),
                "The event that makes it forgotten.",
                example: "{ on: remove-tag, when: { tag: VIP } }"
            ),
            LanguageKey(
                "for",
                .form(.positiveDuration),
                "How long it is remembered.",
                example: "365d"
            ),
        ]
    )
}
