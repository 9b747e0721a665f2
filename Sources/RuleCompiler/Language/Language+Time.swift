extension Language {
    /// What events have in common that belong together.
    static let per = ValueShape.named(
        "per",
        .oneOrMore(.suggestion(["conversation", "customer", "business", "everyone"]))
    )

    /// The types of events that a rule or a step looks at.
    static let eventTypes = ValueShape.oneOrMore(.either([.word(["any"]), MatcherSubject.type.compared]), alone: "any")

    /// How many events must come.
    package static let count = MappingShape(
        "a count",
        "How many events must come, and within which time.",
        keys: [
            LanguageKey(
                "at_least",
                .integer(1...1_000_000),
                "How many.",
                isRequired: true,
                example: "3",
                isBuilt: false
            ),
            LanguageKey(
                "within",
                .form(.positiveDuration),
                "The time within which they must come.",
                isRequired: true,
                example: "10m",
                isBuilt: false
            ),
            LanguageKey(
                "per",
                per,
                "Whose events are counted together.",
                fallback: "conversation",
                example: "customer",
                isBuilt: false
            ),
            LanguageKey(
                "distinct",
                .text,
                "Counts the different values of this name or field instead of events.",
                example: "customer",
                isBuilt: false
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
                "The types of events; those of the rule if left out.",
                example: "message-received",
                isBuilt: false
            ),
            LanguageKey(
                "when",
                .condition,
                "What must hold for the event.",
                example: "{ text: { keywords: [price] } }",
                isBuilt: false
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
                example: "15m",
                isBuilt: false
            ),
            LanguageKey(
                "counting",
                .text,
                "Counts only the time in which this schedule is open.",
                example: "weekdays",
                isBuilt: false
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
                example: "24h",
                isBuilt: false
            ),
            LanguageKey(
                "at_most",
                .integer(1...1_000_000),
                "How many firings are let through within the time.",
                example: "5",
                isBuilt: false
            ),
            LanguageKey(
                "within",
                .form(.positiveDuration),
                "The time in which at_most firings are let through.",
                example: "1h",
                isBuilt: false
            ),
            LanguageKey(
                "per",
                per,
                "Whose firings are counted together.",
                fallback: "conversation",
                example: "business",
                isBuilt: false
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
                example: "customer",
                isBuilt: false
            ),
            LanguageKey(
                "set",
                .mapping(step),
                "The event that sets it.",
                isRequired: true,
                example: "{ on: add-tag, when: { tag: VIP } }",
                isBuilt: false
            ),
            LanguageKey(
                "value",
                .text,
                "What is remembered; may hold values of the event.",
                fallback: "true",
                example: "\"{{agent}}\"",
                isBuilt: false
            ),
            LanguageKey(
                "clear",
                .mapping(step),
                "The event that makes it forgotten.",
                example: "{ on: remove-tag, when: { tag: VIP } }",
                isBuilt: false
            ),
            LanguageKey(
                "for",
                .form(.positiveDuration),
                "How long it is remembered.",
                example: "365d",
                isBuilt: false
            ),
        ]
    )
}
