public import Diagnostics

/// What rules and conditions cost over many events: how often each was tried, how often it held, and how long it took.
public struct CostProfile: Sendable {
    /// What one rule or condition cost.
    public struct Cost: Hashable, Sendable {
        /// How often it was decided.
        public var tried = 0
        /// How often it held.
        public var held = 0
        /// How long that took in all.
        public var nanoseconds: UInt64 = 0

        mutating func note(_ verdict: Verdict, took: UInt64) {
            tried += 1
            held += verdict == .holds ? 1 : 0
            nanoseconds += took
        }
    }

    /// A condition that asks for one value, where it is written.
    public struct Leaf: Hashable, Sendable {
        /// Where it is written; one that several rules use stands at one place.
        public var span: Span
    }

    /// How many events there were.
    public private(set) var events = 0

    /// The rules by their ids; those that were never tried are left out.
    public private(set) var rules: [String: Cost] = [:]

    /// The conditions that ask for one value.
    public private(set) var leaves: [Leaf: Cost] = [:]

    /// Creates a profile of no events.
    public init() {}

    /// How many rules were tried on an event, on average.
    public var candidatesPerEvent: Double {
        events == 0 ? 0 : Double(rules.values.reduce(0) { $0 + $1.tried }) / Double(events)
    }

    mutating func noteEvent() { events += 1 }

    mutating func note(_ rule: String, _ verdict: Verdict, took: UInt64) {
        rules[rule, default: Cost()].note(verdict, took: took)
    }

    mutating func note(_ leaf: Leaf, _ verdict: Verdict, took: UInt64) {
        leaves[leaf, default: Cost()].note(verdict, took: took)
    }
}
