import Events
import RuleEngine

/// What is known of an event whose values a template may name.
struct TemplateEvent {
    /// Its type is one of these.
    var on: EventTypes

    /// What holds for it, as far as there is anything that must.
    var conditions: [Condition?]

    /// Whose patterns fill its groups, as a diagnostic calls it.
    var title: String

    /// Whether what was remembered when it came may be forgotten when a template asks.
    var forgetsFacts = false

    /// What is sure of it; found when a template asks, as few do.
    var guarantees: Guarantees {
        var guarantees = Guarantees(of: conditions)
        if forgetsFacts { guarantees.forgetFacts() }
        return guarantees
    }
}

/// What is known of the events whose values a template may name.
struct TemplateEvents {
    /// The event that the rule fires on, or that sets the fact.
    var last: TemplateEvent

    /// The event that `first` stands for.
    private var first: TemplateEvent?

    /// The events of a sequence.
    private var steps: [TemplateEvent] = []

    /// Whether a rule fires on the last of them; else it sets a fact.
    let areOfRule: Bool

    /// Whether all of this was read; else what is said of it would only echo what was wrong there.
    let areKnown: Bool

    /// Looks at a rule whose conditions and timing have been read.
    ///
    /// - Parameters:
    ///   - rule: The rule; `nil` for one without an id, of which nothing is known.
    ///   - fields: The rule as it is written.
    init(_ rule: Rule?, _ fields: MappingReader) {
        guard let rule else {
            last = TemplateEvent(on: .any, conditions: [], title: "this rule")
            (areOfRule, areKnown) = (true, false)
            return
        }
        let sequence = rule.timing.sequence
        steps = (sequence?.steps ?? []).enumerated().map { index, step in
            TemplateEvent(
                on: step.on,
                conditions: [rule.when, step.when],
                title: "step \(index) or of the rule's own 'when'"
            )
        }
        last = TemplateEvent(on: rule.firesOn, conditions: [rule.when], title: "this rule")
        if let step = steps.last {
            last = step
            last.title = "the last step or of the rule's own 'when'"
        }
        first = rule.timing.count == nil ? steps.first : last
        // When a timer runs out, what was remembered at the event may have been forgotten.
        last.forgetsFacts = rule.timing.absence != nil
        areOfRule = true
        areKnown =
            (fields["sequence"] == nil || sequence != nil) && (fields["count"] == nil || rule.timing.count != nil)
    }

    /// Looks at a fact.
    init(settingFact set: EventSelector) {
        last = TemplateEvent(on: set.on, conditions: [set.when], title: "this fact")
        areOfRule = false
        areKnown = true
    }

    subscript(which: EarlierEvent) -> TemplateEvent? {
        switch which {
        case .first: first
        case .step(let index): steps.indices.contains(index) ? steps[index] : nil
        }
    }

    /// Why there is no such earlier event.
    enum Missing: Error {
        /// Facts look at one event.
        case ofFact
        /// No value is named of it.
        case noName
        /// The rule waits for one event only.
        case notCollecting
        /// The rule has no steps.
        case noSequence(rest: String)
        /// The step is not written as a number.
        case noNumber(String)
        /// The sequence ends before that step.
        case beyond(last: Int, rest: String)
    }

    /// The earlier event that a name begins with, and what it names there.
    func earlier(_ name: String) throws(Missing) -> (EarlierEvent, TemplateEvent, rest: String) {
        guard areOfRule else { throw .ofFact }
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty else { throw .noName }
        if parts[0] == "first" {
            guard let first else { throw .notCollecting }
            return (.first, first, parts[1])
        }
        let step = parts[1].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard step.count == 2, !step[1].isEmpty else { throw .noName }
        guard !steps.isEmpty else { throw .noSequence(rest: step[1]) }
        guard let index = Int(step[0]), String(index) == step[0], index >= 0 else { throw .noNumber(step[0]) }
        guard steps.indices.contains(index) else { throw .beyond(last: steps.count - 1, rest: step[1]) }
        return (.step(index), steps[index], step[1])
    }
}

extension Rule {
    /// The types of the events that the rule fires on: of a sequence, those of its last step.
    var firesOn: EventTypes { timing.sequence?.steps.last?.on ?? on }
}

extension TemplateEvents.Missing {
    /// What is wrong, what the place is, and what to do.
    var words: (why: String, label: String, help: String?) {
        switch self {
        case .ofFact: ("and a fact looks at one event", "there is no earlier event", nil)
        case .noName:
            ("but no value of it", "which value is meant?", "write 'first.text', or 'steps.0.text' for that of a step")
        case .notCollecting:
            (
                "but the rule waits for one event only", "there is no earlier event",
                "'first' is for rules with 'count' or 'sequence'"
            )
        case .noSequence(let rest):
            ("but the rule has no 'sequence'", "there are no steps", "name the event itself: {{\(rest)}}")
        case .noNumber(let text):
            ("but '\(text)' is no step", "steps are counted from 0", "the first is 'steps.0'")
        case .beyond(let last, let rest):
            (
                "but the sequence ends before", "steps are counted from 0",
                "the last one is 'steps.\(last).\(rest)'"
            )
        }
    }
}
