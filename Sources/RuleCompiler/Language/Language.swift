import Events
import RuleEngine

/// The mappings of the rule language and the keys that each may have.
///
/// The passes hold every mapping against its shape here, so a key that is not in this list does not exist.
package enum Language {
    /// A rule file.
    package static let file = MappingShape(
        "a rule file",
        keys: Sections.Name.allCases.map(\.rawValue),
        notBuiltYet: ["conditions", "lists", "tables", "facts", "schedules", "actions"]
    )

    /// A rule, its keys in the order in which a rule is written.
    package static let rule = MappingShape(
        "a rule",
        keys: [
            "id", "description", "owner", "tags", "mode", "priority", "stop", "on", "when", "then",
        ],
        notBuiltYet: ["count", "sequence", "unless", "within", "per", "throttle", "otherwise", "group", "expires"]
    )

    /// A condition.
    package static let condition = MappingShape(
        "a condition",
        keys: ["all", "any", "none", "not"] + EventName.inConditions.map(\.spelling) + ["fields"],
        notBuiltYet: ["facts", "use", "during", "outside"]
    )

    /// A matcher that is written as a mapping.
    package static let matcher = MappingShape(
        "a matcher",
        keys: [
            "equals", "in", "contains", "starts_with", "ends_with", "matches", "keywords", "all_keywords", "above",
            "at_least", "below", "at_most", "exists", "is", "not", "ignore_case",
        ],
        notBuiltYet: ["in_list", "only_keywords", "typos", "accents", "stretched"]
    )

    /// An agent.
    package static let agent = MappingShape("an agent", keys: ["phone", "name"], notBuiltYet: ["shift", "away"])

    /// A team.
    package static let team = MappingShape("a team", keys: ["members", "pick"], notBuiltYet: ["keep", "off_shift"])

    /// The settings.
    package static let settings = MappingShape(
        "settings",
        keys: ["business", "timezone", "format", "doubletick", "delivery"],
        notBuiltYet: ["grace", "live_lag", "lateness"]
    )

    /// How to reach DoubleTick.
    package static let doubletick = MappingShape("the settings of DoubleTick", keys: ["base_url", "api_key"])

    /// How jobs are performed.
    package static let delivery = MappingShape(
        "the settings of delivery",
        keys: ["concurrency", "rate", "timeout", "attempts", "give_up_after"],
        notBuiltYet: ["max_event_age", "repeat_after"]
    )

    /// A test, its keys in the order in which a test is written.
    package static let test = MappingShape(
        "a test",
        keys: ["name", "rules", "event", "expect"],
        notBuiltYet: ["events", "given"]
    )

    /// An event of a test.
    package static let testEvent = MappingShape(
        "an event of a test",
        keys: EventName.inConditions.map(\.spelling) + ["id", "time", "fields", "raw", "file"],
        notBuiltYet: ["at", "wait"]
    )

    /// A firing that a test expects; the actions join these keys.
    package static let expectation = MappingShape(
        "an expectation",
        keys: ["rule", "status", "reason", "then"],
        notBuiltYet: ["at"]
    )
}
