import Events
import Patterns

/// The named groups of the patterns that made a condition hold.
struct MatchedGroups {
    /// The texts by the groups' names.
    fileprivate(set) var values: [String: String] = [:]

    /// The names whose pattern gave up, so that nobody knows whether they come from it or from a later one.
    fileprivate(set) var undecided: Set<String> = []

    /// Why a pattern gave up, if one did.
    fileprivate(set) var fault: PatternFault?

    /// Names whose pattern has been found; a group of it that took no part stays without a value.
    private var settled: Set<String> = []

    /// Leaves open what these names stand for, unless an earlier pattern has settled them.
    fileprivate mutating func leaveOpen(_ names: Set<String>, _ fault: PatternFault?) {
        let names = names.subtracting(settled)
        guard !names.isEmpty else { return }
        self.fault = self.fault ?? fault
        settled.formUnion(names)
        undecided.formUnion(names)
    }

    /// Takes the groups of a pattern that matched, unless an earlier pattern has groups of the same names.
    fileprivate mutating func add(_ pattern: Pattern, over text: String, _ scratch: MatchScratch) {
        let names = Set(pattern.groupNames.map(\.name)).subtracting(settled)
        guard !names.isEmpty else { return }
        switch pattern.captures(text, scratch: scratch) {
        case .noMatch: return
        case .fault(let fault): leaveOpen(names, fault)
        case .match(let found):
            settled.formUnion(names)
            for name in names { values[name] = found[name] }
        }
    }
}

extension Evaluation {
    /// The named groups of conditions that hold: of each name, from the first pattern that matched in written order.
    ///
    /// Only parts that hold count, and nothing under `not` or `none`: those hold because something did *not* match. Of a part
    /// or pattern that gives up, nobody knows the groups, and no later one takes its place.
    func matchedGroups(in conditions: [Condition]) -> MatchedGroups {
        renewAllowance()
        var groups = MatchedGroups()
        for condition in conditions { collect(condition, into: &groups) }
        _ = takeFault()
        return groups
    }

    private func collect(_ condition: Condition, into groups: inout MatchedGroups) {
        switch condition.test {
        case .all(let parts): for part in parts { collect(part, into: &groups) }
        case .any(let parts):
            for part in parts {
                switch verdict(part) {
                case .holds: collect(part, into: &groups)
                case .fails: continue
                case .fault: groups.leaveOpen(part.groupNames, takeFault())
                }
            }
        case .use(_, let part): collect(part, into: &groups)
        case .fact(let name, let matcher): collect(matcher, over: facts[name]?.text, into: &groups)
        case .none, .not, .during, .outside: return
        case .name(let name, let matcher): collect(matcher, over: name.value(in: event), into: &groups)
        case .field(let path, let matcher):
            for value in path.values(in: event.fields, limit: .max) {
                guard let scalar = JSONScalar(value) else { continue }
                switch verdict(matcher, of: scalar) {
                case .holds:
                    collect(matcher, over: value.string, into: &groups)
                    return
                case .fails: continue
                case .fault: groups.leaveOpen(matcher.groupNames, takeFault())
                }
            }
        }
    }

    private func collect(_ matcher: Matcher, over text: String?, into groups: inout MatchedGroups) {
        guard let text else { return }
        for case .matches(let patterns) in matcher.clauses.map(\.test) {
            for pattern in patterns { groups.add(pattern, over: text, scratch) }
        }
    }
}

extension Condition {
    /// The names of all groups that its patterns have, but for those under `not` and `none`.
    fileprivate var groupNames: Set<String> {
        switch test {
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.groupNames) }
        case .use(_, let part): part.groupNames
        case .name(_, let matcher), .field(_, let matcher), .fact(_, let matcher): matcher.groupNames
        case .none, .not, .during, .outside: []
        }
    }
}

extension Matcher {
    /// The names of all groups that its patterns have, but for those under `not`.
    fileprivate var groupNames: Set<String> {
        clauses.reduce(into: []) { names, clause in
            guard case .matches(let patterns) = clause.test else { return }
            for pattern in patterns { names.formUnion(pattern.groupNames.map(\.name)) }
        }
    }
}
