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

    /// This key stands for the whole mapping: no other may be written beside it.
    case alone(String)

    /// A list of more elements than this needs another key beside it.
    case listOfMore(than: Int, under: String, needs: String)
}
