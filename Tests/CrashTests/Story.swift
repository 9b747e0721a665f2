import BuiltBeckon
import Foundation
import SeededRandom

/// The lives of a run, one after the other, on one state and one input.
struct Story {
    /// What there is to do.
    let workload: Workload

    /// How many lives were ended by a kill.
    private(set) var killed = 0

    /// How many lives there were.
    private(set) var lives = 0

    /// The events that were taken over: all of those that can be repeated, of the others those that were safe in time.
    private(set) var taken: [Workload.Event] = []

    /// The jobs with an attempt that was under way at a kill.
    private(set) var unknownAtKills: Set<Int64> = []

    /// The jobs with an attempt whose outcome could not be learnt, kills included.
    private(set) var unknown: Set<Int64> = []

    /// What was not as it should be on the way.
    private(set) var problems: [String] = []

    private let input: CrashTests.Input
    private let place: Workplace
    private let trigger: Trigger
    private let environment: [String: String]
    private var killsLeft: Int
    private var random: SeededGenerator
    /// The events that a producer who does not repeat himself has not written yet.
    private var unwritten: ArraySlice<Workload.Event>
    /// The final statuses that records told of each job, since it was sent last.
    private var told: [Int64: [String]] = [:]

    private static let file = "events.jsonl"

    /// How a job can end badly.
    private static let badStatuses = ["failed", "partial", "unknown"]

    /// So often jobs that ended badly are sent again.
    private static let roundsMax = 20

    /// A run that was not killed has done everything after so many lives, or never will have.
    private static let livesUnkilledMax = 3

    init(
        _ workload: Workload,
        input: CrashTests.Input,
        kills: Int,
        trigger: Trigger,
        environment: [String: String],
        seed: UInt64
    ) throws {
        self.workload = workload
        self.input = input
        self.trigger = trigger
        self.environment = environment
        killsLeft = kills
        random = SeededGenerator(seed: seed)
        unwritten = input == .spooled ? workload.events[...] : []
        taken = input == .spooled ? [] : workload.events
        place = try Workplace(["rules/rules.yml": Workload.rules])
        if input == .file { try place.write(workload.events.map(\.line).joined(), to: Self.file) }
    }

    /// The ledger as it is now.
    func ledger() throws -> LedgerFile { try LedgerFile(in: place.folder) }

    // MARK: - Lives

    /// Kills run after run, and then lets one come to its end.
    mutating func killAndRestart() async throws {
        var unkilled = 0
        while killsLeft > 0 || unkilled < Self.livesUnkilledMax {
            let left = try jobsLeft()
            guard left > 0 || lives == 0 else { break }
            if killsLeft == 0 { unkilled += 1 }
            let share = 2 * left / max(1, killsLeft)
            try await live(killsLeft == 0 ? .never : .random(countMax: max(1, share), using: &random))
        }
        // What ended without a kill may have ended before all kills were used up; that is no problem.
        if try ledger().openCount() > 0 { problems.append("jobs are open after a run to the end") }
    }

    /// Sends what ended badly again, until everything is done.
    mutating func sendAgainUntilDone() async throws {
        for _ in 0..<Self.roundsMax {
            let again = try ledger().jobs().filter { Self.badStatuses.contains($0.status ?? "") }.map(\.number)
            if again.isEmpty { return }
            let retry = try await place.beckon("ledger", "retry", "--status", Self.badStatuses.joined(separator: ","))
            if retry.status != 0 { problems.append("jobs could not be sent again: \(retry.errors)") }
            told = [:]
            try await live(.never)
            try compareRecords(of: Set(again))
        }
        problems.append("jobs end badly again and again")
    }

    /// What became of each job; compares it with what the records told.
    mutating func settled() throws -> [LedgerFile.Entry] {
        let jobs = try ledger().jobs()
        try compareRecords(of: Set(jobs.map(\.number)))
        return jobs
    }

    private mutating func live(_ moment: Trigger.Moment) async throws {
        var arguments = ["run", "--drain", "30m"]
        var lines: ArraySlice<Workload.Event> = []
        let reading: Life.Input
        switch input {
        case .file:
            arguments += ["--input", Self.file]
            reading = .nothing
        case .repeated: reading = .lines(workload.events.map(\.line).joined())
        case .spooled:
            arguments.append("--spool")
            let count = moment == .never ? unwritten.count : max(1, unwritten.count / (killsLeft + 1))
            lines = unwritten.prefix(count)
            unwritten = unwritten.dropFirst(count)
            let text = lines.map(\.line).joined()
            reading = moment == .never ? .lines(text) : .open(text)
        }
        let life = try await Life.lived(
            arguments,
            in: place.folder,
            input: reading,
            environment: environment,
            trigger: trigger,
            moment: moment
        )
        try take(life, lines: input == .spooled ? Array(lines) : workload.events)
    }

    // MARK: - What a life leaves behind

    private mutating func take(_ life: Life, lines: [Workload.Event]) throws {
        lives += 1
        if life.wasKilled {
            killed += 1
            killsLeft -= 1
        } else if ![0, 1].contains(life.status) {
            problems.append("a run ended with \(life.status): \(life.errors)")
        }
        for record in life.records where record.status != "waiting" {
            told[record.job, default: []].append(record.status)
        }
        guard try LedgerFile.exists(in: place.folder) else { return }
        let ledger = try ledger()
        unknownAtKills.formUnion(try ledger.jobsOfUnknownAttempts(atKills: true))
        unknown.formUnion(try ledger.jobsOfUnknownAttempts(atKills: false))
        try noteTaken(lines, in: ledger, isWhole: !life.wasKilled)
    }

    /// Notes which lines the ledger holds.
    ///
    /// Those of one life are taken in order, so none is missing before one that is there.
    private mutating func noteTaken(_ lines: [Workload.Event], in ledger: LedgerFile, isWhole: Bool) throws {
        let waiting = Set(try ledger.inbox().map { $0 + "\n" })
        let decided = Set(try ledger.jobs().map(\.event))
        let isTaken = lines.map { decided.contains($0.id) || waiting.contains($0.line) }
        let count = isTaken.prefix { $0 }.count
        if isTaken.dropFirst(count).contains(true) { problems.append("line \(count + 1) of a life was left out") }
        if isWhole, count < lines.count { problems.append("line \(count + 1) of a whole life was not taken over") }
        // What can be repeated comes again, so all of it is expected anyway.
        if input == .spooled { taken += lines.prefix(count) }
    }

    /// How many jobs are still to be done, as far as anybody can know.
    private func jobsLeft() throws -> Int {
        let expected = (taken + unwritten).reduce(0) { $0 + $1.asks.count }
        guard try LedgerFile.exists(in: place.folder) else { return expected }
        return try expected - ledger().jobs().count { $0.status != nil }
    }

    /// No job has two final records, and none tells something else than the ledger.
    ///
    /// A kill may swallow a record.
    private mutating func compareRecords(of numbers: Set<Int64>) throws {
        for job in try ledger().jobs() where numbers.contains(job.number) {
            let statuses = told[job.number] ?? []
            if statuses.count > 1 || statuses.contains(where: { $0 != job.status }) {
                problems.append("job \(job.number) is \(job.status ?? "open"), and its records say \(statuses)")
            }
        }
    }
}
