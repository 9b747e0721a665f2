import Directory
import Events

extension RuleEngine {
    /// Decides an event that hangs on no other, on any thread.
    ///
    /// Only for a program that ``Program/decidesEachEventAlone``, and for an event that carries a time (``time(of:)``); time itself
    /// goes on with ``pass(over:state:scratch:)``.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - matches: What ``match(_:scratch:)`` said of it.
    ///   - scratch: The memory of the thread.
    /// - Returns: What was decided.
    public func decide(_ event: StreamEvent, matches: Matches, scratch: EngineScratch) -> Decisions {
        scratch.screening.begin(completed(event.event), at: event.place)
        defer { scratch.screening.begin(.nothing) }
        return decide(scratch.screening, matches, state: &scratch.nothing).decisions
    }
}

extension Program {
    /// Whether nothing that is decided about an event hangs on one before it, as long as the event carries a time.
    ///
    /// - Complexity: O(n) in the number of settings; ask once.
    public var decidesEachEventAlone: Bool {
        !goesByTime && (directory.teams.isEmpty || !rules.contains { $0.mode != .off && $0.asksTeams })
    }
}

extension Rule {
    /// Whether a team may be asked for one of its jobs, whose answer hangs on those before.
    fileprivate var asksTeams: Bool {
        then.contains { call in
            call.settings.contains { setting in
                guard case .agents(let sources) = setting.source else { return false }
                return sources.contains { source in
                    if case .agent = source { return false }
                    return true
                }
            }
        }
    }
}
