import ActionKit
import Events
import Ledger
import SeededRandom

@testable import Delivery

/// A random world around a dispatch state, and a second, simple-minded account of what may happen in it.
///
/// Time jumps from one occurrence to the next. Jobs arrive in a ledger and are read into the state in pages; keys are refused
/// and changed, processes are killed and started again while the clock on the wall is set. Every answer of the state is held
/// against the account; what does not fit is a violation.
struct Simulation {
    private struct Ending {
        var time: Duration
        var lane: String
        var number: Int64
        var outcome: DeliveryOutcome
    }

    private enum Occurrence {
        case arrives(String)
        case resumes(String)
        case restarts(wallJump: Duration)
        case closes(drain: Duration)
        case stops
    }

    private var random: SeededGenerator
    private let policy: DeliveryPolicy
    private var state: DispatchState
    private var account: Account
    private var cursor = QueueCursor()

    private var now = Duration.zero
    private var boot = Duration.zero
    private var wallOffset = Duration.zero
    private var schedule: [(time: Duration, Occurrence)] = []
    private var endings: [Ending] = []
    private var alarms: [Duration] = []

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var policy = DeliveryPolicy(
            concurrency: Int.random(in: 1...5, using: &random),
            rateCount: Int.random(in: 1...5, using: &random),
            ratePeriod: .milliseconds(Int.random(in: 1...8_000, using: &random)),
            windowMax: Int.random(in: 1...40, using: &random),
            laneMax: Int.random(in: 1...12, using: &random),
            pageMax: Int.random(in: 1...10, using: &random)
        )
        policy.retry.attemptsMax = Int.random(in: 1...5, using: &random)
        policy.retry.giveUpAfter = .seconds(Int.random(in: 5...200, using: &random))
        policy.retry.askedMax = .seconds(Int.random(in: 20...100, using: &random))
        policy.circuit.failuresMax = Int.random(in: 1...8, using: &random)
        self.policy = policy
        state = DispatchState(policy: policy)
        account = Account(policy: policy)
        schedule = Self.schedule(using: &random)
        self.random = random
    }

    private static func schedule(using random: inout SeededGenerator) -> [(Duration, Occurrence)] {
        var time = Duration.zero
        var schedule: [(Duration, Occurrence)] = []
        for number in 0..<Int.random(in: 0...40, using: &random) {
            if Bool.random(using: &random) { time += .milliseconds(Int.random(in: 0...4_000, using: &random)) }
            schedule.append((time, .arrives(firing(number, using: &random))))
            switch Int.random(in: 0..<40, using: &random) {
            case ..<4: schedule.append((time, .resumes(Bool.random(using: &random) ? "doubletick" : "mail")))
            case 4: schedule.append((time, .restarts(wallJump: .seconds(Int.random(in: -500...500, using: &random)))))
            default: break
            }
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
            schedule.append((time + .milliseconds(Int.random(in: 0...60_000, using: &random)), .stops))
        } else if Bool.random(using: &random) {
            schedule.append((time, .closes(drain: .seconds(Int.random(in: 0...300, using: &random)))))
        }
        return schedule
    }

    private static func firing(_ number: Int, using random: inout SeededGenerator) -> String {
        let lane = ["a", "b", "c", "d", "e", "f"].randomElement(using: &random) ?? "a"
        let kinds = ["", "", "", "", "!", "@mail", "@mail", "@", "=failed", "=suppressed"]
        return (0..<Int.random(in: 1...4, using: &random)).map { index in
            "\(lane)\(number)x\(index)" + (kinds.randomElement(using: &random) ?? "")
        }.joined(separator: " ")
    }

    private var moment: Moment {
        let wall = Instant(milliseconds: 1_000_000_000).advanced(by: now + wallOffset)
        return Moment(elapsed: now - boot, wall: wall)
    }

    /// Runs the world to its end; what went wrong in it.
    mutating func violations() -> [String] {
        var stepsLeft = 10_000
        turn()
        while let time = nextTime {
            stepsLeft -= 1
            guard stepsLeft > 0 else { return account.violations + ["the world does not end"] }
            account.noteSilence(until: time - boot)
            now = time
            step()
            turn()
        }
        account.noteEnd()
        return account.violations
    }

    private var nextTime: Duration? {
        let times = [schedule.first?.time, endings.map(\.time).min(), alarms.min()]
        return times.compactMap(\.self).min().map { max($0, now) }
    }

    /// Does the one thing that is next; of several at the same time, any.
    private mutating func step() {
        if let index = endings.firstIndex(where: { $0.time <= now }), Bool.random(using: &random) {
            end(endings.remove(at: index))
        } else if let (time, occurrence) = schedule.first, time <= now {
            schedule.removeFirst()
            take(occurrence)
        } else if let index = alarms.firstIndex(where: { $0 <= now }) {
            alarms.remove(at: index)
            state.woke(now: now - boot)
        } else if let index = endings.firstIndex(where: { $0.time <= now }) {
            end(endings.remove(at: index))
        }
        account.isEnding = state.isEnding
    }

    private mutating func take(_ occurrence: Occurrence) {
        switch occurrence {
        case .arrives(let text):
            account.put(text)
            cursor.noteArrival()
        case .resumes(let destination):
            // Attempts with the old key would be told from those with the new one; here there are none.
            guard !endings.contains(where: { if case .unauthorized = $0.outcome { true } else { false } }) else {
                return
            }
            account.services[destination]?.isRefusing = false
            if state.resume(destination) { rewind() }
        case .restarts(let wallJump):
            guard !state.isEnding else { return }
            boot = now
            wallOffset += wallJump
            endings = []
            alarms = []
            account.restart()
            state = DispatchState(policy: policy)
            cursor = QueueCursor()
        case .closes(let drain): state.close(drain: drain, now: now - boot)
        case .stops: state.end()
        }
    }

    private mutating func end(_ ending: Ending) {
        let jitter = Double.random(in: 0..<1, using: &random)
        account.isEnding = state.isEnding
        account.end(ending.number, ending.outcome, jitter: jitter, now: moment)
        state.attempted(lane: ending.lane, ending.outcome, jitter: jitter, now: moment)
    }

    /// Reads, writes and begins until there is nothing more to do at this time.
    private mutating func turn() {
        var isBusy = true
        while isBusy {
            isBusy = write()
            if load() { isBusy = true }
        }
        account.noteMemory(state.numbers, avoiding: state.refusing)
        if let due = state.alarm(now: now - boot) {
            account.require(due >= now - boot, "an alarm lies in the past")
            alarms.append(boot + due)
        }
    }

    private mutating func load() -> Bool {
        guard !state.isEnding, state.news.isWritten else { return false }
        if let stretch = state.nextStretch {
            let page = account.page(
                behind: stretch.position,
                limit: stretch.limit,
                avoiding: state.refusing,
                lane: stretch.lane
            )
            state.load(page, of: stretch, work: { $0.work() }, now: moment)
        } else if cursor.wantsPage(count: state.count, windowMax: policy.windowMax) {
            let limit = min(policy.pageMax, policy.windowMax - state.count)
            let page = account.page(behind: cursor.position, limit: limit, avoiding: state.refusing)
            cursor.take(page)
            state.load(page.jobs, work: { $0.work() }, now: moment)
        } else {
            return false
        }
        return true
    }

    private mutating func write() -> Bool {
        take(state.takeNews())
        account.noteMemory(state.numbers, now: moment)
        var isBusy = false
        let attempts = state.begin(now: now - boot)
        for attempt in attempts {
            let chance = Int.random(in: 0..<100, using: &random)
            account.note(attempt, isMade: chance < 94, now: moment)
            guard chance >= 94 else {
                let time = now + .milliseconds(Int.random(in: 0...5_000, using: &random))
                let number = attempt.queued.number
                endings.append(Ending(time: time, lane: attempt.lane, number: number, outcome: outcome()))
                continue
            }
            isBusy = true
            let settlement = Settlement(.suppressed, reason: "already-done", attempts: attempt.number - 1)
            account.refuse(attempt.queued.number, chance < 97 ? settlement : nil)
            state.refuse(attempt, with: chance < 97 ? .settled(settlement) : .gone, now: moment)
        }
        let news = state.takeNews()
        take(news)
        account.noteMemory(state.numbers, now: moment)
        return isBusy || !news.reports.isEmpty
    }

    private mutating func take(_ news: DispatchState.News) {
        for report in news.reports { account.note(report) }
        if news.freesLane { rewind() }
    }

    private mutating func rewind() {
        cursor.rewind()
        state.overflowing = [:]
    }

    private mutating func outcome() -> DeliveryOutcome {
        switch Int.random(in: 0..<100, using: &random) {
        case ..<45: .done
        case ..<50: .half
        case ..<70: .busy
        case ..<80: .busy(for: .seconds(Int.random(in: 0...40, using: &random)))
        case ..<90: .lost
        case ..<97: .refused
        default: .locked
        }
    }
}
