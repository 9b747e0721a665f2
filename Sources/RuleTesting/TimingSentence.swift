import Diagnostics
import Directory
import Events
import RuleEngine

/// Says what a rule that asks for several events has made of one.
struct TimingSentence {
    let timing: Timing
    let event: Event
    /// By which times are told; `nil` for UTC.
    let clock: TestTime?

    /// What became of the event, as a clause.
    func text(_ progress: Progress) -> String {
        switch progress {
        case .apart(let part): apart(part)
        case .counted(let count, of: let wanted): counted(count, of: wanted)
        case .step(let number, of: let count): "taken as step \(number) of \(count)\(within)"
        case .waits(until: let due): "waits until \(time(due))\(owner(timing.absence?.per))"
        case .waitsAlready(until: let due): "waits already until \(time(due)), since an earlier event"
        case .timeUnknown: "no time is known, so nothing can be waited for"
        case .neverDue: "'\(timing.absence?.counting?.id ?? "")' is never open for so long, so it never fires"
        case .leftAlone: "other rules keep it from beginning anything with this event"
        case .fires: "fires"
        case .heldBack(until: let end): "fires, but is held back until \(time(end)): \(throttle)"
        }
    }

    /// How often the rule may fire: `at most once within 24h for each conversation`.
    var throttle: String { timing.throttle?.spelling ?? "" }

    /// A time as people read it.
    func time(_ instant: Instant) -> String { clock?.text(instant) ?? instant.iso8601 }

    private func counted(_ count: Int, of wanted: Int) -> String {
        let what =
            switch timing.count?.distinct {
            case .name(let name): " different values of '\(name.spelling)'"
            case .field(let path): " different values of 'fields.\(path.description)'"
            case nil: ""
            }
        let within = timing.count.map { " within \($0.within.written)" } ?? ""
        return "counted, \(count) of \(wanted)\(what)\(within)\(owner(timing.count?.per))"
    }

    private var within: String {
        guard let sequence = timing.sequence else { return "" }
        return " within \(sequence.within.written)\(owner(sequence.per))"
    }

    /// Why the event belongs to no window of that part.
    private func apart(_ part: StateSlot.Part) -> String {
        let per =
            switch part {
            case .sequence: timing.sequence?.per
            case .count: timing.count?.per
            default: timing.absence?.per
            }
        if let per, per.key(of: event) == nil {
            return "the event lacks what 'per' names (\(per.spelling)), so it belongs to no other"
        }
        return switch timing.count?.distinct {
        case .name(let name): "not counted: the event has no '\(name.spelling)'"
        case .field(let path): "not counted: the event has no 'fields.\(path.description)'"
        case nil: "the event belongs to no other"
        }
    }

    /// Whose events belong together: ` for conversation 919999900000:919999900001`.
    private func owner(_ per: Grouping?) -> String {
        guard let per, per != .everyone, let key = per.key(of: event) else { return "" }
        return " for \(per.spelling) \(key.shortened(to: Self.keyColumnsMax))"
    }

    private static let keyColumnsMax = 60
}

extension Duration {
    /// The length of time as rules have it, whole seconds: `10m`.
    var written: String { Quantity.written(seconds: Int(components.seconds)) }
}
