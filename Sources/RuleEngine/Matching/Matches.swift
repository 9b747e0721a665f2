import Patterns

/// What an event comes to as far as it hangs on that event alone: the rules that it may concern, and what they say.
///
/// A value of one ``RuleEngine``, made by ``RuleEngine/match(_:scratch:)`` on any thread, for
/// ``RuleEngine/take(_:matches:state:scratch:)``.
public struct Matches: Sendable {
    /// How a rule stands to the event, as far as is known.
    enum Standing: UInt8, Sendable {
        /// Its condition holds.
        case holds
        /// A pattern in it gave up.
        case fault
        /// It hangs on what is remembered, or on a time that the event does not carry.
        case open
    }

    /// A rule that the event may concern.
    struct Item: Sendable {
        /// The rule's position in the order of decision.
        var position: UInt32
        var standing: Standing
    }

    /// The rules in the order of decision; `nil` for all that look at events of this type, each left open.
    let items: [Item]?

    /// Why patterns gave up, by the positions of their rules.
    let faults: [UInt32: PatternFault]

    /// Whether the event may set or clear a fact.
    let mayChangeFacts: Bool

    /// Everything is open.
    static let all = Matches(items: nil, faults: [:], mayChangeFacts: true)

    /// The event concerns nobody.
    static let none = Matches(items: [], faults: [:], mayChangeFacts: false)

    /// Whether the event concerns no rule and no fact, so that only its time counts.
    public var isEmpty: Bool { !mayChangeFacts && items?.isEmpty == true }

    /// Whether nothing is left open: no rule hangs on what is remembered.
    public var isSettled: Bool { !mayChangeFacts && items?.allSatisfy { $0.standing != .open } == true }
}
