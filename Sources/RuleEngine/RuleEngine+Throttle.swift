public import ActionKit
import DequeModule
import Events

extension RuleEngine {
    /// Asks the throttle of a rule that is about to fire, and counts what it lets through.
    ///
    /// - Returns: Why and until when the firing is held back; `nil` for one that is let through.
    func hold(
        of entry: Program.Entry,
        _ evaluation: Evaluation,
        _ state: inout EngineState
    ) -> (reason: Reason, until: Instant)? {
        guard let throttle = entry.rule.timing.throttle, let key = evaluation.key(throttle.per) else { return nil }
        let place = WindowPlace(slot: entry.slots.throttle, key: key)
        let now = state.clock ?? .beforeAll
        var window = ThrottleWindow()
        if case .throttle(let found) = state.windows[place] { window = found }
        let start = now.earlier(by: throttle.within)
        while let first = window.times.first, first < start { window.times.removeFirst() }
        if window.times.count >= throttle.atMost {
            let until = window.times[window.times.count - throttle.atMost].advanced(by: throttle.within)
            return (.throttle(throttle, until: until), until)
        }
        window.times.append(now)
        state.windows.put(.throttle(window), endsAt: now.advanced(by: throttle.within), at: place)
        return nil
    }
}

extension Reason {
    /// The code of firings that a throttle holds back.
    public static let throttleCode = "throttle"

    fileprivate static func throttle(_ throttle: Throttle, until: Instant) -> Reason {
        let end = until > .beforeAll.advanced(by: throttle.within) ? " until \(until.iso8601)" : ""
        return Reason(throttleCode, "Held back\(end): the rule fires \(throttle.spelling).")
    }
}

extension Throttle {
    /// How often the rule may fire, as people say it: `at most once within 24h for each conversation`.
    public var spelling: String {
        let often = atMost == 1 ? "once" : "\(atMost) times"
        let whose = per == .everyone ? "" : " for each \(per.spelling)"
        return "at most \(often) within \(Quantity.written(seconds: Int(within.components.seconds)))\(whose)"
    }
}

extension Grouping {
    /// What events have in common, as people call it.
    public var spelling: String {
        guard !parts.isEmpty else { return "everyone" }
        return parts.map { part in
            switch part {
            case .conversation: "conversation"
            case .customer: "customer"
            case .business: "business number"
            case .field(let path): "'\(path.description)'"
            }
        }.joined(separator: " and ")
    }
}
