import Diagnostics
import Directory
import Events
import RuleEngine
import RuleSyntax

/// Reads conditions, and the named ones that they use.
struct ConditionReader {
    private let matchers: MatcherReader
    private let schedules: [String: Schedule]
    private let written: [String: YAMLEntry]
    private let facts: [String: YAMLEntry]

    /// The facts that were asked for.
    private(set) var factsUsed: Set<String> = []

    /// What became of the named conditions that were asked for; `nil` for one that has an error.
    private var named: [String: NamedCondition?] = [:]

    /// What conditions mean, whatever the form in which they are written.
    var meanings: MeaningReader

    /// The names that are being read, each used by the one before.
    private var path: [String] = []

    /// Whether a condition was used that has an error of its own, which has been told where it stands.
    private(set) var hasUsedBrokenCondition = false

    /// Whether a chain that is too long has been told of: of one with thousands of links, once is enough.
    private var hasReportedChain = false

    /// How many conditions a rule may come to with all that it uses: more could not be decided while a stream waits.
    static let partsMax = 20_000

    /// How deep a condition may nest with all that it uses: deciding it goes as deep on the thread's stack.
    static let nestingMax = 200

    /// How long a chain of conditions may be of which each uses the next.
    private static let useChainMax = 50

    private struct NamedCondition {
        var condition: Condition
        var size: Size
    }

    /// How large a condition is with all that it uses.
    private struct Size {
        var parts = 1
        var nesting = 1

        var isTooLarge: Bool { parts > ConditionReader.partsMax || nesting > ConditionReader.nestingMax }

        /// The size of something that consists of these.
        init(of parts: [Size] = []) {
            self.parts += parts.reduce(0) { $0 + $1.parts }
            nesting += parts.map(\.nesting).max() ?? 0
        }
    }

    /// Creates a reader for the conditions of one set of rule files.
    ///
    /// - Parameters:
    ///   - draft: What is known of lists, schedules and names.
    ///   - named: The entries of `conditions`, each name once.
    init(_ draft: Draft, named: [YAMLEntry]) {
        matchers = MatcherReader(
            directory: draft.directory,
            lists: draft.lists,
            unusableLists: draft.unusableLists,
            format: draft.settings.format,
            looksForSlowPatterns: draft.looksForSlowPatterns
        )
        schedules = draft.directory.schedules
        written = Dictionary(named.map { ($0.key, $0) }) { first, _ in first }
        facts = Dictionary(draft.factEntries.map { ($0.key, $0) }) { first, _ in first }
        meanings = MeaningReader(named: written)
    }

    /// The condition under a `when`; a mapping of several keys that must all hold, one that stands alone is itself.
    mutating func condition(_ entry: YAMLEntry, _ diagnostics: inout [Diagnostic]) -> Condition? {
        hasUsedBrokenCondition = false
        guard !entry.value.isNothing else {
            diagnostics.refuseEmpty(entry.value, of: "'when'", help: "leave 'when' out to take every event")
            return nil
        }
        let whole = Span(entry.keySpan, through: entry.value.span)
        guard let condition = condition(entry.value, whole: whole, &diagnostics) else { return nil }
        guard !size(of: condition).isTooLarge else {
            diagnostics.append(.tooLarge(at: entry.keySpan))
            return nil
        }
        return condition
    }

    /// Reads a named condition, whether a rule uses it or not.
    mutating func readNamed(_ name: String, _ diagnostics: inout [Diagnostic]) {
        _ = named(name, &diagnostics)
    }

    private mutating func condition(
        _ node: YAMLNode,
        whole: Span,
        _ diagnostics: inout [Diagnostic]
    ) -> Condition? {
        let help = node.sequence.flatMap { $0.isEmpty ? nil : "remove the '- ', or write 'all:' above the list" }
        guard let reader = MappingReader(node, as: Language.condition, help: help, reporting: &diagnostics),
            let entries = node.mapping
        else { return nil }
        if entries.isEmpty { diagnostics.refuseEmpty(node, of: "a condition") }
        var parts: [Condition] = []
        for entry in entries where reader[entry.key] != nil { parts += self.parts(entry, &diagnostics) }
        return parts.count == 1 ? parts[0] : Condition(.all(parts), span: whole)
    }

    /// What one key of a condition asks for; several for `fields`, which lists several.
    private mutating func parts(_ entry: YAMLEntry, _ diagnostics: inout [Diagnostic]) -> [Condition] {
        let span = Span(entry.keySpan, through: entry.value.span)
        if let name = EventName(spelling: entry.key), EventName.inConditions.contains(name) {
            return [Condition(.name(name, matchers.matcher(entry.value, of: .name(name), &diagnostics)), span: span)]
        }
        switch entry.key {
        case "fields": return fields(entry.value, &diagnostics)
        case "facts": return facts(entry.value, &diagnostics)
        case "not":
            guard let part = condition(entry.value, whole: span, &diagnostics) else { return [] }
            return [Condition(.not(part), span: span)]
        case "all": return [Condition(.all(conditions(entry, &diagnostics)), span: span)]
        case "any": return [Condition(.any(conditions(entry, &diagnostics)), span: span)]
        case "none": return [Condition(.none(conditions(entry, &diagnostics)), span: span)]
        case "use": return use(entry, span: span, &diagnostics).map { [$0] } ?? []
        case "during": return schedule(entry, &diagnostics).map { [Condition(.during($0), span: span)] } ?? []
        case "outside": return schedule(entry, &diagnostics).map { [Condition(.outside($0), span: span)] } ?? []
        default: return []
        }
    }

    private mutating func conditions(_ entry: YAMLEntry, _ diagnostics: inout [Diagnostic]) -> [Condition] {
        guard entry.value.mapping == nil else {
            diagnostics.append(.connectiveNeedsList(entry))
            return []
        }
        var conditions: [Condition] = []
        for node in entry.value.elements(for: "'\(entry.key)'", reporting: &diagnostics) {
            if let condition = condition(node, whole: node.span, &diagnostics) { conditions.append(condition) }
        }
        return conditions
    }

    private func fields(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> [Condition] {
        guard let entries = node.mapping else {
            diagnostics.refuse(
                node,
                wanted: "a mapping of paths",
                of: "'fields'",
                help: "fields: { contact.name: Asha }"
            )
            return []
        }
        if entries.isEmpty { diagnostics.refuseEmpty(node, of: "'fields'") }
        return entries.compactMap { entry in
            if let inner = entry.value.mapping, !inner.isEmpty, inner.allSatisfy({ !Language.matcher.knows($0.key) }) {
                diagnostics.append(.nestedPath(entry, inner[0]))
                return nil
            }
            let matcher = matchers.matcher(entry.value, of: .field, &diagnostics)
            do throws(FieldPathProblem) {
                let path = try FieldPath(parsing: entry.key)
                return Condition(.field(path, matcher), span: Span(entry.keySpan, through: entry.value.span))
            } catch {
                diagnostics.append(.malformedPath(entry.key, error, at: entry.keySpan))
                return nil
            }
        }
    }

    private mutating func facts(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> [Condition] {
        guard let entries = node.mapping else {
            diagnostics.refuse(node, wanted: "a mapping of facts", of: "'facts'", help: "facts: { vip: true }")
            return []
        }
        if entries.isEmpty { diagnostics.refuseEmpty(node, of: "'facts'") }
        return entries.compactMap { entry in
            guard let fact = facts[entry.key] else {
                diagnostics.append(.unknownFact(entry.key, at: entry.keySpan, known: facts.keys))
                return nil
            }
            factsUsed.insert(entry.key)
            let subject = MatcherReader.Subject.fact(holdsText: fact.value.holdsTextOfFact)
            let matcher = matchers.matcher(entry.value, of: subject, &diagnostics)
            return Condition(.fact(entry.key, matcher), span: Span(entry.keySpan, through: entry.value.span))
        }
    }

    private func schedule(_ entry: YAMLEntry, _ diagnostics: inout [Diagnostic]) -> Schedule? {
        guard let name = entry.value.text(for: "'\(entry.key)'", reporting: &diagnostics) else { return nil }
        if let schedule = schedules[name] { return schedule }
        diagnostics.append(.unknownSchedule(name, at: entry.value.span, known: schedules.keys))
        return nil
    }

    // MARK: Named conditions

    private mutating func use(_ entry: YAMLEntry, span: Span, _ diagnostics: inout [Diagnostic]) -> Condition? {
        guard let name = entry.value.text(for: "'use'", reporting: &diagnostics) else { return nil }
        guard written[name] != nil else {
            diagnostics.append(.unknownName(name, at: entry.value.span, what: "condition", known: written.keys))
            return nil
        }
        if let start = path.firstIndex(of: name) {
            diagnostics.append(.circularUse(path[start...] + [name], at: entry.value.span))
            return nil
        }
        guard path.count < Self.useChainMax else {
            if !hasReportedChain { diagnostics.append(.tooLarge(at: entry.value.span)) }
            hasReportedChain = true
            hasUsedBrokenCondition = true
            return nil
        }
        guard let condition = named(name, &diagnostics) else {
            hasUsedBrokenCondition = true
            return nil
        }
        return Condition(.use(name, condition.condition), span: span)
    }

    /// The named condition, read when it is first asked for.
    private mutating func named(_ name: String, _ diagnostics: inout [Diagnostic]) -> NamedCondition? {
        if let known = named[name] { return known }
        guard let entry = written[name] else { return nil }
        let wasBroken = hasUsedBrokenCondition
        var found: [Diagnostic] = []
        path.append(name)
        hasUsedBrokenCondition = false
        let condition = condition(
            entry.value,
            whole: Span(entry.keySpan, through: entry.value.span),
            &found
        )
        path.removeLast()
        let isBroken = hasUsedBrokenCondition || found.hasErrors
        hasUsedBrokenCondition = wasBroken
        diagnostics += found
        let result = condition.flatMap { condition -> NamedCondition? in
            guard !isBroken else { return nil }
            let size = size(of: condition)
            guard !size.isTooLarge else {
                diagnostics.append(.tooLarge(at: entry.keySpan))
                return nil
            }
            return NamedCondition(condition: condition, size: size)
        }
        named[name] = .some(result)
        return result
    }

    /// How large a condition is; what named ones come to was counted when they were read.
    private func size(of condition: Condition) -> Size {
        switch condition.test {
        case .all(let parts), .any(let parts), .none(let parts): Size(of: parts.map { size(of: $0) })
        case .not(let part): Size(of: [size(of: part)])
        case .use(let name, _): Size(of: (named[name] ?? nil).map { [$0.size] } ?? [])
        case .name, .field, .fact, .during, .outside: Size()
        }
    }
}

extension YAMLNode {
    /// Whether nothing is written, or a mapping without keys.
    fileprivate var isNothing: Bool { scalar?.value == .null || mapping?.isEmpty == true }

    /// Whether what is written of a fact makes it remember text instead of `true`.
    fileprivate var holdsTextOfFact: Bool {
        let value = self["value"]?.scalar?.text
        return value.map { $0 != FactValue.yes.text } ?? false
    }
}

extension Diagnostic {
    /// A fact that nothing defines.
    static func unknownFact(_ name: String, at span: Span, known: some Sequence<String>) -> Diagnostic {
        var unknown = Diagnostic.unknownName(name, at: span, what: "fact", known: known)
        if unknown.help == nil {
            unknown.help = "define it: facts: { \(name): { set: { on: add-tag, when: { tag: VIP } } } }"
        }
        return unknown
    }

    /// A schedule that nothing defines.
    static func unknownSchedule(_ name: String, at span: Span, known: some Sequence<String>) -> Diagnostic {
        var unknown = Diagnostic.unknownName(name, at: span, what: "schedule", known: known)
        if unknown.help == nil {
            unknown.help = "define it: schedules: { desk: { open: [{ days: mon-fri, from: 09:30, to: 18:30 }] } }"
        }
        return unknown
    }

    fileprivate static func connectiveNeedsList(_ entry: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .wrongKind,
            message: "'\(entry.key)' must be a list of conditions, not a mapping",
            primary: Label("each condition begins with '- '", at: entry.value.firstLine),
            help: "\(entry.key): [{ text: { keywords: [refund] } }, { kind: image }]"
        )
    }

    /// Fields that are written one inside the other instead of as a path.
    fileprivate static func nestedPath(_ outer: YAMLEntry, _ inner: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .unknownField,
            message: "unknown field '\(inner.key)'",
            primary: Label("not a field of a matcher", at: inner.keySpan),
            context: [Label("what stands below this must be a matcher", at: outer.keySpan)],
            help: "if it is a field inside '\(outer.key)', write a path: '\(outer.key).\(inner.key): …'"
        )
    }

    fileprivate static func circularUse(_ path: some Collection<String>, at span: Span) -> Diagnostic {
        // A ring of hundreds would be no help; its ends are.
        let shown = path.count <= 12 ? Array(path) : path.prefix(6) + ["…"] + path.suffix(5)
        return Diagnostic(
            .circularUse,
            message: path.count == 2
                ? "a condition that uses itself" : "conditions that use each other: \(shown.joined(separator: " → "))",
            primary: Label("the ring closes here", at: span),
            help: "write what is meant into one of them instead of using the other"
        )
    }

    fileprivate static func tooLarge(at span: Span) -> Diagnostic {
        Diagnostic(
            .tooLarge,
            message: "a condition that is too large, those that it uses counted in",
            primary: Label(
                "more than \(ConditionReader.partsMax) parts, or nested deeper than \(ConditionReader.nestingMax)",
                at: span
            ),
            help: "put words and values into lists: one part asks for any number of them"
        )
    }
}
