import Events
import Foundation
import Patterns

/// What must be so of an event for a condition to be able to hold: at least one of the options.
///
/// Necessary and never sufficient: it says which rules to leave out, and only deciding says which of the others take the event.
struct Requirement: Sendable {
    /// Where a value is looked for.
    enum Source: Hashable, Sendable {
        /// A name of the events table.
        case name(EventName)
        /// A path in the original; with stars, any of the values.
        case field(FieldPath)
    }

    /// One way in which a condition may come to hold.
    enum Option: Sendable {
        /// A text there meets the requirement.
        case text(Source, TextRequirement)
        /// A value there is one of these.
        case equals(Source, LiteralSet, ignoringCase: Bool)
        /// There is a value.
        case present(Source)
    }

    /// The ways; none for a condition that can never hold.
    private(set) var options: [Option]

    /// About how many events in one meet it, as a guess that tells requirements apart.
    private(set) var likelihood: Double

    /// The same of the one thing looked for that most events have: one of these is common, however many that are rare stand beside
    /// it.
    private(set) var likelihoodOfCommonest: Double

    init(_ option: Option, likelihood: Double, ofCommonest: Double? = nil) {
        self.init(options: [option], likelihood: likelihood, ofCommonest: ofCommonest ?? likelihood)
    }

    private init(options: [Option], likelihood: Double, ofCommonest: Double) {
        self.options = options
        self.likelihood = likelihood
        likelihoodOfCommonest = ofCommonest
    }

    /// What must be so for at least one of several conditions to hold; `nil` as soon as one of them asks for nothing.
    static func any(_ requirements: some Sequence<Requirement?>) -> Requirement? {
        var all = Requirement(options: [], likelihood: 0, ofCommonest: 0)
        for requirement in requirements {
            guard let requirement else { return nil }
            all.options += requirement.options
            all.likelihood += requirement.likelihood
            all.likelihoodOfCommonest = max(all.likelihoodOfCommonest, requirement.likelihoodOfCommonest)
        }
        all.likelihood = min(1, all.likelihood)
        return all
    }

    /// What must be so for all of several conditions to hold: of what each asks for, what fewest events meet.
    static func all(_ requirements: some Sequence<Requirement?>) -> Requirement? {
        requirements.lazy.compactMap(\.self).min { $0.likelihood < $1.likelihood }
    }
}

extension Condition {
    /// What must be so for the condition to hold or to be left open; `nil` where nothing can be said.
    var requirement: Requirement? {
        switch test {
        case .all(let parts): .all(parts.map(\.requirement))
        case .any(let parts): .any(parts.map(\.requirement))
        case .none, .not, .fact, .during, .outside: nil
        case .name(let name, let matcher): matcher.requirement(at: .name(name))
        case .field(let path, let matcher): matcher.requirement(at: .field(path))
        case .use(_, let condition): condition.requirement
        }
    }
}

extension Matcher {
    fileprivate func requirement(at source: Requirement.Source) -> Requirement? {
        .all(clauses.map { $0.test.requirement(at: source) })
    }
}

extension Matcher.Test {
    fileprivate func requirement(at source: Requirement.Source) -> Requirement? {
        switch self {
        case .equals(let literals, let ignoringCase):
            Requirement(
                .equals(source, literals, ignoringCase: ignoringCase),
                likelihood: min(0.5, Double(literals.literals.count) * source.likelihoodOfValue),
                ofCommonest: source.likelihoodOfValue
            )
        case .literal(_, let literals, ignoringCase: _):
            TextRequirement.containing(anyOf: literals).map { .text($0, at: source) } ?? .presence(of: source)
        case .matches(let patterns):
            Requirement.any(patterns.map { $0.requirement.map { .text($0, at: source) } }) ?? .presence(of: source)
        case .keywords(let keywords): keywords.requirement(at: source, .any)
        case .allKeywords(let keywords): keywords.requirement(at: source, .all)
        case .onlyKeywords(let keywords): keywords.requirement(at: source, .theWhole)
        case .compares, .isKind, .not, .exists(true): .presence(of: source)
        case .exists(false): nil
        }
    }
}

extension KeywordSet {
    fileprivate func requirement(at source: Requirement.Source, _ question: Question) -> Requirement {
        requirement(for: question).map { .text($0, at: source) } ?? .presence(of: source)
    }
}

extension Requirement {
    fileprivate static func text(_ requirement: TextRequirement, at source: Source) -> Requirement {
        Requirement(
            .text(source, requirement),
            likelihood: requirement.likelihood,
            ofCommonest: requirement.likelihoodOfCommonest
        )
    }

    fileprivate static func presence(of source: Source) -> Requirement {
        Requirement(.present(source), likelihood: source.likelihoodOfPresence)
    }
}

extension Requirement.Source {
    /// How likely it is that an event has a value there at all.
    fileprivate var likelihoodOfPresence: Double {
        switch self {
        case .name(.type): 1
        case .name(.text), .name(.kind), .name(.by), .name(.customer), .name(.business): 0.9
        case .name: 0.4
        case .field: 0.3
        }
    }

    /// How likely it is that an event has one certain value there.
    fileprivate var likelihoodOfValue: Double {
        switch self {
        case .name(.type), .name(.kind), .name(.by), .name(.business): 0.3
        case .name, .field: 0.001
        }
    }
}

extension TextRequirement {
    /// How likely it is that a text meets it.
    fileprivate var likelihood: Double { min(0.9, alternatives.reduce(0) { $0 + $1.likelihood }) }

    /// The same of the alternative that most texts meet.
    fileprivate var likelihoodOfCommonest: Double { alternatives.map(\.likelihood).max() ?? 1 }
}

extension [TextNeed] {
    /// How likely it is that a text has all of them: as likely as the rarest.
    fileprivate var likelihood: Double { map(\.likelihood).min() ?? 1 }
}

extension TextNeed {
    /// How likely it is that a text has it: its bits speak of one place, and messages have some 64.
    var likelihood: Double { min(0.9, max(0.001, exp2(6 - Double(rarity)))) }
}
