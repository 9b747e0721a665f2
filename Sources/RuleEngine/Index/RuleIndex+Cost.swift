public import Diagnostics
public import Patterns

/// On how many events of its types a rule is tried, as far as that can be told from the rule alone.
public enum TriedEvents: Hashable, Sendable, CaseIterable {
    /// On those that hold something rare.
    case few
    /// On those that hold something common.
    case many
    /// On all: nothing can be looked for.
    case every
}

/// A part of a rule that keeps the index from leaving the rule out: with it the rule is tried on many events.
public struct OpenCondition: Hashable, Sendable {
    /// Why nothing rare follows from it.
    public enum Reason: Hashable, Sendable {
        /// Nothing is asked of the event.
        case noCondition
        /// It holds because something is not there.
        case absence
        /// It looks at the time of the event.
        case time
        /// It looks at what is remembered.
        case fact
        /// It is a regex, and no literal stands in every match of it.
        case pattern
        /// It is a regex, and all that is known of a match is that it has one of these characters.
        case characters(TextCharacters)
        /// Its keywords allow typos or stretched letters, so that no letters are sure to be there.
        case looseKeywords
        /// What it looks for is so short that most texts hold it.
        case shortLiterals
        /// Many events have such a value.
        case commonValue
        /// It may hold for any value.
        case anyValue
    }

    /// Where it is written.
    public var span: Span

    /// Why nothing rare follows from it.
    public var reason: Reason
}

extension Rule {
    /// On how many events of its types the index has the rule tried.
    public var triedEvents: TriedEvents {
        guard let requirement else { return .every }
        return requirement.isRare ? .few : .many
    }

    /// The parts of the rule that have it tried on many events; none for a rule that is tried on few.
    ///
    /// Where all parts of an `all` are open, all are told: one that is not would be enough.
    public var openConditions: [OpenCondition] {
        guard triedEvents != .few else { return [] }
        var open: [OpenCondition] = []
        if requirementToTake?.isRare != true {
            let steps = timing.sequence?.steps ?? []
            if when == nil, steps.isEmpty { open.append(OpenCondition(span: span, reason: .noCondition)) }
            open += (when?.openParts ?? []) + steps.flatMap(\.openParts)
        }
        return open + (timing.absence?.answer.openParts ?? [])
    }
}

extension Requirement {
    /// Whether each of the things that are looked for is rare enough to be worth it.
    fileprivate var isRare: Bool { likelihoodOfCommonest <= 0.25 }
}

extension EventSelector {
    fileprivate var openParts: [OpenCondition] {
        when?.openParts ?? [OpenCondition(span: span, reason: .noCondition)]
    }
}

extension Condition {
    fileprivate var openParts: [OpenCondition] {
        guard requirement?.isRare != true else { return [] }
        switch test {
        case .all(let parts), .any(let parts): return parts.flatMap(\.openParts)
        case .use(_, let part): return part.openParts
        case .none, .not: return [OpenCondition(span: span, reason: .absence)]
        case .during, .outside: return [OpenCondition(span: span, reason: .time)]
        case .fact: return [OpenCondition(span: span, reason: .fact)]
        case .name(_, let matcher), .field(_, let matcher):
            return [OpenCondition(span: span, reason: matcher.reasonToTry)]
        }
    }
}

extension Matcher {
    /// Why nothing rare follows from the matcher: of the clauses, what says most.
    fileprivate var reasonToTry: OpenCondition.Reason {
        for clause in clauses {
            switch clause.test {
            case .matches(let patterns): return patterns.reasonToTry
            case .keywords(let keywords): return keywords.reasonToTry(.any)
            case .allKeywords(let keywords): return keywords.reasonToTry(.all)
            case .onlyKeywords(let keywords): return keywords.reasonToTry(.theWhole)
            case .literal: return .shortLiterals
            case .equals: return .commonValue
            case .not, .exists(false): return .absence
            case .compares, .exists(true), .isKind: continue
            }
        }
        return .anyValue
    }
}

extension [Pattern] {
    /// Why nothing rare follows from them: of several, what is true of the one that says least.
    fileprivate var reasonToTry: OpenCondition.Reason {
        let requirements = compactMap(\.requirement)
        guard requirements.count == count else { return .pattern }
        let commonest = requirements.flatMap(\.alternatives).compactMap { needs in
            needs.min { $0.likelihood < $1.likelihood }
        }.max { $0.likelihood < $1.likelihood }
        guard case .character(let characters) = commonest else { return .shortLiterals }
        return .characters(characters)
    }
}

extension KeywordSet {
    fileprivate func reasonToTry(_ question: Question) -> OpenCondition.Reason {
        requirement(for: question) == nil ? .looseKeywords : .shortLiterals
    }
}
