import Events
import RuleEngine

extension Language {
    /// A matcher that is written as a mapping.
    package static let matcher = matcher(of: .value)

    /// A matcher that is written as a mapping, for values of a subject.
    package static func matcher(of subject: MatcherSubject) -> MappingShape {
        MappingShape(
            "a matcher",
            "What a value must be; all keys must hold.",
            keys: comparisons(subject) + texts + keywords + bounds + [
                LanguageKey(
                    "exists",
                    .boolean,
                    "With true, the value is there; with false, it is missing or null.",
                    example: "false"
                ),
                LanguageKey(
                    "is",
                    .word(MatcherReader.ValueKind.allCases.map(\.rawValue)),
                    "The kind of the value: string, number, boolean, list or object.",
                    example: "number"
                ),
                LanguageKey(
                    "not",
                    .matcher(subject),
                    "The value is there and does not meet this matcher.",
                    example: subject == .value ? "{ contains: test }" : subject.example
                ),
                LanguageKey(
                    "ignore_case",
                    .boolean,
                    "Whether equals, in, in_list, contains, starts_with, ends_with and matches ignore case.",
                    fallback: "false",
                    example: "true"
                ),
            ] + leniences,
            constraints: [.notEmpty]
        )
    }

    private static func comparisons(_ subject: MatcherSubject) -> [LanguageKey] {
        [
            LanguageKey(
                "equals",
                subject.compared,
                "The value is just this, kind included: the text \"1\" is not the number 1.",
                example: subject.example
            ),
            LanguageKey(
                "in",
                .list(subject.compared),
                "The value is one of these, kind included.",
                example: "[\(subject.example)]"
            ),
            LanguageKey(
                "in_list",
                .text,
                "The value is in the list of this name, from the top-level key lists.",
                example: "vips"
            ),
        ]
    }

    private static let texts = [
        LanguageKey("contains", .oneOrMore(.text), "The text holds this, or one of these.", example: "[refund, money]"),
        LanguageKey("starts_with", .oneOrMore(.text), "The text begins with this, or one of these.", example: "Order"),
        LanguageKey("ends_with", .oneOrMore(.text), "The text ends with this, or one of these.", example: "please"),
        LanguageKey(
            "matches",
            .oneOrMore(.form(.regex)),
            "The text matches this regex (PCRE2, unanchored), or one of these; write it in single quotes.",
            example: "'order (?<number>[0-9]+)'"
        ),
    ]

    private static let keywords = [
        LanguageKey(
            "keywords",
            .oneOrMore(.either([.text, .mapping(listOfKeywords)])),
            "The text holds one of these words or phrases as whole words; refund* takes any ending.",
            example: "[refund, money back, charge*]"
        ),
        LanguageKey(
            "all_keywords",
            .oneOrMore(.either([.text, .mapping(listOfKeywords)])),
            "The text holds every one of these words or phrases as whole words.",
            example: "[refund, order]"
        ),
        LanguageKey(
            "only_keywords",
            .oneOrMore(.either([.text, .mapping(listOfKeywords)])),
            "The whole text is one of these, apart from spaces, punctuation and symbols.",
            example: "[stop, unsubscribe]"
        ),
    ]

    /// A list of words under a keyword key, by its name.
    package static let listOfKeywords = MappingShape(
        "a list of keywords",
        "The words of a list, by its name.",
        keys: [
            LanguageKey(
                "list",
                .text,
                "The name of the list, from the top-level key lists.",
                isRequired: true,
                example: "refund-words"
            )
        ]
    )

    private static let bounds = [
        LanguageKey(
            "above",
            .bound,
            "The value is a number, length of time or date greater than this.",
            example: "5000"
        ),
        LanguageKey(
            "at_least",
            .bound,
            "The value is a number, length of time or date not less than this.",
            example: "15m"
        ),
        LanguageKey("below", .bound, "The value is a number, length of time or date less than this.", example: "100"),
        LanguageKey(
            "at_most",
            .bound,
            "The value is a number, length of time or date not greater than this.",
            example: "2026-12-31"
        ),
    ]

    private static let leniences = [
        LanguageKey(
            "typos",
            .integer(0...2),
            "How many typing mistakes a keyword may have; words under five letters allow none.",
            fallback: "0",
            example: "1"
        ),
        LanguageKey(
            "accents",
            .word(["ignore"]),
            "With ignore, the keyword cafe is found in café.",
            example: "ignore"
        ),
        LanguageKey(
            "stretched",
            .word(["ignore"]),
            "With ignore, the keyword please is found in pleeease.",
            example: "ignore"
        ),
    ]
}

extension MatcherSubject {
    /// What values under the matcher are compared with.
    var compared: ValueShape {
        switch self {
        case .value: .single
        case .type: .named("event-type", .suggestion(EventType.known.sorted()))
        case .kind: .named("message-kind", .word(MessageKind.allCases.map(\.rawValue)))
        case .origin: .named("origin", .word(Origin.allCases.map(\.rawValue)))
        }
    }

    /// A value to compare with, as it is written.
    fileprivate var example: String {
        switch self {
        case .value: "VIP"
        case .type: EventType.messageReceived
        case .kind: MessageKind.image.rawValue
        case .origin: Origin.customer.rawValue
        }
    }
}
