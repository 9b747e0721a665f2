public import Events

/// A rule or fact of which the index left something out: a mistake in Beckon.
public struct PrefilterDifference: Hashable, Sendable {
    /// Of what.
    public var subject: RuleFault.Subject

    /// What its condition came to when it was decided without the index.
    public var withoutIndex: Verdict

    /// What it came to with the index, which is `false` also for what was not tried.
    public var withIndex: Verdict

    /// Creates a difference.
    public init(subject: RuleFault.Subject, withoutIndex: Verdict, withIndex: Verdict) {
        self.subject = subject
        self.withoutIndex = withoutIndex
        self.withIndex = withIndex
    }
}

extension RuleEngine {
    /// Decides every condition once more without the index, and compares.
    ///
    /// What cannot be decided without the index is no difference: patterns share what they may take for one event, and with the
    /// index fewer are tried. Nor is what hangs on facts, which are not known here.
    ///
    /// - Parameters:
    ///   - original: The event as it came.
    ///   - matches: What ``match(_:scratch:)`` said of it.
    ///   - scratch: The memory of the thread.
    /// - Returns: The first difference; `nil` where there is none.
    /// - Complexity: O(r) in the number of rules.
    public func difference(
        of original: Event,
        _ matches: Matches,
        scratch: EngineScratch
    ) -> PrefilterDifference? {
        guard let items = matches.items else { return nil }
        let event = completed(original)
        let evaluation = Evaluation(event, place: EventPlace(origin: ""), facts: nil, scratch: scratch.patterns)
        let standings = Dictionary(uniqueKeysWithValues: items.map { (Int($0.position), $0.standing) })
        var isOver = false
        for entry in program.entries(for: event.type) where !isOver || entry.isTimed {
            if let expiry = entry.rule.expiry, expiry.isOver(at: event.time) { continue }
            let plain = evaluation.verdictOfAny(entry.rule)
            _ = evaluation.takeFault()
            let standing = standings[entry.position]
            if plain != .fault, standing != .open, plain != Verdict(standing) {
                return PrefilterDifference(
                    subject: .rule(entry.rule.id),
                    withoutIndex: plain,
                    withIndex: Verdict(standing)
                )
            }
            isOver = isOver || (!entry.isTimed && entry.rule.stopsOthers && (plain == .holds || standing == .holds))
        }
        guard !matches.mayChangeFacts else { return nil }
        let changed = program.facts.first { evaluation.verdictOfAny($0) == .holds }
        return changed.map { PrefilterDifference(subject: .fact($0.name), withoutIndex: .holds, withIndex: .fails) }
    }
}

extension Verdict {
    /// What is known of a rule; one that is not among the candidates fails.
    fileprivate init(_ standing: Matches.Standing?) {
        switch standing {
        case .holds: self = .holds
        case .fault: self = .fault
        case .open, nil: self = .fails
        }
    }
}

extension Evaluation {
    /// Whether the event may mean something to a rule: as one that it takes, or as the answer that it waits for.
    fileprivate func verdictOfAny(_ rule: Rule) -> Verdict {
        let steps = rule.timing.sequence?.steps ?? [EventSelector(on: rule.on, when: nil, span: rule.span)]
        var verdicts = steps.filter { $0.on.contains(event.type) }.map { verdict(rule.when, $0.when) }
        if let answer = rule.timing.absence?.answer, answer.on.contains(event.type) {
            verdicts.append(verdict(answer.when, nil))
        }
        return verdicts.contains(.holds) ? .holds : verdicts.contains(.fault) ? .fault : .fails
    }

    /// Whether the event may set or clear a fact.
    fileprivate func verdictOfAny(_ fact: Fact) -> Verdict {
        let selectors = [fact.set, fact.clear].compactMap(\.self).filter { $0.on.contains(event.type) }
        return selectors.contains { verdict($0.when, nil) == .holds } ? .holds : .fails
    }

    private func verdict(_ one: Condition?, _ other: Condition?) -> Verdict {
        let verdicts = [one, other].map { $0.map { verdict($0) } ?? .holds }
        return verdicts.contains(.fails) ? .fails : verdicts.contains(.fault) ? .fault : .holds
    }
}
