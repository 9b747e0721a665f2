public import Events

/// What a rule that asks for several events has made of one.
public enum Progress: Hashable, Sendable {
    /// The event lacks what `per` names, so it belongs to no other.
    case apart(StateSlot.Part)
    /// It was counted.
    case counted(Int, of: Int)
    /// It is this step of a sequence, from 1.
    case step(Int, of: Int)
    /// A timer was started.
    case waits(until: Instant)
    /// A timer of its key waited already.
    case waitsAlready(until: Instant)
    /// No time is known, so no timer can be started.
    case timeUnknown
    /// The schedule that its time is counted by is never open for so long.
    case neverDue
    /// Other rules keep it from firing, and from beginning anything.
    case leftAlone
    /// It fires.
    case fires
    /// It fires, and the throttle holds that back.
    case heldBack(until: Instant)

    /// Whether the rule fires, held back or not.
    var fires: Bool {
        switch self {
        case .fires, .heldBack: true
        case .apart, .counted, .step, .waits, .waitsAlready, .timeUnknown, .neverDue, .leftAlone: false
        }
    }
}
