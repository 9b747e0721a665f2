import Diagnostics
import Directory
import Events
import RuleEngine
import RuleSyntax

/// Reads what a rule asks of several events: `sequence`, `count`, `unless`, `throttle`, and what goes with them.
struct TimingReader {
    /// Reads the events that are meant beside the rule's own.
    var events: EventSelectorReader

    /// The schedules that there are.
    let schedules: [String: Schedule]

    /// The names of schedules that cannot be used, which has been reported.
    let unusableSchedules: Set<String>

    /// The timing of a rule whose `on` has been read.
    mutating func timing(of rule: Rule, _ fields: MappingReader, _ diagnostics: inout [Diagnostic]) -> Timing {
        events.forgetBrokenCondition()
        let per = fields.value("per").flatMap { $0.grouping(reporting: &diagnostics) } ?? .conversation
        var timing = Timing()
        timing.sequence = sequence(of: rule, fields, per, &diagnostics)
        if let node = fields.value("count") { timing.count = count(node, per, &diagnostics) }
        if let node = fields.value("unless") { timing.absence = absence(node, of: rule, per, &diagnostics) }
        if let node = fields.value("throttle") { timing.throttle = throttle(node, per, &diagnostics) }
        return timing
    }

    // MARK: Parts

    private mutating func sequence(
        of rule: Rule,
        _ fields: MappingReader,
        _ per: Grouping,
        _ diagnostics: inout [Diagnostic]
    ) -> EventSequence? {
        let within = fields.value("within").flatMap { $0.duration(for: "'within'", &diagnostics) }
        guard let entry = fields["sequence"] else {
            if let entry = fields["within"], !fields.isMeant("sequence") { diagnostics.append(.withinAlone(entry)) }
            return nil
        }
        if !fields.isMeant("within") { diagnostics.append(.sequenceWithoutWithin(entry)) }
        let nodes = entry.value.elements(for: "'sequence'", help: Self.sequenceExample, reporting: &diagnostics)
        var steps: [EventSelector] = []
        for node in nodes.prefix(Language.sequenceSteps.upperBound + 1) {
            if let step = step(node, of: rule, &diagnostics) { steps.append(step) }
        }
        if !nodes.isEmpty, !entry.value.isIncomplete, !Language.sequenceSteps.contains(nodes.count) {
            diagnostics.append(.oddSequence(entry, count: nodes.count))
            return nil
        }
        guard let within, !nodes.isEmpty, steps.count == nodes.count else { return nil }
        return EventSequence(steps: steps, within: within, per: per, meaning: "")
    }

    private mutating func step(
        _ node: YAMLNode,
        of rule: Rule,
        _ diagnostics: inout [Diagnostic]
    ) -> EventSelector? {
        let help = "write '- when: { text: { keywords: [price] } }'"
        guard let fields = MappingReader(node, as: Language.step, help: help, reporting: &diagnostics) else {
            return nil
        }
        if node.mapping?.isEmpty == true { diagnostics.refuseEmpty(node, of: "a step", help: help) }
        return events.selector(fields, on: rule.on, &diagnostics)
    }

    private func count(_ node: YAMLNode, _ per: Grouping, _ diagnostics: inout [Diagnostic]) -> EventCount? {
        let help = "count: { at_least: 3, within: 10m }"
        guard let fields = MappingReader(node, as: Language.count, help: help, reporting: &diagnostics) else {
            return nil
        }
        let least = eventCount("at_least", of: fields, help, &diagnostics)
        let within = window(of: fields, help, &diagnostics)
        let per = grouping(fields, else: per, &diagnostics)
        let distinct = fields.value("distinct").flatMap { valueCounted($0, &diagnostics) }
        guard let least, let within else { return nil }
        return EventCount(atLeast: least, within: within, per: per, distinct: distinct, meaning: "")
    }

    private mutating func absence(
        _ node: YAMLNode,
        of rule: Rule,
        _ per: Grouping,
        _ diagnostics: inout [Diagnostic]
    ) -> Absence? {
        let help = "unless: { on: message-status-update, when: { by: agent }, within: 15m }"
        guard let fields = MappingReader(node, as: Language.absence, help: help, reporting: &diagnostics) else {
            return nil
        }
        let answer = events.selector(fields, on: rule.on, &diagnostics)
        let within = window(of: fields, help, &diagnostics)
        let schedule = fields.value("counting").flatMap { scheduleCounting($0, &diagnostics) }
        let per = grouping(fields, else: per, &diagnostics)
        guard let within else { return nil }
        return Absence(answer: answer, within: within, counting: schedule, per: per, meaning: "")
    }

    private func throttle(_ node: YAMLNode, _ per: Grouping, _ diagnostics: inout [Diagnostic]) -> Throttle? {
        let help = "throttle: { once_per: 24h }, or { at_most: 5, within: 1h }"
        guard let fields = MappingReader(node, as: Language.throttle, help: help, reporting: &diagnostics) else {
            return nil
        }
        let per = grouping(fields, else: per, &diagnostics)
        if let once = fields["once_per"] {
            for key in ["at_most", "within"] {
                if let other = fields[key] { diagnostics.append(.besideOncePer(other, once)) }
            }
            return once.value.duration(for: "'once_per'", &diagnostics)
                .map { Throttle(atMost: 1, within: $0, per: per, meaning: "") }
        }
        guard fields["at_most"] != nil || fields["within"] != nil else {
            _ = fields.required("once_per", help: help, reporting: &diagnostics)
            return nil
        }
        let most = eventCount("at_most", of: fields, help, &diagnostics)
        let within = window(of: fields, help, &diagnostics)
        guard let most, let within else { return nil }
        return Throttle(atMost: most, within: within, per: per, meaning: "")
    }

    // MARK: Values

    private func eventCount(
        _ key: String,
        of fields: MappingReader,
        _ help: String,
        _ diagnostics: inout [Diagnostic]
    ) -> Int? {
        guard let node = fields.required(key, help: help, reporting: &diagnostics) else { return nil }
        return node.count(in: Language.eventCounts, for: "'\(key)'", &diagnostics)
    }

    private func window(of fields: MappingReader, _ help: String, _ diagnostics: inout [Diagnostic]) -> Duration? {
        guard let node = fields.required("within", help: help, reporting: &diagnostics) else { return nil }
        return node.duration(for: "'within'", &diagnostics)
    }

    private func grouping(
        _ fields: MappingReader,
        else fallback: Grouping,
        _ diagnostics: inout [Diagnostic]
    ) -> Grouping {
        fields.value("per").flatMap { $0.grouping(reporting: &diagnostics) } ?? fallback
    }

    /// A name of the events table, or a path behind `fields.`.
    private func valueCounted(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> EventCount.Distinct? {
        guard let text = node.text(for: "'distinct'", reporting: &diagnostics) else { return nil }
        if text.hasPrefix(FieldPath.prefix) {
            return node.singleField(text, reporting: &diagnostics).map { .field($0) }
        }
        if let name = EventName(spelling: text), name != .fields { return .name(name) }
        diagnostics.append(.unknownDistinct(text, at: node.span))
        return nil
    }

    private func scheduleCounting(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> Schedule? {
        guard let name = node.text(for: "'counting'", reporting: &diagnostics) else { return nil }
        guard let schedule = schedules[name] else {
            diagnostics.append(.unknownSchedule(name, at: node.span, known: schedules.keys))
            return nil
        }
        if schedule.open.isEmpty, !unusableSchedules.contains(name) {
            diagnostics.append(.countingNothing(name, at: node.span))
        }
        return schedule
    }

    fileprivate static let sequenceExample =
        "sequence: [{ when: { text: { keywords: [price] } } }, { when: { text: { keywords: [buy] } } }]"
}

extension Diagnostic {
    fileprivate static func withinAlone(_ entry: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .missingField,
            message: "'within' without a 'sequence'",
            primary: Label("the time from the first step of a sequence to the last", at: entry.keySpan),
            help: "'count', 'unless' and 'throttle' have a 'within' of their own: write it inside their braces"
        )
    }

    fileprivate static func sequenceWithoutWithin(_ entry: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .missingField,
            message: "a 'sequence' without 'within'",
            primary: Label("how long may it take, from its first event to its last?", at: entry.keySpan),
            help: "write it beside 'sequence': 'within: 1h'"
        )
    }

    fileprivate static func oddSequence(_ entry: YAMLEntry, count: Int) -> Diagnostic {
        let most = Language.sequenceSteps.upperBound
        return Diagnostic(
            .unknownValue,
            message: count == 1 ? "a sequence of one step" : "a sequence of more than \(most) steps",
            primary: Label(count == 1 ? "a sequence has two steps or more" : "too many", at: entry.value.firstLine),
            help: count == 1 ? "write what is meant into the rule's own 'when'; 'count' waits for several alike" : nil
        )
    }

    fileprivate static func besideOncePer(_ entry: YAMLEntry, _ once: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .contradiction,
            message: "'\(entry.key)' beside 'once_per'",
            primary: Label("'once_per' says both how many and in which time", at: entry.keySpan),
            context: [Label("one firing in this time", at: once.keySpan)],
            help: "write '{ once_per: 24h }' or '{ at_most: 5, within: 1h }'"
        )
    }

    fileprivate static func unknownDistinct(_ text: String, at span: Span) -> Diagnostic {
        let known = EventName.allCases.filter { $0 != .fields }.map(\.spelling)
        return Diagnostic(
            .unknownName,
            message: "'\(text)' is not a name of the events table",
            primary: Label("which values are counted?", at: span),
            help: Spelling.suggestion(for: text, among: known)
                ?? "a value of the original is written 'fields.\(text == EventName.fields.spelling ? "PATH" : text)'"
        )
    }

    fileprivate static func countingNothing(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unusableSchedule,
            message: "schedule '\(name)' is never open",
            primary: Label("no time would count, and the rule would never fire", at: span),
            help: "give the schedule hours, or leave 'counting' out"
        )
    }
}
