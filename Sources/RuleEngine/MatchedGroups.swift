import Events
import Patterns

/// The named groups of the patterns that made a condition hold.
struct MatchedGroups {
    /// The texts by the groups' names.
    fileprivate(set) var values: [String: String] = [:]

    /// Why the groups of a pattern could not be found, if that happened.
    fileprivate(set) var fault: PatternFault?

    /// Names whose pattern has been found; a group of it that took no part stays without a value.
    private var settled: Set<String> = []

    /// Takes the groups of a pattern that matched, unless an earlier pattern has groups of the same names.
    fileprivate mutating func add(_ pattern: Pattern, over text: String, _ scratch: MatchScratch) {
        let names = Set(pattern.groupNames.map(\.name)).subtracting(settled)
        guard !names.isEmpty else { return }
        switch pattern.captures(text, scratch: scratch) {
        case .noMatch: return
        case .fault(let fault): self.fault = fault
        case .match(let found):
            settled.formUnion(names)
            for name in names { values[name] = found[name] }
        }
    }
}

extension Evaluation {
    /// The named groups of a condition that holds: of each name, from the first pattern that matched in written order.
    ///
    /// Only parts that hold count, and nothing under `not` or `none`: those hold because something did *not* match.
    func matchedGroups(in condition: Condition) -> MatchedGroups {
        var groups = MatchedGroups()
        collect(condition, into: &groups)
        _ = takeFaults()
        return groups
    }

    private func collect(_ condition: Condition, into groups: inout MatchedGroups) {
        switch condition.test {
        case .all(let parts): for part in parts { collect(part, into: &groups) }
        case .any(let parts): for part in parts where verdict(part) == .holds { collect(part, into: &groups) }
        case .use(_, let part): collect(part, into: &groups)
        case .none, .not, .during, .outside: return
        case .name(let name, let matcher): collect(matcher, over: name.value(in: event), into: &groups)
        case .field(let path, let matcher):
            let element = path.values(in: event.fields, limit: .max).first { value in
                JSONScalar(value).map { verdict(matcher, of: $0) == .holds } ?? false
            }
            collect(matcher, over: element?.string, into: &groups)
        }
    }

    private func collect(_ matcher: Matcher, over text: String?, into groups: inout MatchedGroups) {
        guard let text else { return }
        for case .matches(let patterns) in matcher.clauses.map(\.test) {
            for pattern in patterns { groups.add(pattern, over: text, scratch) }
        }
    }
}
