import BuiltBeckon
import Foundation
import SeededRandom
import Testing

/// Runs whose rules remember events are killed again and again, and decide what a run decides that nobody has disturbed.
@Suite(.serialized)
struct TimedCrashTests {
    /// A way in which events come.
    struct Stream: Sendable, CustomTestStringConvertible {
        /// How many of a hundred lines repeat an earlier one.
        var repeatsPercent = 0
        /// How long events wait for earlier ones.
        var lateness = "0s"
        /// Whether they come through a pipe, from their beginning each time, and not in a file that is read on.
        var isPiped = false
        /// The share of the kills that it has.
        var killsShare = 1

        var testDescription: String {
            "\(isPiped ? "a pipe" : "a file"), \(repeatsPercent) % repeated, lateness \(lateness)"
        }
    }

    private static let torture = CrashTests.Torture()

    /// So many events are to be decided for each kill: some batches.
    private static let eventsPerKill = 200

    /// A run that was not killed has decided everything after so many lives, or never will have.
    private static let livesUnkilledMax = 3

    init() {
        // A process that is killed leaves a pipe without a reader.
        signal(SIGPIPE, SIG_IGN)
    }

    @Test(
        .timeLimit(.minutes(120)),
        arguments: [
            Stream(), Stream(repeatsPercent: 10, lateness: "1m", killsShare: 4),
            Stream(repeatsPercent: 5, isPiped: true, killsShare: 8),
        ]
    )
    func `however often a run is killed, what it remembers is what an undisturbed one remembers`(
        stream: Stream
    ) async throws {
        let kills = max(2, Self.torture.killCount / stream.killsShare)
        let workload = TimedWorkload(
            eventCount: kills * Self.eventsPerKill,
            repeatsPercent: stream.repeatsPercent,
            seed: Self.torture.seed
        )
        var undisturbed = try Lives(workload, stream, seed: Self.torture.seed)
        try await undisturbed.live(.never)
        var disturbed = try Lives(workload, stream, seed: Self.torture.seed)
        try await disturbed.live(kills: kills, of: undisturbed.ledger().decisions().count)
        let (expected, found) = try (undisturbed.ledger().decisions(), disturbed.ledger().decisions())
        print(
            """
            crash test of state (\(stream.testDescription), seed \(Self.torture.seed)): \(workload.lines.count) lines, \
            \(workload.repeatedCount) of them repeated; \(expected.count) jobs decided, \
            \(expected.count { $0.firedAt != nil }) of them by timers, \(expected.count { $0.verdict != nil }) held back; \
            \(disturbed.killed) kills in \(disturbed.lives) lives, \(disturbed.killedReading) before the end of the input
            """
        )
        #expect(found.sorted() == expected.sorted(), "seed \(Self.torture.seed)")
        let (left, right) = try (disturbed.ledger().memory(), undisturbed.ledger().memory())
        #expect(left == right, "seed \(Self.torture.seed)")
        #expect(stream.isPiped || disturbed.killedReading > 0)
        #expect(!expected.isEmpty && !right.isEmpty)
        #expect(disturbed.problems + undisturbed.problems == [], "seed \(Self.torture.seed)")
    }

    /// The lives of a run on one input.
    private struct Lives {
        private(set) var lives = 0
        private(set) var killed = 0
        /// How many kills came before everything was read.
        private(set) var killedReading = 0
        private(set) var problems: [String] = []
        private let workload: TimedWorkload
        private let stream: Stream
        private let place: Workplace
        private let trigger = Trigger()
        private var random: SeededGenerator

        init(_ workload: TimedWorkload, _ stream: Stream, seed: UInt64) throws {
            self.workload = workload
            self.stream = stream
            random = SeededGenerator(seed: seed)
            place = try Workplace(["rules/rules.yml": TimedWorkload.rules(lateness: stream.lateness)])
            if !stream.isPiped { try place.write(text, to: "events.jsonl") }
        }

        private var text: String { workload.lines.map { $0 + "\n" }.joined() }

        func ledger() throws -> LedgerFile { try LedgerFile(in: place.folder) }

        /// Kills run after run, and then lets one come to its end.
        mutating func live(kills: Int, of decisionCount: Int) async throws {
            while killed < kills {
                let done = try LedgerFile.exists(in: place.folder) ? ledger().decisions().count : 0
                let share = max(1, 2 * (decisionCount - done) / (kills - killed))
                let isEarly = Int.random(in: 0..<4, using: &random) == 0
                // Records lag behind what is decided.
                let moment: Trigger.Moment =
                    isEarly
                    ? .time(.milliseconds(Int.random(in: 0...600, using: &random)))
                    : .record(Int.random(in: 1...max(1, share / 2), using: &random))
                guard try await live(moment) else { break }
            }
            for _ in 0..<TimedCrashTests.livesUnkilledMax {
                try await live(.never)
                if try ledger().openCount() == 0 { return }
            }
            problems.append("jobs are open after runs to the end")
        }

        /// Lives one life; says whether it was killed.
        @discardableResult
        mutating func live(_ moment: Trigger.Moment) async throws -> Bool {
            let life = try await Life.lived(
                ["run", "--drain", "30m"] + (stream.isPiped ? [] : ["--input", "events.jsonl"]),
                in: place.folder,
                input: stream.isPiped ? .lines(text) : .nothing,
                environment: ["BECKON_DOUBLETICK_BASE_URL": "http://127.0.0.1:9", "DOUBLETICK_API_KEY": "key"],
                trigger: trigger,
                moment: moment
            )
            lives += 1
            guard life.wasKilled else {
                if life.status != 0 { problems.append("a run ended with \(life.status): \(life.errors)") }
                return false
            }
            killed += 1
            let eventCount = workload.lines.count - workload.repeatedCount
            if try !LedgerFile.exists(in: place.folder) || ledger().seenCount() < eventCount { killedReading += 1 }
            return true
        }
    }
}
