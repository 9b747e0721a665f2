import Diagnostics
import Directory
import Events
import Patterns
import RuleEngine
import RuleSyntax

/// Reads matchers: what a value must be.
struct MatcherReader {
    /// Agents and business numbers, which comparisons may name.
    let directory: Directory

    /// The lists that matchers may name.
    let lists: [String: NamedList]

    /// The names of lists that cannot be used, which has been reported.
    let unusableLists: Set<String>

    /// The shape of the events, which decides what types there are.
    let format: InputFormat

    /// Whether to warn of regexes that give up on some text.
    let looksForSlowPatterns: Bool

    /// What a matcher looks at.
    enum Subject {
        /// A name of the events table, whose values are text.
        case name(EventName)
        /// A value of the original, of any kind.
        case field
        /// What is remembered: text, or that it is so.
        case fact(holdsText: Bool)

        var name: EventName? {
            guard case .name(let name) = self else { return nil }
            return name
        }
    }

    /// Reads a matcher: a scalar (equals), a list (equals one of), or a mapping whose keys must all hold.
    func matcher(_ node: YAMLNode, of subject: Subject, _ diagnostics: inout [Diagnostic]) -> Matcher {
        switch node.content {
        case .scalar, .sequence:
            let literals = literals(node, of: subject, ignoringCase: false, &diagnostics)
            return Matcher([.init(.equals(LiteralSet(literals), ignoringCase: false), span: node.span)])
        case .mapping(let entries):
            guard let reader = MappingReader(node, as: Language.matcher, reporting: &diagnostics) else {
                return Matcher([])
            }
            if entries.isEmpty { diagnostics.refuseEmpty(node, of: "a matcher") }
            let options = MatcherOptions(reader, reporting: &diagnostics)
            return Matcher(
                entries.filter { reader[$0.key] != nil }.compactMap { entry in
                    test(entry, of: subject, options, &diagnostics).map {
                        .init($0, span: Span(entry.keySpan, through: entry.value.span))
                    }
                }
            )
        }
    }

    private func test(
        _ entry: YAMLEntry,
        of subject: Subject,
        _ options: MatcherOptions,
        _ diagnostics: inout [Diagnostic]
    ) -> Matcher.Test? {
        let ignoringCase = options.ignoresCase
        if let comparison = Matcher.Comparison(rawValue: entry.key) { return compares(comparison, entry, &diagnostics) }
        if let relation = Matcher.LiteralRelation(rawValue: entry.key) {
            let texts = entry.value.texts(for: "'\(entry.key)'", reporting: &diagnostics).map { text, _ in
                let digits = subject.name?.isPhone == true ? PhoneNumber.comparableDigits(ofPart: text) : nil
                let literal = digits ?? text
                return ignoringCase ? TextFolding.caseFolded(literal) : literal
            }
            return .literal(relation, texts, ignoringCase: ignoringCase)
        }
        switch entry.key {
        case "equals":
            if entry.value.sequence != nil { diagnostics.append(.equalsList(entry)) }
            let literals = literals(entry.value, of: subject, ignoringCase: ignoringCase, &diagnostics)
            return .equals(LiteralSet(literals), ignoringCase: ignoringCase)
        case "in":
            let list = entry.value.elements(for: "'in'", reporting: &diagnostics)
            var literals: [Literal] = []
            for element in list {
                guard element.sequence == nil else {
                    diagnostics.refuse(element, wanted: "a single value", of: "a value to compare with")
                    continue
                }
                literals += self.literals(element, of: subject, ignoringCase: ignoringCase, &diagnostics)
            }
            return .equals(LiteralSet(literals), ignoringCase: ignoringCase)
        case "in_list":
            return list(named: entry.value, for: "'in_list'", &diagnostics).map {
                let literals = self.literals($0, of: subject, ignoringCase: ignoringCase, &diagnostics)
                return .equals(LiteralSet(literals), ignoringCase: ignoringCase)
            }
        case "matches": return .matches(patterns(entry.value, ignoringCase: ignoringCase, &diagnostics))
        case "keywords": return .keywords(keywords(entry, options, &diagnostics))
        case "all_keywords": return .allKeywords(keywords(entry, options, &diagnostics))
        case "only_keywords": return .onlyKeywords(keywords(entry, options, &diagnostics))
        case "exists": return entry.value.boolean(forKey: entry.key, reporting: &diagnostics).map { .exists($0) }
        case "is":
            return entry.value.word(ValueKind.self, for: "'is'", reporting: &diagnostics).map { .isKind($0.kind) }
        case "not": return .not(matcher(entry.value, of: subject, &diagnostics))
        default: return nil
        }
    }

    /// The kinds that `is` may name.
    enum ValueKind: String, CaseIterable {
        case string
        case number
        case boolean
        case list
        case object

        var kind: JSONValue.Kind {
            switch self {
            case .string: .string
            case .number: .number
            case .boolean: .boolean
            case .list: .list
            case .object: .object
            }
        }
    }

    private func literals(
        _ node: YAMLNode,
        of subject: Subject,
        ignoringCase: Bool,
        _ diagnostics: inout [Diagnostic]
    ) -> [Literal] {
        node.list(for: "a value", reporting: &diagnostics).compactMap { element in
            guard let scalar = element.scalar else {
                diagnostics.refuse(element, wanted: "a single value", of: "a value to compare with")
                return nil
            }
            guard scalar.value != .null else {
                diagnostics.append(.comparedWithNothing(element))
                return nil
            }
            return literal(
                scalar.text,
                scalar.value,
                at: element.span,
                of: subject,
                ignoringCase: ignoringCase,
                &diagnostics
            )
        }
    }

    /// The entries of a list as values to compare with.
    private func literals(
        _ list: NamedList,
        of subject: Subject,
        ignoringCase: Bool,
        _ diagnostics: inout [Diagnostic]
    ) -> [Literal] {
        var found: [Diagnostic] = []
        var literals: [Literal] = []
        for entry in list {
            if let literal = literal(
                entry.text,
                entry.value,
                at: entry.span,
                of: subject,
                ignoringCase: ignoringCase,
                isListed: true,
                &found
            ) {
                literals.append(literal)
            }
            // The rule cannot be used any more, and a hundred thousand entries take their time.
            if found.count >= Self.entryProblemsShownMax, found.hasErrors { break }
        }
        diagnostics += found.prefix(Self.entryProblemsShownMax)
        return literals
    }

    /// More problems of one list are not shown: it is a list of something else.
    static let entryProblemsShownMax = 5

    /// The list that a text names; `nil` when there is none, or none that can be used, which is reported.
    func list(named node: YAMLNode, for subject: String, _ diagnostics: inout [Diagnostic]) -> NamedList? {
        guard let name = node.text(for: subject, reporting: &diagnostics) else { return nil }
        if let list = lists[name] { return list }
        // What is wrong with the list itself has been told where it stands.
        guard !unusableLists.contains(name) else { return nil }
        diagnostics.append(.unknownName(name, at: node.span, what: "list", known: lists.keys))
        return nil
    }

    private func literal(
        _ written: String,
        _ value: CoreSchemaValue,
        at span: Span,
        of subject: Subject,
        ignoringCase: Bool,
        isListed: Bool = false,
        _ diagnostics: inout [Diagnostic]
    ) -> Literal? {
        if case .fact(let holdsText) = subject {
            return remembered(written, value, holdsText: holdsText, at: span, isListed: isListed, &diagnostics)
        }
        guard let name = subject.name else {
            switch value {
            case .null: return nil
            case .boolean(let value): return .boolean(value)
            case .integer(let value): return .integer(value)
            case .number(let value): return .number(value)
            case .string(let text): return .string(ignoringCase ? TextFolding.caseFolded(text) : text)
            }
        }
        // Values under the names of the events table are text, so `text: 1` means the text "1".
        let text = name.isPhone ? phone(written, of: name, at: span, isListed: isListed, &diagnostics) : written
        if name == .kind || name == .by {
            checkWord(ignoringCase ? text.lowercased() : text, of: name, at: span, &diagnostics)
        }
        if name == .type { diagnostics += [.unknownEventType(text, at: span, in: format)].compactMap(\.self) }
        return .string(ignoringCase ? TextFolding.caseFolded(text) : text)
    }

    /// What a fact is compared with: text, or `true`, and a warning where it can be neither.
    private func remembered(
        _ written: String,
        _ value: CoreSchemaValue,
        holdsText: Bool,
        at span: Span,
        isListed: Bool,
        _ diagnostics: inout [Diagnostic]
    ) -> Literal {
        guard holdsText else {
            if value != .boolean(true), !isListed { diagnostics.append(.neverRemembered(written, at: span)) }
            return .boolean(value == .boolean(true))
        }
        if case .boolean(let flag) = value, !isListed { diagnostics.append(.rememberedIsText(flag, at: span)) }
        return .string(written)
    }

    /// The digits of a number however it is written, or of whom the directory knows by that name.
    private func phone(
        _ text: String,
        of name: EventName,
        at span: Span,
        isListed: Bool,
        _ diagnostics: inout [Diagnostic]
    ) -> String {
        let agent = directory.agents[text]?.phone
        let business = directory.businessNumber(named: text)
        if let named = name == .business ? business ?? agent : agent ?? business { return named.digits }
        if text.looksLikePhoneNumber {
            return PhoneNumber(text, at: span, countryCode: directory.countryCode, reporting: &diagnostics)?.digits
                ?? text
        }
        guard !directory.brokenNames.contains(text) else { return text }
        switch name {
        case .business:
            diagnostics.append(
                .unknownName(text, at: span, what: "business number", known: directory.businessNumbers.map(\.name))
            )
        case .customer:
            let names = isListed ? [] : directory.agents.keys.sorted() + directory.businessNumbers.map(\.name)
            if Spelling.closest(to: text, among: names) != nil {
                diagnostics.append(.unknownName(text, at: span, what: "name", known: names))
            } else {
                diagnostics.append(.phoneNumber(text, .notANumber(text), at: span))
            }
        default:
            // An agent may be known to DoubleTick by an opaque id, such as user_Agent0101.
            // In lists, which may be long, only what somebody wrote here is held against the names.
            guard !isListed else { break }
            let names = directory.agents.keys.sorted() + directory.teams.keys.sorted()
            if directory.teams[text] != nil {
                diagnostics.append(.teamIsNoAgent(text, at: span))
            } else if Spelling.closest(to: text, among: names) != nil {
                diagnostics.append(.unknownName(text, at: span, what: "agent", known: names))
            }
        }
        return text
    }

    private func checkWord(_ text: String, of name: EventName, at span: Span, _ diagnostics: inout [Diagnostic]) {
        let words = name == .kind ? MessageKind.allCases.map(\.rawValue) : Origin.allCases.map(\.rawValue)
        guard !words.contains(text) else { return }
        diagnostics.append(.unknownValue(text, at: span, of: "'\(name.spelling)'", words: words))
    }

    private func compares(
        _ comparison: Matcher.Comparison,
        _ entry: YAMLEntry,
        _ diagnostics: inout [Diagnostic]
    ) -> Matcher.Test? {
        guard let text = entry.value.text(for: "'\(entry.key)'", reporting: &diagnostics) else { return nil }
        guard let bound = Quantity(written: text) else {
            diagnostics.append(
                .malformed(
                    text,
                    at: entry.value.span,
                    what: "a number, duration or date",
                    example: "5, 15m or 2026-01-31"
                )
            )
            return nil
        }
        return .compares(comparison, bound)
    }
}

extension Diagnostic {
    fileprivate static func teamIsNoAgent(_ team: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownName,
            message: "'\(team)' is a team, and an event is about one agent",
            primary: Label("this could never be the agent of an event", at: span),
            help: "name the agents of the team: 'agent: [asha, ravi]'"
        )
    }

    fileprivate static func neverRemembered(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .withoutEffect,
            severity: .warning,
            message: "a fact without a 'value' is 'true' or not there",
            primary: Label("it is never '\(text)'", at: span),
            help: text.lowercased() == "false" || text.lowercased() == "no"
                ? "write '{ exists: false }' to ask whether it is not there" : "write 'true'"
        )
    }

    fileprivate static func rememberedIsText(_ flag: Bool, at span: Span) -> Diagnostic {
        Diagnostic(
            .withoutEffect,
            severity: .warning,
            message: "a fact with a 'value' is text",
            primary: Label("it is compared with the text '\(flag)'", at: span),
            help: "write '{ exists: \(flag) }' to ask whether it is there"
        )
    }

    fileprivate static func comparedWithNothing(_ node: YAMLNode) -> Diagnostic {
        Diagnostic(
            .emptyValue,
            message: "nothing to compare with",
            primary: Label("a missing value or null never equals anything", at: node.firstLine),
            help: "write '{ exists: false }' to ask whether a value is missing"
        )
    }

    fileprivate static func equalsList(_ entry: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .wrongKind,
            message: "'equals' takes one value, not a list",
            primary: Label("this is a list", at: entry.value.firstLine),
            help: "write 'in' to ask for one of several"
        )
    }
}
