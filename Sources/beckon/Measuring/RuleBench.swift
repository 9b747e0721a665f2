import Events
import RuleCompiler
import RuleEngine

/// Measures what deciding costs: by stage, by rule and by condition.
///
/// Performs nothing and keeps no state. The time of a stage is the difference between the passes that end with it and those
/// that end before it, each the shortest of several: whatever else the machine does only ever makes a pass longer.
struct RuleBench {
    private let input: InputSource
    private let program: Program
    private let passes: StagePasses

    /// What takes longer is measured over fewer lines.
    private static let rehearsalMax = Duration.seconds(5)

    /// The conditions are timed for so long at most.
    private static let profilingMax = Duration.seconds(5)

    /// Every pass is repeated at least so often and until so much time is over, unless it takes too long.
    private static let (roundsMin, roundsTime, roundsTimeMax) = (3, Duration.seconds(1), Duration.seconds(10))

    /// Reads the lines to measure with.
    ///
    /// - Throws: ``CannotStart`` when they cannot be read.
    init(_ input: InputSource, compilation: Compilation, format: InputFormat, prefilter: RunOptions.Prefilter) throws {
        self.input = input
        program = compilation.program
        let engine = RuleEngine(program, prefilter: prefilter)
        passes = StagePasses(try HeldLines(input), engine: engine, format: format)
    }

    /// Measures.
    func run() throws -> BenchReport {
        var fired: Set<String> = []
        let tally = passes.rehearse(until: .now + Self.rehearsalMax) { decisions in
            for firing in decisions.firings { fired.insert(firing.rule.id) }
        }
        guard tally.events > 0 else { throw CannotStart(nothingToMeasure(tally)) }
        let (times, rounds) = try stageTimes()
        return BenchReport(
            input: input.name,
            isWhole: !passes.lines.isMoreThere,
            tally: tally,
            rules: program.rules.filter { $0.mode != .off },
            firedRules: fired.count,
            rounds: rounds,
            stages: times.map { ($0, $1 / Double(tally.events)) },
            profile: passes.profile(until: .now + Self.profilingMax)
        )
    }

    private func nothingToMeasure(_ tally: StagePasses.Tally) -> String {
        guard tally.rejected > 0 else { return "\(input.name) holds no event" }
        return "\(input.name) holds no event, and \(tally.rejected.counted("line")) that cannot be read; "
            + "'run --dry-run' says why"
    }

    /// How long each stage takes for all lines, in nanoseconds; without reading where the input cannot be read again.
    private func stageTimes() throws -> (times: [(Stage, Double)], rounds: Int) {
        var best: [Stage: Duration] = [:]
        var rounds = 0
        let start = ContinuousClock.now
        // Round by round, so that a slow moment of the machine falls on all stages alike.
        while rounds == 0 || needsRound(after: rounds, took: start.duration(to: .now)) {
            rounds += 1
            for stage in Stage.allCases where stage != .read || canReadAgain {
                let took = try ContinuousClock().measure {
                    if stage == .read { try passes.lines.readAgain(input) } else { passes.run(through: stage) }
                }
                best[stage] = min(best[stage] ?? took, took)
            }
        }
        var before = 0.0
        let times = Stage.allCases.compactMap { stage -> (Stage, Double)? in
            guard let took = best[stage].map({ Double($0.nanoseconds) }) else { return nil }
            guard stage != .read else { return (stage, took) }
            // A stage that takes next to nothing may come out below it.
            defer { before = max(before, took) }
            return (stage, max(0, took - before))
        }
        return (times, rounds)
    }

    private func needsRound(after rounds: Int, took: Duration) -> Bool {
        took < Self.roundsTime || rounds < Self.roundsMin && took < Self.roundsTimeMax
    }

    private var canReadAgain: Bool {
        guard case .file(let path) = input else { return false }
        return !path.isStream
    }
}
