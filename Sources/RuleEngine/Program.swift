public import Directory

/// Rules that are ready to be evaluated, with what they speak of by name.
public struct Program: Sendable {
    /// The rules in the order in which they are decided: by priority, then file path, then position.
    public let rules: [Rule]

    /// Agents, teams and business numbers.
    public let directory: Directory

    /// The business number of events that carry none; `nil` where several are possible and none was chosen.
    public let defaultBusiness: PhoneNumber?

    /// A rule behind a reference: handing one on costs a counter, where the value has a dozen.
    final class Entry: Sendable {
        let rule: Rule

        init(_ rule: Rule) {
            self.rule = rule
        }
    }

    private let entriesByType: [String: [Entry]]
    private let entriesOfAnyType: [Entry]

    /// Creates a program and puts the rules in the order of decision.
    ///
    /// - Parameters:
    ///   - rules: The rules by file path and position; the sort by priority keeps that order.
    ///   - directory: Agents, teams and business numbers.
    ///   - defaultBusiness: The business number of events that carry none.
    public init(rules: [Rule], directory: Directory = Directory(), defaultBusiness: PhoneNumber? = nil) {
        let ordered = rules.enumerated().sorted { one, other in
            let (left, right) = (one.element.priority, other.element.priority)
            return left == right ? one.offset < other.offset : left > right
        }.map(\.element)
        self.rules = ordered
        self.directory = directory
        self.defaultBusiness = defaultBusiness
        let entries = ordered.filter { $0.mode != .off }.map { Entry($0) }
        let types = entries.reduce(into: Set<String>()) { types, entry in
            if case .only(let named) = entry.rule.on { types.formUnion(named) }
        }
        entriesOfAnyType = entries.filter { $0.rule.on == .any }
        entriesByType = Dictionary(
            uniqueKeysWithValues: types.map { type in (type, entries.filter { $0.rule.on.contains(type) }) }
        )
    }

    /// The rules that look at events of a type and are not off, in the order of decision.
    func entries(for type: String) -> [Entry] {
        entriesByType[type] ?? entriesOfAnyType
    }
}
