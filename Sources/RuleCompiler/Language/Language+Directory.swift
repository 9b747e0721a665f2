import Directory

extension Language {
    /// An agent.
    package static let agent = MappingShape(
        "an agent",
        "A person who can join a conversation.",
        keys: [
            LanguageKey(
                "phone",
                .phone,
                "The number with which the agent logs in, with country code.",
                isRequired: true,
                example: "+91 99999 00101"
            ),
            LanguageKey("name", .text, "The agent's name; for people and reports.", example: "Asha Rao"),
            LanguageKey(
                "shift",
                .text,
                "The schedule in whose hours the agent is there; at any time if left out.",
                example: "weekdays"
            ),
            LanguageKey(
                "away",
                .oneOrMore(.form(.dates)),
                "Days on which no work of the agent begins, by the clock of the shift.",
                example: "[2026-11-08 .. 2026-11-12]"
            ),
        ]
    )

    /// A team.
    package static let team = MappingShape(
        "a team",
        "Agents who are asked for together.",
        keys: [
            LanguageKey(
                "members",
                .oneOrMore(.text),
                "The agents of the team: names from agents, or phone numbers.",
                isRequired: true,
                example: "[asha, ravi]"
            ),
            LanguageKey(
                "pick",
                .word(Team.Pick.allCases.map(\.rawValue)),
                "Who of those on shift joins; must be written for teams of more than three.",
                fallback: "all",
                example: "all"
            ),
            LanguageKey(
                "keep",
                .form(.positiveDuration),
                "How long a picked member stays with a conversation after the last use.",
                fallback: "30d",
                example: "7d"
            ),
            LanguageKey(
                "off_shift",
                .suggestion(["nobody", "anyone"]),
                "Who is asked when nobody of the team is on shift: nobody, anyone, an agent or a team.",
                fallback: "nobody",
                example: "anyone"
            ),
        ],
        constraints: [.listOfMore(than: Team.membersWithoutPickMax, under: "members", needs: "pick")]
    )

    /// A schedule.
    package static let schedule = MappingShape(
        "a schedule",
        "Hours and days.",
        keys: [
            LanguageKey(
                "timezone",
                .text,
                "The IANA name of the time zone; that of the settings if left out.",
                example: "Asia/Kolkata"
            ),
            LanguageKey(
                "open",
                .oneOrMore(.mapping(openingHours)),
                "The hours in which the schedule is open, by the clock of its time zone.",
                isRequired: true,
                example: "[{ days: mon-fri, from: 09:30, to: 18:30 }]"
            ),
            LanguageKey(
                "closed",
                .oneOrMore(.form(.dates)),
                "Days on which no hours begin.",
                example: "[2026-11-08]"
            ),
        ]
    )

    /// Hours of a schedule.
    package static let openingHours = MappingShape(
        "opening hours",
        "Hours on days of the week.",
        keys: [
            LanguageKey(
                "days",
                .oneOrMore(.form(.weekdays)),
                "Days of the week on which the hours begin: mon-fri, or a list such as [mon, wed].",
                fallback: "mon-sun",
                example: "mon-fri"
            ),
            LanguageKey("from", .form(.timeOfDay), "When it opens.", isRequired: true, example: "09:30"),
            LanguageKey(
                "to",
                .form(.timeOfDay),
                "When it closes; a time before it opens is on the next day.",
                isRequired: true,
                example: "18:30"
            ),
        ]
    )

    /// A list that stands in a file.
    package static let list = MappingShape(
        "a list",
        "A list of texts that stands in a file.",
        keys: [
            LanguageKey(
                "file",
                .text,
                "The file, relative to this one, with one entry a line.",
                isRequired: true,
                example: "vips.txt"
            )
        ]
    )

    /// A table that stands in a file.
    package static let table = MappingShape(
        "a table",
        "A table from a CSV file, of which an event finds one row.",
        keys: [
            LanguageKey(
                "file",
                .text,
                "The CSV file, relative to this one; read again when it changes.",
                isRequired: true,
                example: "accounts.csv"
            ),
            LanguageKey(
                "key",
                .text,
                "The column in which the row is looked for.",
                isRequired: true,
                example: "phone"
            ),
            LanguageKey(
                "by",
                .text,
                "What is looked for: a name of the event, or a field path.",
                isRequired: true,
                example: "customer"
            ),
        ]
    )
}
