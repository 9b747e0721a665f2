public import Diagnostics
import Patterns

/// A part of a rule that keeps the index from leaving the rule out: with it the rule is tried on many events.
public struct OpenCondition: Sendable {
    /// Why nothing rare follows from it.
    public enum Reason: Hashable, Sendable {
        /// The rule has no condition.
        case noCondition
        /// It holds because something is not there.
        case absence
        /// It looks at the time of the event.
        case time
        /// It looks at what is remembered.
        case fact
        /// This pattern holds no literal that every match must hold, or only a short one.
        case pattern(String)
        /// Its keywords allow typos or stretched letters, so that no letters are sure to be there.
        case looseKeywords
        /// Its words or literals are so short that most texts hold them.
        case shortLiterals
        /// Most events have such a value.
        case commonValue
    }

    /// Where it is written.
    public var span: Span

    /// Why nothing rare follows from it.
    public var reason: Reason
}

extension Rule {
    /// The parts of the rule that make the index try it on more than about every fourth event of its types; none for a rule that
    /// it can leave out.
    ///
    /// Where all parts of an `all` are open, all are told: one that is not would be enough.
    public var openConditions: [OpenCondition] {
        let conditions = [when, timing.absence?.answer.when].compactMap(\.self)
        let steps = timing.sequence?.steps.compactMap(\.when) ?? []
        guard !conditions.isEmpty || !steps.isEmpty else { return [OpenCondition(span: span, reason: .noCondition)] }
        if let when, when.isNarrow, timing.absence == nil { return [] }
        return (conditions + steps).flatMap(\.openParts)
    }
}

extension Condition {
    /// From here on a condition is met by too many events to be worth looking for.
    private static var likelihoodMax: Double { 0.25 }

    fileprivate var isNarrow: Bool { requirement.map { $0.likelihood <= Self.likelihoodMax } ?? false }

    fileprivate var openParts: [OpenCondition] {
        guard !isNarrow else { return [] }
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
            case .matches(let patterns):
                let open = patterns.first { $0.requirement == nil } ?? patterns.first
                if let open { return .pattern(open.source) }
            case .keywords(let keywords), .allKeywords(let keywords), .onlyKeywords(let keywords):
                return keywords.requirement(for: .any) == nil ? .looseKeywords : .shortLiterals
            case .literal: return .shortLiterals
            case .not, .exists(false): return .absence
            case .equals, .compares, .exists, .isKind: continue
            }
        }
        return .commonValue
    }
}
