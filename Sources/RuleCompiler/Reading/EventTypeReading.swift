package import Diagnostics
package import Events

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
