package import Diagnostics
import Directory
import Events
import Foundation
import RuleEngine
import RuleSyntax

/// Reads the settings, and lets variables such as `BECKON_DELIVERY_RATE` override them.
struct SettingsPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        for values in values(in: draft, &diagnostics) {
            for setting in Setting.allCases {
                guard let value = values[setting.rawValue] else { continue }
                apply(setting, value, to: &draft, &diagnostics)
            }
        }
    }

    /// The settings that take one value, by their path, and the parts of a loop guard that variables name one by one.
    private enum Setting: String, CaseIterable {
        case business
        case timezone
        case format
        case baseURL = "doubletick.base_url"
        case apiKey = "doubletick.api_key"
        case concurrency = "delivery.concurrency"
        case rate = "delivery.rate"
        case timeout = "delivery.timeout"
        case attempts = "delivery.attempts"
        case giveUpAfter = "delivery.give_up_after"
        case maxEventAge = "delivery.max_event_age"
        case loopGuard = "delivery.loop_guard"
        case loopGuardAtMost = "delivery.loop_guard.at_most"
        case loopGuardWithin = "delivery.loop_guard.within"
        case grace
        case liveLag = "live_lag"
        case lateness

        /// The variable that overrides the setting.
        var variable: String {
            "BECKON_" + rawValue.uppercased().replacingOccurrences(of: ".", with: "_")
        }
    }

    /// The files' settings as one layer, and the environment's as a second that overrides it.
    private func values(in draft: Draft, _ diagnostics: inout [Diagnostic]) -> [[String: YAMLNode]] {
        var written: [String: YAMLEntry] = [:]
        for entry in draft.sections[.settings] {
            guard let reader = MappingReader(entry.value, as: Language.settings, reporting: &diagnostics) else {
                continue
            }
            for key in Self.plainKeys {
                if let entry = reader[key] { add(entry, as: key, to: &written, &diagnostics) }
            }
            for (key, shape) in [("doubletick", Language.doubletick), ("delivery", Language.delivery)] {
                guard let value = reader.value(key),
                    let inner = MappingReader(value, as: shape, reporting: &diagnostics)
                else { continue }
                for name in shape.keys {
                    if let entry = inner[name] { add(entry, as: "\(key).\(name)", to: &written, &diagnostics) }
                }
            }
        }
        var overriding: [String: YAMLNode] = [:]
        for setting in Setting.allCases {
            guard let value = draft.environment[setting.variable], !value.isEmpty else { continue }
            overriding[setting.rawValue] = YAMLNode(variable: setting.variable, value: value)
        }
        return [written.mapValues(\.value), overriding]
    }

    /// The settings that stand at the top.
    private static let plainKeys = ["business", "timezone", "format", "grace", "live_lag", "lateness"]

    private func add(
        _ entry: YAMLEntry,
        as path: String,
        to written: inout [String: YAMLEntry],
        _ diagnostics: inout [Diagnostic]
    ) {
        guard let first = written[path] else {
            written[path] = entry
            return
        }
        diagnostics.append(.settingWrittenTwice(path, first: first.keySpan, second: entry.keySpan))
        // The value counts for nothing, but it may be a key all the same, and somebody must be told.
        if path == Setting.apiKey.rawValue { _ = entry.value.secretSource(reporting: &diagnostics) }
    }

    private func apply(
        _ setting: Setting,
        _ value: YAMLNode,
        to draft: inout Draft,
        _ diagnostics: inout [Diagnostic]
    ) {
        switch setting {
        case .business:
            if let phone = business(value, in: draft, &diagnostics) { draft.settings.business = phone }
        case .timezone:
            if let name = value.timezone(reporting: &diagnostics) { draft.settings.timezone = name }
        case .format:
            if let format = format(value, &diagnostics) { draft.settings.format = format }
        case .baseURL:
            if let url = value.baseURL(reporting: &diagnostics) { draft.settings.doubletick.baseURL = url }
        case .apiKey:
            if value.isVariable, value.scalar.flatMap({ SecretSource(written: $0.text) }) == nil {
                // A key in the environment is where a key belongs.
                draft.settings.doubletick.apiKey = .environment(setting.variable)
            } else if let source = value.secretSource(reporting: &diagnostics) {
                draft.settings.doubletick.apiKey = source.relative(to: value)
            }
        case .concurrency:
            if let count = value.count(in: Language.attemptCounts, for: "'concurrency'", &diagnostics) {
                draft.settings.delivery.concurrency = count
            }
        case .attempts:
            if let count = value.count(in: Language.attemptCounts, for: "'attempts'", &diagnostics) {
                draft.settings.delivery.attempts = count
            }
        case .rate:
            guard let text = value.text(for: "'rate'", reporting: &diagnostics) else { return }
            if let rate = Rate(written: text) {
                draft.settings.delivery.rate = rate
            } else {
                diagnostics.append(.malformed(text, at: value.span, what: "a rate", example: "5/s, 60/min or 1000/h"))
            }
        case .timeout:
            if let duration = value.duration(for: "'timeout'", &diagnostics) {
                draft.settings.delivery.timeout = duration
            }
        case .giveUpAfter:
            if let duration = value.duration(for: "'give_up_after'", &diagnostics) {
                draft.settings.delivery.giveUpAfter = duration
            }
        case .maxEventAge:
            if value.isNone {
                draft.settings.delivery.maxEventAge = nil
            } else if let duration = value.duration(for: "'max_event_age'", orNone: true, &diagnostics) {
                draft.settings.delivery.maxEventAge = duration
            }
        case .loopGuard: readLoopGuard(value, into: &draft.settings.delivery.loopGuard, &diagnostics)
        case .loopGuardAtMost: readLoopCount(value, into: &draft.settings.delivery.loopGuard, &diagnostics)
        case .loopGuardWithin: readLoopWindow(value, into: &draft.settings.delivery.loopGuard, &diagnostics)
        case .grace: read(value, setting, into: &draft.settings.time.grace, &diagnostics)
        case .liveLag: read(value, setting, into: &draft.settings.time.liveLag, &diagnostics)
        case .lateness: read(value, setting, into: &draft.settings.time.lateness, &diagnostics)
        }
    }

    /// Reads a length of time that may be nothing.
    private func read(
        _ value: YAMLNode,
        _ setting: Setting,
        into time: inout Duration,
        _ diagnostics: inout [Diagnostic]
    ) {
        guard let duration = value.duration(for: "'\(setting.rawValue)'", orZero: true, &diagnostics) else { return }
        time = duration
    }

    private func business(_ value: YAMLNode, in draft: Draft, _ diagnostics: inout [Diagnostic]) -> PhoneNumber? {
        guard let text = value.text(for: "'business'", reporting: &diagnostics) else { return nil }
        if let phone = draft.directory.businessNumber(named: text) { return phone }
        if text.looksLikePhoneNumber {
            return PhoneNumber(text, at: value.span, countryCode: draft.countryCode, reporting: &diagnostics)
        }
        guard !draft.directory.brokenNames.contains(text) else { return nil }
        let known = draft.directory.businessNumbers.map(\.name)
        diagnostics.append(.unknownName(text, at: value.span, what: "business number", known: known))
        return nil
    }

    private func format(_ value: YAMLNode, _ diagnostics: inout [Diagnostic]) -> InputFormat? {
        if let entries = value.mapping { return mapping(entries, &diagnostics) }
        guard let name = value.text(for: "'format'", reporting: &diagnostics) else { return nil }
        if let format = InputFormat(name: name) { return format }
        diagnostics.append(.unknownValue(name, at: value.span, of: "'format'", words: InputFormat.names))
        return nil
    }

    private func mapping(_ entries: [YAMLEntry], _ diagnostics: inout [Diagnostic]) -> InputFormat? {
        var mapping = FieldMapping()
        for entry in entries {
            guard let name = EventName(spelling: entry.key) else {
                let known = EventName.allCases.map(\.spelling)
                diagnostics.append(
                    .unknownName(entry.key, at: entry.keySpan, what: "name of the events table", known: known)
                )
                continue
            }
            guard let text = entry.value.text(for: "a path", reporting: &diagnostics) else { continue }
            do throws(FieldPathProblem) {
                mapping[name] = try FieldPath(parsing: text)
            } catch {
                diagnostics.append(.malformedPath(text, error, at: entry.value.span))
            }
        }
        return .mapped(mapping)
    }
}

extension YAMLNode {
    /// A value of the environment, which stands in no file.
    fileprivate init(variable: String, value: String) {
        let file = SourceFile(path: SourceFile.environmentPath, text: "\(variable)=\(value)")
        let start = variable.utf8.count + 1
        self.init(plain: value, span: Span(file, start..<start + value.utf8.count))
    }

    /// Whether the value is one of the environment.
    var isVariable: Bool { span.file.path == SourceFile.environmentPath }

    /// Whether the word 'none' stands here.
    var isNone: Bool { scalar?.text == "none" }
}

extension SourceFile {
    /// Stands for the environment where a diagnostic names a file.
    fileprivate static let environmentPath = "the environment"
}

extension Diagnostic {
    fileprivate static func settingWrittenTwice(_ path: String, first: Span, second: Span) -> Diagnostic {
        Diagnostic(
            .duplicateID,
            message: "'\(path)' is set twice",
            primary: Label("second time", at: second),
            context: [Label("first time", at: first)],
            help: "keep one of them"
        )
    }

    /// Text that is not what its place takes.
    package static func malformed(
        _ text: String,
        at span: Span,
        what: String,
        example: String,
        help: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "'\(text)' is not \(what)",
            primary: Label("write \(example)", at: span),
            help: help
        )
    }

    /// A field path that cannot be read.
    static func malformedPath(_ text: String, _ problem: FieldPathProblem, at span: Span) -> Diagnostic {
        Diagnostic(
            .malformedPath,
            message: "field path '\(text)' \(problem.reason)",
            primary: Label("a path is written like 'contact.name' or 'items.*.sku'", at: span)
        )
    }
}
