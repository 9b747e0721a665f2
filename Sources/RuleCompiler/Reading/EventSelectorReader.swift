import Diagnostics
import Events
import RuleEngine
import RuleSyntax

/// Reads which events are meant beside those that a rule fires on: steps, answers, what sets and clears facts.
struct EventSelectorReader {
    /// Reads their conditions.
    private(set) var conditions: ConditionReader

    /// The shape of the events, which decides what types there are.
    let format: InputFormat

    /// Whether a condition was used that has an error of its own, which has been told where it stands.
    private(set) var hasUsedBrokenCondition = false

    /// Creates a reader.
    init(_ conditions: ConditionReader, format: InputFormat) {
        (self.conditions, self.format) = (conditions, format)
    }

    /// The events that `on` and `when` of a mapping mean; of these types where none are written.
    mutating func selector(
        _ fields: MappingReader,
        on types: EventTypes,
        _ diagnostics: inout [Diagnostic]
    ) -> EventSelector {
        var selector = EventSelector(on: types, when: nil, span: fields.node.firstLine)
        if let node = fields.value("on") { selector.on = node.eventTypes(in: format, reporting: &diagnostics) }
        if let entry = fields["when"] {
            selector.when = conditions.condition(entry, &diagnostics)
            if conditions.hasUsedBrokenCondition { hasUsedBrokenCondition = true }
        }
        return selector
    }

    /// Makes it ready for the next rule or fact.
    mutating func forgetBrokenCondition() {
        hasUsedBrokenCondition = false
    }

    /// Gives conditions a digest; see ``MeaningReader``.
    mutating func withMeanings(_ body: (inout MeaningReader) -> Void) {
        body(&conditions.meanings)
    }
}
