/// The rule language: every mapping, its keys, what they mean, and what their values may be.
///
/// The one description of the language. The passes hold every mapping against its shape here, so a key that is not in this list
/// does not exist; the schema for editors is made from it; a key that is built is one whose flag says so. What the values are
/// made into is up to the passes.
package enum Language {
    /// A rule file.
    package static let file = MappingShape(
        "a rule file",
        "Rules with their tests, and what they speak of; all files of a folder together are one rule set.",
        keys: [
            section("rules", .list(.mapping(rule)), "What to look for, and what to do.", example: "[\(sampleRule)]"),
            section(
                "tests",
                .list(.mapping(test)),
                "What the rules must do for given events.",
                example: "[{ name: a greeting brings in nobody, event: { text: Hello }, expect: none }]"
            ),
            section(
                "conditions",
                .names(to: .condition),
                "Conditions that rules use by name.",
                example:
                    "{ wants-money-back: { text: { keywords: [refund, money back] } }, is-vip: { facts: { vip: true } } }"
            ),
            section(
                "lists",
                .names(to: .either([.list(.text), .mapping(list)])),
                "Lists of texts that matchers use by name, written here or in a file.",
                example: "{ vips: [VIP, gold], refund-words: [refund, money back] }"
            ),
            section(
                "tables",
                .names(to: .mapping(table)),
                "Tables from CSV files whose columns settings can name.",
                example: "{ accounts: { file: accounts.csv, key: phone, by: customer } }"
            ),
            section(
                "facts",
                .names(to: .mapping(fact)),
                "What is remembered from one event to later ones.",
                example: "{ vip: { per: customer, set: { on: add-tag, when: { tag: VIP } } } }"
            ),
            section(
                "agents",
                .names(to: .mapping(agent)),
                "The people who can join a conversation, by a short name.",
                example: "{ asha: { phone: +91 99999 00101, name: Asha Rao }, ravi: { phone: +91 99999 00102 } }"
            ),
            section(
                "teams",
                .names(to: .mapping(team)),
                "Groups of agents, by a name that no agent has.",
                example: "{ billing: { members: [asha, ravi] } }"
            ),
            section(
                "schedules",
                .names(to: .mapping(schedule)),
                "Hours and days, by a name that conditions and shifts use.",
                example: "{ weekdays: { open: [{ days: mon-fri, from: 09:30, to: 18:30 }] } }"
            ),
            section(
                "business_numbers",
                .names(to: .phone),
                "The business's own WhatsApp numbers, by a short name.",
                example: "{ main: +91 99999 00000 }"
            ),
            section(
                "actions",
                .names(to: .any),
                "Named calls of outside services.",
                example: "{ open-ticket: { method: POST, url: 'https://tickets.example/new' } }"
            ),
            section(
                "settings",
                .mapping(settings),
                "How Beckon runs: time zone, format of events, the API, delivery.",
                example: "{ timezone: Asia/Kolkata }"
            ),
        ]
    )

    /// All mappings, a rule file first.
    package static let shapes = [
        file, rule, condition, matcher, listOfKeywords, count, step, absence, throttle, fact, agent, team, schedule,
        openingHours, list, table, settings, mappedFormat, doubletick, delivery, loopGuard, test, given, testEvent,
        expectation,
    ]

    /// A rule as short as rules can be.
    static let sampleRule = "{ id: greet, then: [\(sampleAction)] }"

    /// An action with its settings.
    static let sampleAction = "{ add-collaborator: { agents: billing } }"

    /// A top-level key, built if there is a pass that takes its section.
    private static func section(
        _ name: String,
        _ value: ValueShape,
        _ summary: String,
        example: String
    ) -> LanguageKey {
        LanguageKey(name, value, summary, example: example, isBuilt: Sections.Name(rawValue: name) != nil)
    }
}
