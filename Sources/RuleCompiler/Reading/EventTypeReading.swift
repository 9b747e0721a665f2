package import Diagnostics
package import Events
import RuleEngine
import RuleSyntax

extension YAMLNode {
    /// The types of events that `on` names; what is wrong with them is reported.
    func eventTypes(in format: InputFormat, reporting diagnostics: inout [Diagnostic]) -> EventTypes {
        let types = texts(for: "'on'", reporting: &diagnostics)
        guard !types.contains(where: { $0.text == "any" }) else {
            if types.count > 1 { diagnostics.append(.anyAmongOthers(self)) }
            return .any
        }
        for (type, node) in types {
            diagnostics += [.unknownEventType(type, at: node.span, in: format)].compactMap(\.self)
        }
        return .only(Set(types.map(\.text)))
    }
}

extension Diagnostic {
    /// A type that no format produces by itself; `nil` for one that there may be.
    ///
    /// Mapped, plain and CloudEvents lines bring names of their own, so that there only what looks misspelt is told.
    package static func unknownEventType(_ type: String, at span: Span, in format: InputFormat) -> Diagnostic? {
        guard !EventType.known.contains(type) else { return nil }
        let known = EventType.known.sorted()
        // `TAG_ADDED` and `close_conversation` have the right words, if not in the right form and order.
        let likely = known.first { $0.wordStems == type.wordStems } ?? Spelling.closest(to: type, among: known)
        guard likely != nil || !format.bringsOwnTypes else { return nil }
        return Diagnostic(
            .unknownEventType,
            severity: .warning,
            message: "no known format produces events of type '\(type)'",
            primary: Label("this may never be the type of an event", at: span),
            help: likely.map { "did you mean '\($0)'?" }
                ?? "if events bring it themselves, say so with 'settings: { format: plain }' or a mapping"
        )
    }
}

extension Diagnostic {
    fileprivate static func anyAmongOthers(_ node: YAMLNode) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "'any' stands among other event types",
            primary: Label("'any' takes all of them already", at: node.firstLine),
            help: "write 'on: any', or leave 'any' out"
        )
    }
}

extension InputFormat {
    /// Whether lines name types that no list can hold.
    fileprivate var bringsOwnTypes: Bool {
        switch self {
        case .mapped, .plain, .cloudEvents: true
        case .auto, .doubletick, .whatsappCloud: false
        }
    }
}

extension String {
    /// The words of the text in alphabetical order, without what tells `adds`, `added` and `add` apart.
    fileprivate var wordStems: [String] {
        lowercased().split { !$0.isLetter && !$0.isNumber }.map { word in
            let ending = ["ed", "es", "e", "s"].first { word.hasSuffix($0) && word.count > $0.count + 1 }
            return String(word.dropLast(ending?.count ?? 0))
        }.sorted()
    }
}
