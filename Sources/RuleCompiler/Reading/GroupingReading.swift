import Diagnostics
import Events
import RuleEngine
import RuleSyntax

extension YAMLNode {
    /// What `per` says that events have in common; `nil` when there is something wrong with it, which is reported.
    func grouping(reporting diagnostics: inout [Diagnostic]) -> Grouping? {
        let texts = texts(for: "'per'", reporting: &diagnostics)
        guard !texts.contains(where: { $0.text == Grouping.everyoneSpelling }) else {
            guard texts.count == 1 else {
                diagnostics.append(.everyoneAmongOthers(self))
                return nil
            }
            return .everyone
        }
        var parts: [Grouping.Part] = []
        var isWhole = !texts.isEmpty
        for (text, node) in texts {
            guard let part = Grouping.Part(text, at: node.span, reporting: &diagnostics) else {
                isWhole = false
                continue
            }
            if !parts.contains(part) { parts.append(part) }
        }
        guard parts.count <= Language.groupingPartsMax else {
            diagnostics.append(.tooManyParts(self))
            return nil
        }
        return isWhole ? Grouping(parts) : nil
    }

    /// A path behind `fields.` that names one value; anything else is reported.
    func singleField(_ text: String, reporting diagnostics: inout [Diagnostic]) -> FieldPath? {
        FieldPath(behindPrefix: text, at: span, reporting: &diagnostics)
    }
}

extension Grouping {
    fileprivate static let everyoneSpelling = "everyone"

    /// How the parts are written.
    var spellings: [String] { parts.isEmpty ? [Self.everyoneSpelling] : parts.map(\.spelling) }
}

extension Grouping.Part {
    fileprivate init?(_ text: String, at span: Span, reporting diagnostics: inout [Diagnostic]) {
        switch text {
        case "conversation": self = .conversation
        case "customer": self = .customer
        case "business": self = .business
        default:
            guard text.hasPrefix(FieldPath.prefix) else {
                diagnostics.append(.unknownPart(text, at: span))
                return nil
            }
            guard let path = FieldPath(behindPrefix: text, at: span, reporting: &diagnostics) else { return nil }
            self = .field(path)
        }
    }

    /// How the part is written.
    var spelling: String {
        switch self {
        case .conversation: "conversation"
        case .customer: "customer"
        case .business: "business"
        case .field(let path): FieldPath.prefix + path.description
        }
    }
}

extension FieldPath {
    /// What a path begins with where names of the events table may stand, too.
    static let prefix = "fields."

    /// Reads a path behind ``prefix`` that names one value; anything else is reported.
    fileprivate init?(behindPrefix text: String, at span: Span, reporting diagnostics: inout [Diagnostic]) {
        let written = String(text.dropFirst(Self.prefix.count))
        do throws(FieldPathProblem) {
            try self.init(parsing: written)
        } catch {
            diagnostics.append(.malformedPath(written, error, at: span))
            return nil
        }
        guard !hasWildcard else {
            diagnostics.append(.severalValues(text, at: span))
            return nil
        }
    }
}

extension Diagnostic {
    fileprivate static func unknownPart(_ text: String, at span: Span) -> Diagnostic {
        let words = ["conversation", "customer", "business", "everyone"]
        var unknown = Diagnostic.unknownValue(text, at: span, of: "'per'", words: words + ["fields.PATH"])
        let isName = EventName(spelling: text) != nil
        unknown.help = isName ? nil : Spelling.suggestion(for: text, among: words)
        if !isName, unknown.help == nil { unknown.help = "a value of the original is written 'fields.\(text)'" }
        return unknown
    }

    fileprivate static func everyoneAmongOthers(_ node: YAMLNode) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "'everyone' stands among other words",
            primary: Label("all events belong together already", at: node.firstLine),
            help: "write 'per: everyone', or leave 'everyone' out"
        )
    }

    fileprivate static func tooManyParts(_ node: YAMLNode) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "'per' has more than \(Language.groupingPartsMax) parts",
            primary: Label("together they are the name of every window", at: node.firstLine)
        )
    }

    /// A path with a star where one value is asked for.
    fileprivate static func severalValues(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .malformedPath,
            message: "'\(text)' may name several values",
            primary: Label("one value is needed here", at: span),
            help: "name one of them: '\(text.replacing("*", with: "0"))'"
        )
    }
}
