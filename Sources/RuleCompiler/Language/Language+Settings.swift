import Events

extension Language {
    /// How many attempts there may be, at once and for one job.
    package static let attemptCounts = 1...1_000

    /// The settings.
    package static let settings = MappingShape(
        "settings",
        "How Beckon runs; each setting stands in one file only.",
        keys: [
            LanguageKey(
                "business",
                .text,
                "The business number of events that carry none: a name from business_numbers, or a phone number.",
                example: "main"
            ),
            LanguageKey(
                "timezone",
                .text,
                "The IANA name of the time zone in which days and times of day are meant.",
                fallback: "Asia/Kolkata",
                example: "Europe/Berlin"
            ),
            LanguageKey(
                "format",
                .either([.word(InputFormat.names), .mapping(mappedFormat)]),
                "The format of incoming events; a mapping gives a path for each name of the event.",
                fallback: "auto",
                example: "doubletick"
            ),
            LanguageKey(
                "doubletick",
                .mapping(doubletick),
                "How to reach DoubleTick.",
                example: "{ api_key: env:DOUBLETICK_API_KEY }"
            ),
            LanguageKey(
                "delivery",
                .mapping(delivery),
                "How jobs are performed.",
                example: "{ rate: 5/s, attempts: 12 }"
            ),
            LanguageKey(
                "grace",
                .form(.duration),
                "How late a timer fires while the stream is idle.",
                fallback: "10s",
                example: "30s"
            ),
            LanguageKey(
                "live_lag",
                .form(.duration),
                "How far event time may be behind the clock for timers to fire by the clock.",
                fallback: "2m",
                example: "5m"
            ),
            LanguageKey(
                "lateness",
                .form(.duration),
                "How much older than the newest event an event may be and still be decided in its turn; so long all wait.",
                fallback: "0s",
                example: "1m"
            ),
        ]
    )

    /// The paths of a mapped format.
    package static let mappedFormat = MappingShape(
        "a mapped format",
        "Where in any JSON the names of an event are found.",
        keys: EventName.allCases.map {
            LanguageKey(
                $0.spelling,
                .text,
                "\($0.summary) Give its path in the original.",
                example: "payload.\($0.spelling)"
            )
        }
    )

    /// How to reach DoubleTick.
    package static let doubletick = MappingShape(
        "the settings of DoubleTick",
        "How to reach DoubleTick.",
        keys: [
            LanguageKey(
                "base_url",
                .form(.baseURL),
                "Where the API begins; plain http is for this machine only.",
                fallback: "https://public.doubletick.io",
                example: "http://127.0.0.1:8080"
            ),
            LanguageKey(
                "api_key",
                .form(.secretSource),
                "Where the key is found, never the key itself: env:NAME for a variable, or file:PATH.",
                fallback: "env:DOUBLETICK_API_KEY",
                example: "file:/run/secrets/doubletick"
            ),
        ]
    )

    /// How jobs are performed.
    package static let delivery = MappingShape(
        "the settings of delivery",
        "How jobs are performed.",
        keys: [
            LanguageKey(
                "concurrency",
                .integer(attemptCounts),
                "How many attempts may be under way at once.",
                fallback: "8",
                example: "4"
            ),
            LanguageKey(
                "rate",
                .form(.rate),
                "How often a destination may be called: 5/s, 60/min or 1000/h.",
                fallback: "5/s",
                example: "60/min"
            ),
            LanguageKey(
                "timeout",
                .form(.positiveDuration),
                "How long one attempt may take.",
                fallback: "10s",
                example: "30s"
            ),
            LanguageKey(
                "attempts",
                .integer(attemptCounts),
                "How many attempts a job gets.",
                fallback: "12",
                example: "5"
            ),
            LanguageKey(
                "give_up_after",
                .form(.positiveDuration),
                "How long after its first attempt a job is still tried.",
                fallback: "24h",
                example: "1h"
            ),
            LanguageKey(
                "max_event_age",
                .either([.word(["none"]), .form(.positiveDuration)]),
                "Jobs of events that are older are held back.",
                fallback: "none",
                example: "24h"
            ),
            LanguageKey(
                "loop_guard",
                .either([.word(["none"]), .mapping(loopGuard)]),
                "How many jobs a conversation may get in which time; at more it is stopped.",
                fallback: "{ at_most: 50, within: 10m }",
                example: "{ at_most: 20, within: 5m }"
            ),
        ]
    )

    /// How many jobs a loop guard may let through.
    package static let loopCounts = 1...1_000_000

    /// The longest time in which a loop guard may count: each conversation's jobs are remembered for as long.
    package static let loopWindowMax = Duration.seconds(7 * 86_400)

    /// How many jobs a conversation may get.
    package static let loopGuard = MappingShape(
        "a loop guard",
        "How many jobs a conversation may get in which time.",
        keys: [
            LanguageKey(
                "at_most",
                .integer(loopCounts),
                "How many jobs a conversation may get within the time.",
                fallback: "50",
                example: "20"
            ),
            LanguageKey(
                "within",
                .form(.positiveDuration),
                "The time in which they are counted, up to seven days.",
                fallback: "10m",
                example: "5m"
            ),
        ]
    )
}
