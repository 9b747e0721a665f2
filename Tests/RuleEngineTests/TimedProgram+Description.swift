import Events

// A case that failed is read by people: in the words of rule files, as short as they can be.

extension TimedProgram: CustomStringConvertible {
    var description: String {
        ((lateness > 0 ? ["lateness: \(lateness)"] : []) + facts.map(\.description) + rules.map(\.description))
            .joined(separator: "\n")
    }
}

extension TimedRule: CustomStringConvertible {
    var description: String {
        var keys = ["on: \(TimedSelector.text(on))"]
        if let when { keys.append("when: \(when)") }
        if let sequence {
            keys.append("sequence: \(sequence.steps) within: \(sequence.within) per: \(sequence.per)")
        }
        if let count {
            let distinct = count.distinct.map { " distinct: \($0)" } ?? ""
            keys.append("count: { at_least: \(count.atLeast) within: \(count.within) per: \(count.per)\(distinct) }")
        }
        if let absence {
            let counting = absence.countsOpenHours ? " counting: hours" : ""
            keys.append("unless: { \(absence.answer) within: \(absence.within) per: \(absence.per)\(counting) }")
        }
        if let throttle {
            keys.append("throttle: { at_most: \(throttle.atMost) within: \(throttle.within) per: \(throttle.per) }")
        }
        if isShadow { keys.append("mode: shadow") }
        if priority != 0 { keys.append("priority: \(priority)") }
        if stops { keys.append("stop: true") }
        if let group { keys.append("group: \(group)") }
        if let otherwise { keys.append("otherwise: \(otherwise.isEmpty ? "true" : "\(otherwise)")") }
        if !tags.isEmpty { keys.append("tags: \(tags)") }
        if let end { keys.append("until \(TimedEvent.text(end))") }
        return "rule \(id) { \(keys.joined(separator: ", ")) } tells \(told.map(\.name).joined(separator: " "))"
    }
}

extension TimedSelector: CustomStringConvertible {
    var description: String { "{ on: \(Self.text(on))\(when.map { ", when: \($0)" } ?? "") }" }

    static func text(_ types: [String]) -> String { types.isEmpty ? "any" : types.joined(separator: "/") }
}

extension TimedFact: CustomStringConvertible {
    var description: String {
        "fact \(name) { per: \(per), set: \(set)\(value.map { ", value: \($0)" } ?? "")"
            + "\(clear.map { ", clear: \($0)" } ?? "")\(duration.map { ", for: \($0)" } ?? "") }"
    }
}

extension TimedCondition: CustomStringConvertible {
    var description: String {
        switch self {
        case .tag(let tags): "tag \(tags.joined(separator: "/"))"
        case .not(let part): "not(\(part))"
        case .both(let one, let other): "(\(one) and \(other))"
        case .isRemembered(let name): "facts.\(name)"
        case .remembers(let name, let text): "facts.\(name) = \(text)"
        case .isOpen: "during hours"
        }
    }
}

extension TimedEvent: CustomStringConvertible {
    var description: String {
        let parts = [
            time.map { Self.text($0) } ?? "no time", type, tag ?? "no tag", "\(business ?? "-"):\(customer ?? "-")",
            order.map { "order \($0)" }, arrival.map { "came \(Self.text($0))" },
            idle.map { "then idle \(Self.text($0))" },
        ]
        return "#\(number) " + parts.compactMap { $0 }.joined(separator: " ")
    }

    /// A time as milliseconds after the nine o'clock from which the times of cases are counted.
    static func text(_ time: Int) -> String { "+\(time - TimedHours.nine)" }
}

extension TimedFiring: CustomStringConvertible {
    var description: String {
        let timer = firedAt.map { " at \(TimedEvent.text($0))" } ?? ""
        return
            "after \(arrivals): \(rule) fires on #\(event)\(timer)\(isHeldBack ? ", held back" : ""), tells '\(text)'"
    }
}
