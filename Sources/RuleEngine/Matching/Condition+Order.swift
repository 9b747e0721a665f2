import Events

extension Condition {
    /// The same condition, with those parts first that cost least to decide.
    ///
    /// By Kleene's logic the order changes no verdict. Parts with patterns keep their order among themselves: they share what
    /// patterns may take for one event.
    var cheapestFirst: Condition {
        var condition = self
        switch test {
        case .all(let parts): condition.test = .all(parts.cheapestFirst)
        case .any(let parts): condition.test = .any(parts.cheapestFirst)
        case .none(let parts): condition.test = .none(parts.cheapestFirst)
        case .not(let part): condition.test = .not(part.cheapestFirst)
        case .use(let name, let part): condition.test = .use(name, part.cheapestFirst)
        case .name(let name, let matcher): condition.test = .name(name, matcher.cheapestFirst)
        case .field(let path, let matcher): condition.test = .field(path, matcher.cheapestFirst)
        case .fact, .during, .outside: break
        }
        return condition
    }

    /// Whether it asks for the time of the event.
    var hangsOnTime: Bool {
        switch test {
        case .all(let parts), .any(let parts), .none(let parts): parts.contains(where: \.hangsOnTime)
        case .not(let part), .use(_, let part): part.hangsOnTime
        case .during, .outside: true
        case .name, .field, .fact: false
        }
    }

    /// Whether it asks for facts.
    var hangsOnFacts: Bool {
        switch test {
        case .all(let parts), .any(let parts), .none(let parts): parts.contains(where: \.hangsOnFacts)
        case .not(let part), .use(_, let part): part.hangsOnFacts
        case .fact: true
        case .name, .field, .during, .outside: false
        }
    }

    fileprivate var cost: Cost {
        switch test {
        case .all(let parts), .any(let parts), .none(let parts): parts.map(\.cost).max() ?? .glance
        case .not(let part), .use(_, let part): part.cost
        case .name(_, let matcher), .fact(_, let matcher): matcher.cost
        // Every value along a path with stars has to be found first.
        case .field(let path, let matcher): path.hasWildcard ? max(.walk, matcher.cost) : matcher.cost
        case .during, .outside: .calendar
        }
    }
}

/// How much it takes to decide something, in classes that lie far apart.
private enum Cost: Comparable {
    /// A value is looked at.
    case glance
    /// A time is looked up in a calendar.
    case calendar
    /// A text is read once.
    case reading
    /// A text is brought into another form, or a list is walked.
    case walk
    /// Patterns are tried, which share an allowance.
    case patterns
}

extension [Condition] {
    fileprivate var cheapestFirst: [Condition] { map(\.cheapestFirst).stablySorted { $0.cost < $1.cost } }
}

extension Matcher {
    fileprivate var cheapestFirst: Matcher { Matcher(clauses.stablySorted { $0.test.cost < $1.test.cost }) }

    fileprivate var cost: Cost { clauses.map(\.test.cost).max() ?? .glance }
}

extension Matcher.Test {
    fileprivate var cost: Cost {
        switch self {
        case .equals, .compares, .exists, .isKind: .glance
        case .literal: .reading
        case .keywords, .allKeywords, .onlyKeywords: .walk
        case .matches: .patterns
        case .not(let matcher): matcher.cost
        }
    }
}

extension Array {
    /// Sorted, with what is equal in the order in which it stood.
    fileprivate func stablySorted(by areInOrder: (Element, Element) -> Bool) -> [Element] {
        guard count > 1 else { return self }
        return enumerated().sorted { one, other in
            areInOrder(one.element, other.element)
                || (!areInOrder(other.element, one.element) && one.offset < other.offset)
        }.map(\.element)
    }
}
