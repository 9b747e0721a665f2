public import Diagnostics
public import Directory
public import Events
public import Patterns

/// What must hold for one event.
public struct Condition: Sendable {
    /// The forms of a condition.
    public indirect enum Test: Sendable {
        /// Every one holds.
        case all([Condition])
        /// At least one holds.
        case any([Condition])
        /// Not a single one holds.
        case none([Condition])
        /// It does not hold.
        case not(Condition)
        /// The value under a name of the events table meets a matcher.
        case name(EventName, Matcher)
        /// A value of the original meets a matcher; with a `*` in the path, some value.
        case field(FieldPath, Matcher)
        /// What is remembered under the name of a fact meets a matcher.
        case fact(String, Matcher)
        /// The condition of that name holds.
        case use(String, Condition)
        /// The event's time is known and a schedule is open then.
        case during(Schedule)
        /// The event's time is known and a schedule is closed then.
        case outside(Schedule)
    }

    /// What is tested.
    public var test: Test

    /// Where it is written, from its key to the end of its value.
    public var span: Span

    /// Creates a condition.
    public init(_ test: Test, span: Span) {
        self.test = test
        self.span = span
    }
}

/// What a value must be: all clauses must hold.
public struct Matcher: Sendable {
    /// The clauses in written order.
    public var clauses: [Clause]

    /// Creates a matcher.
    public init(_ clauses: [Clause]) {
        self.clauses = clauses
    }

    /// One key of a matcher.
    public struct Clause: Sendable {
        /// What is tested.
        public var test: Test

        /// Where it is written.
        public var span: Span

        /// Creates a clause.
        public init(_ test: Test, span: Span) {
            self.test = test
            self.span = span
        }
    }

    /// The forms of a clause.
    public indirect enum Test: Sendable {
        /// It is one of these, kind included.
        case equals(LiteralSet, ignoringCase: Bool)
        /// Its text stands in one of these relations to one of the literals.
        case literal(LiteralRelation, [String], ignoringCase: Bool)
        /// Its text matches one of the patterns.
        case matches([Pattern])
        /// Its text holds one of the keywords as a whole word.
        case keywords(KeywordSet)
        /// Its text holds every one of the keywords as a whole word.
        case allKeywords(KeywordSet)
        /// Its text as a whole is one of the keywords, spaces, punctuation and symbols apart.
        case onlyKeywords(KeywordSet)
        /// It lies on one side of a bound.
        case compares(Comparison, Quantity)
        /// It is there, or is not.
        case exists(Bool)
        /// It is of this kind.
        case isKind(JSONValue.Kind)
        /// It is there and does not meet a matcher.
        case not(Matcher)
    }

    /// How a literal may stand in a text.
    public enum LiteralRelation: String, Sendable {
        /// Anywhere.
        case contains
        /// At the start.
        case startsWith = "starts_with"
        /// At the end.
        case endsWith = "ends_with"
    }

    /// The side of a bound.
    public enum Comparison: String, Sendable, CaseIterable {
        /// Greater.
        case above
        /// Greater or equal.
        case atLeast = "at_least"
        /// Less.
        case below
        /// Less or equal.
        case atMost = "at_most"

        func holds<Value: Comparable>(_ value: Value, _ bound: Value) -> Bool {
            switch self {
            case .above: value > bound
            case .atLeast: value >= bound
            case .below: value < bound
            case .atMost: value <= bound
            }
        }
    }
}

/// A value written in a rule to compare with, kind included.
public enum Literal: Hashable, Sendable {
    /// Text.
    case string(String)
    /// A whole number.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// True or false.
    case boolean(Bool)
}

/// A bound on a scale.
public enum Quantity: Hashable, Sendable {
    /// A plain number.
    case number(Double)
    /// A length of time, in seconds.
    case duration(seconds: Double)
    /// A point in time.
    case date(Instant)
}

/// What became of deciding a condition.
///
/// Three-valued in Kleene's sense: a fault is an answer that could not be found, so `all` with one false part is false
/// whatever the faulty part would have been, and `not` of a fault is a fault.
public enum Verdict: String, Sendable {
    /// It holds.
    case holds = "true"
    /// It does not hold.
    case fails = "false"
    /// It could not be decided.
    case fault

    var negated: Verdict {
        switch self {
        case .holds: .fails
        case .fails: .holds
        case .fault: .fault
        }
    }

    init(_ isTrue: Bool) {
        self = isTrue ? .holds : .fails
    }
}
