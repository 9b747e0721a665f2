public import Events
import Patterns

extension RuleEngine {
    /// Finds out what an event comes to as far as it hangs on that event alone.
    ///
    /// Pure, and for any thread: it neither reads nor changes what is remembered. With an index it costs about the same for
    /// ten rules and for ten thousand, and allocates nothing for an event that concerns nobody.
    ///
    /// - Parameters:
    ///   - original: The event as it came.
    ///   - scratch: The memory of the thread.
    /// - Returns: What it comes to, for ``take(_:matches:state:scratch:)``.
    public func match(_ original: Event, scratch: EngineScratch) -> Matches {
        // Where late events are waited for, every event has its turn, and is matched when that has come.
        guard program.time.lateness == .zero else { return .all }
        return matchInTurn(original, scratch)
    }

    /// Finds out what an event comes to that is about to be decided.
    func matchInTurn(_ original: Event, _ scratch: EngineScratch) -> Matches {
        guard let index else { return .all }
        let event = completed(original)
        index.search(event, scratch)
        guard !scratch.candidates.numbers.isEmpty else { return .none }
        scratch.screening.begin(event)
        defer { scratch.screening.begin(.nothing) }
        return screen(event, scratch)
    }

    /// Decides the candidates that hang on nothing else, in the order of decision, and leaves those out that fail.
    private func screen(_ event: Event, _ scratch: EngineScratch) -> Matches {
        let evaluation = scratch.screening
        let type = event.type
        var items: [Matches.Item] = []
        var faults: [UInt32: PatternFault] = [:]
        var mayChangeFacts = false
        var isOver = false
        for number in scratch.candidates.numbers {
            guard Int(number) < program.rules.count else {
                mayChangeFacts = true
                break
            }
            guard let entry = program.entry(at: Int(number)), entry.sees(type) else {
                continue
            }
            if isOver, !entry.isTimed { continue }
            guard !entry.isTimed, !entry.hangsOnFacts, event.time != nil || !entry.hangsOnTime else {
                items.append(Matches.Item(position: number, standing: .open))
                continue
            }
            if let expiry = entry.rule.expiry, expiry.isOver(at: event.time) { continue }
            switch entry.condition.map({ evaluation.verdict($0) }) ?? .holds {
            case .fails: _ = evaluation.takeFault()
            case .holds:
                _ = evaluation.takeFault()
                items.append(Matches.Item(position: number, standing: .holds))
                // What follows is not looked at, and so must not use up what patterns may take for one event.
                isOver = isOver || entry.rule.stopsOthers
            case .fault:
                items.append(Matches.Item(position: number, standing: .fault))
                faults[number] = evaluation.takeFault()
            }
        }
        guard mayChangeFacts || !items.isEmpty else { return .none }
        return Matches(items: items, faults: faults, mayChangeFacts: mayChangeFacts)
    }
}
