import Diagnostics
import RuleEngine

/// What was measured.
struct BenchReport {
    /// A rule or a condition with what it cost.
    struct Row {
        /// The id of a rule; the text of a condition.
        var name: String
        var span: Span
        var cost: CostProfile.Cost
    }

    /// What the input is called.
    let input: String

    /// Whether all of it was measured.
    let isWhole: Bool

    /// What a pass saw and did.
    let tally: StagePasses.Tally

    /// How many rules there are that are not off.
    let ruleCount: Int

    /// How many of them fired.
    let firedRules: Int

    /// How often each pass was repeated.
    let rounds: Int

    /// What each stage takes of an event's time, in nanoseconds.
    let stages: [(stage: Stage, nanoseconds: Double)]

    /// How many rules were tried on an event, on average.
    let candidates: Double

    /// How many events were looked at rule by rule.
    let profiledEvents: Int

    /// The rules that were tried, what costs most first.
    let rules: [Row]

    /// The conditions that were decided, what costs most first.
    let conditions: [Row]

    init(
        input: String,
        isWhole: Bool,
        tally: StagePasses.Tally,
        rules: [Rule],
        firedRules: Int,
        rounds: Int,
        stages: [(Stage, Double)],
        profile: CostProfile
    ) {
        self.input = input
        self.isWhole = isWhole
        self.tally = tally
        ruleCount = rules.count
        self.firedRules = firedRules
        self.rounds = rounds
        self.stages = stages
        candidates = profile.candidatesPerEvent
        profiledEvents = profile.events
        self.rules =
            rules.compactMap { rule in
                profile.rules[rule.id].map { Row(name: rule.id, span: rule.span, cost: $0) }
            }.costliestFirst
        conditions = profile.leaves.map { Row(name: $0.span.shownText, span: $0.span, cost: $1) }.costliestFirst
    }

    /// What an event takes through all stages, in nanoseconds.
    var nanoseconds: Double { stages.reduce(0) { $0 + $1.nanoseconds } }

    /// How many events one thread takes in a second.
    var eventsPerSecond: Int { nanoseconds > 0 ? Int(1e9 / nanoseconds) : 0 }

    /// What a row costs for each event of the input, whether it was tried on it or not.
    func nanosecondsPerEvent(_ row: Row) -> Double {
        Double(row.cost.nanoseconds) / Double(max(1, profiledEvents))
    }
}

extension BenchReport.Row {
    /// What trying it once takes, in nanoseconds.
    var nanosecondsEach: Double { Double(cost.nanoseconds) / Double(max(1, cost.tried)) }
}

extension [BenchReport.Row] {
    fileprivate var costliestFirst: [BenchReport.Row] {
        sorted { one, other in
            (other.cost.nanoseconds, one.span.place, one.name) < (one.cost.nanoseconds, other.span.place, other.name)
        }
    }
}

extension Span {
    /// No more of a condition is shown.
    private static let shownCharactersMax = 400

    /// What stands there, on one line, without secrets.
    fileprivate var shownText: String {
        let end = Swift.min(bytes.upperBound, bytes.lowerBound + 4 * Self.shownCharactersMax)
        let words = Span(file, bytes.lowerBound..<end).text.split(whereSeparator: \.isWhitespace)
        return String(SecretMask.masked(words.joined(separator: " ")).prefix(Self.shownCharactersMax))
    }
}
