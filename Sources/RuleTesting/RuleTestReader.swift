import ActionKit
public import Diagnostics
import Directory
import Events
public import RuleCompiler
import RuleEngine
import RuleSyntax

/// Reads the `tests` of rule files.
public struct RuleTestReader: Sendable {
    private let compilation: Compilation
    private let actions: ActionCatalogue
    private let settingReader: SettingReader

    /// Creates a reader for the tests of compiled rule files.
    public init(_ compilation: Compilation, actions: ActionCatalogue) {
        self.compilation = compilation
        self.actions = actions
        let directory = compilation.program.directory
        settingReader = SettingReader(directory: directory, countryCode: directory.countryCode)
    }

    /// Reads all tests; one with a problem is reported and left out.
    public func read() -> (tests: [RuleTest], diagnostics: [Diagnostic]) {
        var tests: [RuleTest] = []
        var diagnostics: [Diagnostic] = []
        for section in compilation.tests {
            for node in section.elements(for: "'tests'", reporting: &diagnostics) {
                var found: [Diagnostic] = []
                if let test = test(node, number: tests.count + 1, &found), !found.hasErrors { tests.append(test) }
                diagnostics += found
            }
        }
        return (tests, diagnostics)
    }

    private func test(_ node: YAMLNode, number: Int, _ diagnostics: inout [Diagnostic]) -> RuleTest? {
        guard let fields = MappingReader(node, as: Language.test, reporting: &diagnostics) else { return nil }
        let name = fields.required("name", help: "say in a sentence what the rule must do", reporting: &diagnostics)?
            .text(for: "'name'", reporting: &diagnostics)
        let given = fields.value("given").map { GivenReader(compilation).facts($0, &diagnostics) } ?? []
        let clock = TestClock(timezone: compilation.settings.timezone)
        var reader = TestEventReader(compilation: compilation, number: number, clock: clock)
        let events = events(fields, &reader, &diagnostics)
        let help = "expect: none, or a list of the rules that must fire"
        let expected = fields.required("expect", help: help, reporting: &diagnostics)
            .flatMap { expectations($0, clock, &diagnostics) }
        let rules = fields.value("rules").map { limits($0, &diagnostics) } ?? []
        guard let name, let events, let expected else { return nil }
        let span = fields["name"]?.value.span ?? node.firstLine
        return RuleTest(
            name: name,
            span: span,
            given: given,
            events: events,
            start: clock.start,
            end: reader.clock.now,
            clock: clock.local,
            rules: rules,
            expected: expected
        )
    }

    /// The one event of a test, or its several.
    private func events(
        _ fields: MappingReader,
        _ reader: inout TestEventReader,
        _ diagnostics: inout [Diagnostic]
    ) -> [TestEvent]? {
        guard let several = fields["events"] else {
            let help = "event: { text: \"I want a refund\" }"
            return fields.required("event", help: help, reporting: &diagnostics)
                .map { reader.events($0, &diagnostics) }
        }
        if let one = fields["event"] { diagnostics.append(.eventBesideEvents(one, several)) }
        var events: [TestEvent] = []
        for node in several.value.elements(for: "'events'", reporting: &diagnostics) {
            events += reader.events(node, &diagnostics)
        }
        return events
    }

    private func limits(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> Set<String> {
        let rules = compilation.program.rules
        let known = rules.map(\.id) + rules.flatMap(\.tags)
        let texts = node.texts(for: "'rules'", reporting: &diagnostics)
        // While rules have errors of their own, a rule that is missing here may be one of them.
        for (text, node) in texts where !known.contains(text) && !compilation.diagnostics.hasErrors {
            diagnostics.append(.unknownName(text, at: node.span, what: "rule or tag", known: known))
        }
        return Set(texts.map(\.text))
    }

    private func expectations(
        _ node: YAMLNode,
        _ clock: TestClock,
        _ diagnostics: inout [Diagnostic]
    ) -> [ExpectedFiring]? {
        if let text = node.scalar?.text {
            guard !text.isEmpty else {
                diagnostics.refuseEmpty(node, of: "'expect'")
                return nil
            }
            guard text == "none" else {
                diagnostics.append(.notAnExpectation(text, at: node.span))
                return nil
            }
            return []
        }
        let elements = node.elements(for: "'expect'", reporting: &diagnostics)
        return elements.compactMap { expectation($0, clock, &diagnostics) }
    }

    private func expectation(
        _ node: YAMLNode,
        _ clock: TestClock,
        _ diagnostics: inout [Diagnostic]
    ) -> ExpectedFiring? {
        let shape = MappingShape(
            "an expectation",
            keys: Language.expectation.keys + actions.entries.keys.sorted(),
            notBuiltYet: Language.expectation.notBuiltYet + actions.notBuiltYet
        )
        guard let fields = MappingReader(node, as: shape, reporting: &diagnostics),
            let ruleNode = fields.required("rule", help: "rule: the-id-of-the-rule", reporting: &diagnostics),
            let rule = ruleNode.text(for: "'rule'", reporting: &diagnostics)
        else { return nil }
        let known = compilation.program.rules.map(\.id)
        if !known.contains(rule), !compilation.diagnostics.hasErrors {
            // While rules have errors of their own, a rule that is missing here may be one of them.
            diagnostics.append(.unknownName(rule, at: ruleNode.span, what: "rule", known: known))
        }
        let status = fields.value("status")?.word(FiringStatus.self, for: "'status'", reporting: &diagnostics)
        let reason = fields.value("reason")?.text(for: "'reason'", reporting: &diagnostics)
        let jobs = jobs(node, fields, &diagnostics)
        let time = fields.value("at").flatMap { clock.time($0, &diagnostics) }
        return ExpectedFiring(
            rule: rule,
            time: time,
            status: status ?? .planned,
            reason: reason,
            jobs: jobs,
            span: node.firstLine
        )
    }

    /// The jobs of an expectation: one named beside `rule`, or several under `then`.
    private func jobs(
        _ node: YAMLNode,
        _ fields: MappingReader,
        _ diagnostics: inout [Diagnostic]
    ) -> [ExpectedJob]? {
        let named = (node.mapping ?? []).filter { actions.entries[$0.key] != nil }
        if let then = fields["then"] {
            if let first = named.first { diagnostics.append(.actionBesideThen(first, then: then)) }
            return then.value.elements(for: "'then'", reporting: &diagnostics).compactMap { item($0, &diagnostics) }
        }
        if named.count > 1 { diagnostics.append(.severalActions(named[1])) }
        return named.isEmpty ? nil : named.compactMap { job($0, &diagnostics) }
    }

    /// An item of a list of jobs, which holds one.
    private func item(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> ExpectedJob? {
        guard let entries = node.mapping, let first = entries.first else {
            diagnostics.refuse(
                node,
                wanted: "an action with the settings to compare",
                of: "an item of 'then'",
                help: "write '{ add-collaborator: { agents: billing } }'"
            )
            return nil
        }
        guard entries.count == 1 else {
            diagnostics.append(.severalActions(entries[1]))
            return nil
        }
        return job(first, &diagnostics)
    }

    private func job(_ entry: YAMLEntry, _ diagnostics: inout [Diagnostic]) -> ExpectedJob? {
        guard let spec = actions.entries[entry.key]?.spec else {
            diagnostics.append(
                .unknownName(entry.key, at: entry.keySpan, what: "action", known: actions.entries.keys)
            )
            return nil
        }
        var settings = Settings()
        let shape = MappingShape(
            "the settings of '\(spec.id)'",
            keys: spec.fields.map(\.name),
            notBuiltYet: spec.notBuiltYet
        )
        guard let reader = MappingReader(entry.value, as: shape, reporting: &diagnostics) else { return nil }
        for field in spec.fields {
            guard let node = reader.value(field.name) else { continue }
            settings[field.name] = settingReader.value(node, for: field, &diagnostics)
        }
        return ExpectedJob(action: spec.id, settings: settings)
    }
}

extension Diagnostic {
    fileprivate static func notAnExpectation(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "'expect' cannot be '\(text)'",
            primary: Label("'none', or a list of firings", at: span),
            help: Spelling.suggestion(for: text, among: ["none"]) ?? "write 'expect: [{ rule: \(text) }]'"
        )
    }

    fileprivate static func eventBesideEvents(_ one: YAMLEntry, _ several: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .unknownField,
            message: "'event' beside 'events'",
            primary: Label("put it into the list instead", at: one.keySpan),
            context: [Label("the list of events", at: several.keySpan)]
        )
    }

    fileprivate static func actionBesideThen(_ entry: YAMLEntry, then: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .unknownField,
            message: "an action beside 'then'",
            primary: Label("name it in the list instead", at: entry.keySpan),
            context: [Label("the list of jobs", at: then.keySpan)]
        )
    }

    fileprivate static func severalActions(_ entry: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .wrongKind,
            message: "several actions in one expectation",
            primary: Label("their order would not be checked", at: entry.keySpan),
            help: "list them in order: then: [{ … }, { … }]"
        )
    }
}
