import Events

/// Says which rules an event may concern, at a cost that hardly grows with the number of rules.
///
/// From every condition follows something that an event must have for it to hold (``Requirement``): a word of a keyword, a
/// literal of a regex, one of some values. All of that is looked for at once, in one pass over each text. What is left are
/// candidates, which are decided as ever: the index may name a rule that does not take the event, and never leaves one out
/// that does.
public final class RuleIndex: Sendable {
    let sources: [SourceIndex]

    /// Those of whom nothing can be said, by the event types that they look at, and for the other types.
    private let alwaysByType: [String: [UInt32]]
    private let alwaysOfAnyType: [UInt32]

    /// How many there are: rules by their positions, then facts.
    let count: Int

    /// What each rule asks for, by position; `nil` for rules that are off.
    private let requirements: [Requirement?]

    /// Values of rules beyond this number are not indexed: the rules that name them are tried on every event.
    private static let valuesMax = 4_000_000

    /// Builds the index of a program.
    ///
    /// - Complexity: O(n) in the size of all conditions, and of the lists that they name.
    public init(_ program: Program) {
        count = program.rules.count + program.facts.count
        var builders: [Requirement.Source: SourceIndex.Builder] = [:]
        var always: [(number: UInt32, types: EventTypes)] = []
        var requirements: [Requirement?] = []
        requirements.reserveCapacity(program.rules.count)
        var valuesLeft = Self.valuesMax
        func add(_ number: Int, _ requirement: Requirement?, _ types: EventTypes) {
            let number = UInt32(number)
            let size = requirement?.valueCount ?? 0
            guard let requirement, size <= valuesLeft else { return always.append((number, types)) }
            valuesLeft -= size
            for option in requirement.options {
                switch option {
                case .text(let source, let text): builders[source, default: .init()].add(text, for: number)
                case .equals(let source, let literals, let ignoringCase):
                    builders[source, default: .init()].add(literals, ignoringCase: ignoringCase, for: number)
                case .present(let source): builders[source, default: .init()].addPresence(for: number)
                }
            }
        }
        for (position, rule) in program.rules.enumerated() {
            // To find what a regex requires takes 50 µs: it is asked once.
            let requirement = rule.requirement
            requirements.append(requirement)
            if rule.mode != .off { add(position, requirement, rule.typesSeen) }
        }
        for (index, fact) in program.facts.enumerated() {
            add(program.rules.count + index, fact.requirement, fact.typesSeen)
        }
        self.requirements = requirements
        sources = builders.map { $1.index(of: $0) }
        let ofAnyType = always.filter { $0.types == .any }.map(\.number)
        alwaysOfAnyType = ofAnyType
        var byType: [String: [UInt32]] = [:]
        for case (let number, .only(let types)) in always {
            for type in types { byType[type, default: []].append(number) }
        }
        alwaysByType = byType.mapValues { ($0 + ofAnyType).sorted() }
    }

    /// Collects everybody whom an event may concern, whatever types they look at, in the order of decision.
    func search(_ event: Event, _ scratch: EngineScratch) {
        scratch.prepare(for: self)
        scratch.candidates.begin(for: count)
        for (number, index) in sources.enumerated() {
            let literals = scratch.literals[number]
            switch index.source {
            case .name(let name): _ = unsafe event.withUTF8(name) { unsafe index.search(.text($0), literals, scratch) }
            case .field(let path):
                _ = path.contains(in: event.fields) { value in
                    value.withScalar { index.search($0, literals, scratch) }
                    return false
                }
            }
        }
        if !alwaysByType.isEmpty || !alwaysOfAnyType.isEmpty {
            for number in alwaysByType[event.type] ?? alwaysOfAnyType { scratch.candidates.add(number) }
        }
        scratch.candidates.sort()
    }

    /// About how many of all events the rule at a position is tried on, as a guess from 0 to 1, whose types apart.
    func likelihood(at position: Int) -> Double {
        requirements[position]?.likelihood ?? 1
    }
}

extension Requirement {
    /// How many values it names.
    fileprivate var valueCount: Int {
        options.reduce(0) { count, option in
            guard case .equals(_, let literals, ignoringCase: _) = option else { return count }
            return count + literals.literals.count
        }
    }
}

extension Rule {
    /// What an event must have that the rule may take, or that may be the answer that it waits for.
    var requirement: Requirement? {
        guard let absence = timing.absence else { return requirementToTake }
        return .any([requirementToTake, absence.answer.when?.requirement])
    }

    /// What an event must have that the rule may take.
    var requirementToTake: Requirement? {
        let steps = timing.sequence.map { Requirement.any($0.steps.map { $0.when?.requirement }) }
        return .all([when?.requirement, steps ?? nil])
    }
}

extension Fact {
    /// What an event must have that may set or clear the fact.
    fileprivate var requirement: Requirement? {
        .any([set.when?.requirement] + (clear.map { [$0.when?.requirement] } ?? []))
    }

    /// The types of the events that may set or clear it.
    fileprivate var typesSeen: EventTypes {
        clear.map { set.on.joined(with: $0.on) } ?? set.on
    }
}
