public import Events

/// A rule that fires when a time has come.
public struct PendingTimer: Hashable, Sendable {
    /// The rule's id.
    public var rule: String

    /// Whose events it waits for: see ``Grouping/key(of:)``.
    public var key: String

    /// When it fires.
    public var due: Instant
}

extension EngineState {
    /// The timers that wait, in the order in which they fire.
    ///
    /// - Complexity: O(n) in the number of windows.
    public func pendingTimers(of program: Program) -> [PendingTimer] {
        var found: [(number: UInt64, timer: PendingTimer)] = []
        windows.visit { place, entry in
            guard case .timer(let timer) = entry.window, let rule = program.slots[place.slot].entry?.rule.id else {
                return
            }
            found.append((timer.number, PendingTimer(rule: rule, key: place.key.text, due: timer.due)))
        }
        return found.sorted { ($0.timer.due, $0.number) < ($1.timer.due, $1.number) }.map(\.timer)
    }
}
