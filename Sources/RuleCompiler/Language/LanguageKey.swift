/// A key of the rule language: what people read about it, and what its value may be.
package struct LanguageKey: Sendable {
    /// The key as it is written.
    package let name: String

    /// What the key means, in one sentence.
    package let summary: String

    /// What its value may be.
    package let value: ValueShape

    /// Whether the key must be written.
    package let isRequired: Bool

    /// What holds when the key is not written, as it would be written; `nil` where that is nothing that can be written.
    package let fallback: String?

    /// A value as it is written in a rule file.
    package let example: String

    /// Whether this version reads the key; one that it does not read is refused, never ignored.
    package let isBuilt: Bool

    /// Creates a key.
    package init(
        _ name: String,
        _ value: ValueShape,
        _ summary: String,
        isRequired: Bool = false,
        fallback: String? = nil,
        example: String,
        isBuilt: Bool = true
    ) {
        self.name = name
        self.value = value
        self.summary = summary
        self.isRequired = isRequired
        self.fallback = fallback
        self.example = example
        self.isBuilt = isBuilt
    }
}
