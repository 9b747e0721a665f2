import Events
import Patterns
import RuleEngine

/// What is sure of every event for which a condition holds, as far as the condition tells.
struct Guarantees {
    /// The names of the events table that have a value.
    private(set) var names: Set<EventName> = []

    /// The named groups that some pattern which matched has.
    private(set) var groups: Set<String> = []

    /// The named groups that a pattern which matched may have.
    private(set) var possibleGroups: Set<String> = []

    /// The facts that are remembered.
    private(set) var facts: Set<String> = []

    /// What is sure of every event.
    init() {}

    /// What is sure where a condition holds.
    init(_ condition: Condition) {
        switch condition.test {
        case .all(let parts): self.init(all: parts.map { Guarantees($0) })
        case .any(let parts): self.init(any: parts.map { Guarantees($0) })
        case .use(_, let part): self.init(part)
        case .name(let name, let matcher):
            self.init(matcher)
            if matcher.needsValue { names.insert(name) }
        case .field(_, let matcher): self.init(matcher)
        case .fact(let name, let matcher):
            self.init(matcher)
            if matcher.needsValue { facts.insert(name) }
        case .none, .not, .during, .outside: self.init()
        }
    }

    /// What is sure where all of these hold, as far as there is anything that must.
    init(of conditions: [Condition?]) {
        self.init(all: conditions.compactMap { $0.map { Guarantees($0) } })
    }

    /// Takes away what is sure of facts.
    mutating func forgetFacts() {
        facts = []
    }

    private init(_ matcher: Matcher) {
        self.init(
            all: matcher.clauses.compactMap { clause -> Guarantees? in
                guard case .matches(let patterns) = clause.test else { return nil }
                return Guarantees(any: patterns.map { Guarantees(groups: $0.groupNames.map(\.name)) })
            }
        )
    }

    private init(groups names: [String]) {
        groups = Set(names)
        possibleGroups = groups
    }

    private init(all parts: [Guarantees]) {
        for part in parts {
            names.formUnion(part.names)
            groups.formUnion(part.groups)
            possibleGroups.formUnion(part.possibleGroups)
            facts.formUnion(part.facts)
        }
    }

    private init(any parts: [Guarantees]) {
        guard let first = parts.first else { return }
        self = first
        for part in parts.dropFirst() {
            names.formIntersection(part.names)
            groups.formIntersection(part.groups)
            possibleGroups.formUnion(part.possibleGroups)
            facts.formIntersection(part.facts)
        }
    }
}

extension Matcher {
    /// Whether a missing value can never meet it: every clause but `exists: false` fails for one.
    fileprivate var needsValue: Bool {
        clauses.contains { clause in
            if case .exists(false) = clause.test { return false }
            return true
        }
    }
}
