import Diagnostics

/// The keys that a mapping of the rule language may have.
package struct MappingShape: Sendable {
    /// What the mapping is, with its article: `a rule`.
    package let subject: String

    /// What the mapping is for, in one sentence.
    package let summary: String

    /// All keys of the language that the mapping may have, in the order in which it is written.
    package let described: [LanguageKey]

    /// What the keys demand of each other.
    package let constraints: [KeyConstraint]

    /// The names of the keys that are read.
    package let keys: [String]

    /// The names of keys that this version does not read yet; they are refused, never ignored.
    package let notBuiltYet: [String]

    /// Creates the shape of a mapping of the language.
    package init(
        _ subject: String,
        _ summary: String,
        keys: [LanguageKey],
        constraints: [KeyConstraint] = []
    ) {
        self.subject = subject
        self.summary = summary
        self.described = keys
        self.constraints = constraints
        self.keys = keys.filter(\.isBuilt).map(\.name)
        self.notBuiltYet = keys.filter { !$0.isBuilt }.map(\.name)
    }

    /// Creates a shape of which the names alone are known, such as that of an action's settings.
    package init(_ subject: String, keys: [String], notBuiltYet: [String] = []) {
        self.subject = subject
        self.summary = ""
        self.described = []
        self.constraints = []
        self.keys = keys
        self.notBuiltYet = notBuiltYet
    }

    /// What other rule languages call keys of this one; none of these is near enough in spelling.
    private static let synonyms = [
        "and": "all", "or": "any", "if": "when", "else": "otherwise", "do": "then", "actions": "then", "event": "on",
        "regex": "matches", "regexp": "matches", "pattern": "matches", "match": "matches", "eq": "equals",
        "one_of": "in", "any_of": "in", "not_in": "not", "not_equals": "not", "gt": "above", "gte": "at_least",
        "lt": "below", "lte": "at_most", "min": "at_least", "max": "at_most", "time": "during", "schedule": "during",
        "condition": "use", "list": "in_list", "fuzzy": "typos", "case_insensitive": "ignore_case", "enabled": "mode",
        "disabled": "mode", "name": "id", "weight": "priority", "hours": "open", "holidays": "closed", "tz": "timezone",
        "assert": "expect", "expected": "expect", "given_event": "event", "number": "phone", "agents": "members",
        "until": "for", "ttl": "for", "keep_for": "for", "window": "within", "times": "at_least",
        "threshold": "at_least",
        "group_by": "per", "unique": "distinct", "every": "once_per", "cooldown": "throttle", "rate_limit": "throttle",
        "steps": "sequence", "not_followed_by": "unless", "reset": "clear", "unset": "clear",
    ]

    /// The key that was probably meant by an unknown one.
    func likely(_ unknown: String) -> String? {
        let all = keys + notBuiltYet
        if let other = Self.synonyms[unknown.lowercased()], all.contains(other) { return other }
        return Spelling.closest(to: unknown, among: all)
    }

    /// Whether a key is one of the mapping, or was probably meant to be.
    func knows(_ key: String) -> Bool { likely(key) != nil }

    /// The key of that name.
    package func key(_ name: String) -> LanguageKey? {
        described.first { $0.name == name }
    }

    /// The keys that are read, with what they mean.
    package var built: [LanguageKey] { described.filter(\.isBuilt) }

    /// The subject without its article: `rule`.
    package var title: String {
        let words = subject.split(separator: " ")
        let isArticle = words.first.map { ["a", "an", "the"].contains($0) } ?? false
        return words.dropFirst(isArticle ? 1 : 0).joined(separator: " ")
    }

    /// The title in kebab case: `opening-hours`.
    package var id: String { title.lowercased().replacing(" ", with: "-") }
}

/// What the keys of a mapping demand of each other.
package enum KeyConstraint: Hashable, Sendable {
    /// There must be at least one key.
    case notEmpty

    /// Exactly one of these keys must be written.
    case exactlyOne([String])

    /// At most one of these keys may be written.
    case atMostOne([String])

    /// Each of these keys asks for the others.
    case together([String])

    /// A key that asks for at least one of these others.
    case needsOneOf([String], for: String)

    /// This key stands for the whole mapping: no other may be written beside it.
    case alone(String)

    /// A list of more elements than this needs another key beside it.
    case listOfMore(than: Int, under: String, needs: String)
}
