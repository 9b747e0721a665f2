/// What the rules that were decided before mean for those that come after: `stop`, `group` and `otherwise`.
///
/// Lives as long as one event is being decided. Deciding and explaining both ask it, so they cannot disagree. A rule that
/// could not be decided leaves open what follows from it, as Kleene's logic has it: behind an undecided `stop` nobody can
/// say whether a rule may fire, and so it neither fires nor is passed over.
struct Precedence {
    /// What stands in the way of a rule.
    enum Hindrance: Hashable {
        /// A rule before it, which took the event, makes sure that it does not fire.
        case blocked(Blocker)
        /// Whether it may fire hangs on a rule before it that could not be decided.
        case undecided(rule: String)
    }

    /// The ways in which one rule keeps another from firing.
    enum Blocker: Hashable {
        /// It has `stop`.
        case stop(rule: String)
        /// It is of the same group.
        case group(String, rule: String)
        /// It is an ordinary rule, and the other is for events that none of those took.
        case taken(rule: String)
    }

    private var stop: Mark?
    private var groups: [String: Mark] = [:]
    private var anyRule: Mark?
    private var tags: [String: Mark] = [:]

    private struct Mark {
        var rule: String
        var isCertain: Bool
    }

    /// Whether nothing that follows can fire any more.
    var isOver: Bool { stop?.isCertain == true }

    /// What stands in the way of a rule that takes the event, if anything does.
    func hindrance(for rule: Rule) -> Hindrance? {
        let marks: [(Mark, Blocker)] = [
            stop.map { ($0, .stop(rule: $0.rule)) },
            rule.otherwise.flatMap(taker).map { ($0, .taken(rule: $0.rule)) },
            rule.group.flatMap { group in groups[group].map { ($0, .group(group, rule: $0.rule)) } },
        ].compactMap { $0 }
        if let certain = marks.first(where: { $0.0.isCertain }) { return .blocked(certain.1) }
        return marks.first.map { .undecided(rule: $0.0.rule) }
    }

    /// The rule that takes away what an `otherwise` rule waits for.
    private func taker(for otherwise: Otherwise) -> Mark? {
        switch otherwise {
        case .anyRule: return anyRule
        case .tags(let wanted):
            let marks = wanted.sorted().compactMap { tags[$0] }
            return marks.first { $0.isCertain } ?? marks.first
        }
    }

    /// Remembers that a rule took the event, or could not be decided.
    ///
    /// Shadow rules change nothing for others, and `otherwise` rules do not block one another.
    mutating func note(_ rule: Rule, isCertain: Bool) {
        guard rule.mode == .active, rule.otherwise == nil else { return }
        let mark = Mark(rule: rule.id, isCertain: isCertain)
        if rule.stops { Self.set(&stop, mark) }
        Self.set(&anyRule, mark)
        if let group = rule.group { Self.set(&groups[group], mark) }
        for tag in rule.tags { Self.set(&tags[tag], mark) }
    }

    /// The first rule counts, but one that took the event outweighs those that could not be decided.
    private static func set(_ place: inout Mark?, _ mark: Mark) {
        guard let old = place else {
            place = mark
            return
        }
        if !old.isCertain, mark.isCertain { place = mark }
    }
}
