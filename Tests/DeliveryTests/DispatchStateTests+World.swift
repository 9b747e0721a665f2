import ActionKit
import Events
import Ledger

@testable import Delivery

/// A dispatch state with a hand-moved clock and a log of what it asks for.
final class World {
    private var now = Moment(elapsed: .zero, wall: Instant(milliseconds: 0))

    private var log: [String] = []
    private var state: DispatchState
    private var lanes: [String: String] = [:]
    private var permissions: [String: Permission] = [:]
    private var count: Int64 = 0

    init(
        concurrency: Int = 8,
        rate: Int = 1_000,
        period: Duration = .seconds(1),
        attempts: Int = 12,
        failures: Int = 1_000
    ) {
        var policy = DeliveryPolicy(concurrency: concurrency, rateCount: rate, ratePeriod: period)
        policy.retry.attemptsMax = attempts
        policy.circuit.failuresMax = failures
        state = DispatchState(policy: policy)
    }

    /// How many jobs are in memory.
    var jobCount: Int { state.count }

    /// Loads firings, each a page of its own; with a history, that is what is known of its jobs.
    func load(_ texts: String..., history: AttemptHistory = AttemptHistory()) {
        for text in texts {
            let first = count + 1
            let jobs = WrittenJob.firing(text).map { job in
                count += 1
                var queued = job.queued(count, firing: first, lane: String(text.prefix(1)))
                queued.history = history
                return queued
            }
            load(jobs)
        }
    }

    /// Loads these jobs, known or not.
    func load(_ jobs: [QueuedJob]) {
        state.load(jobs, work: { $0.work() }, now: now)
        begin()
    }

    /// Has the ledger answer so when an attempt at the job is to begin.
    func answer(_ id: String, _ permission: Permission) {
        permissions[id] = permission
    }

    func end(_ id: String, _ outcome: DeliveryOutcome = .done) {
        guard let lane = lanes.removeValue(forKey: id) else {
            log.append("no attempt at \(id) to end")
            return
        }
        state.attempted(lane: lane, outcome, jitter: 0, now: now)
        begin()
    }

    func wake(at time: Duration) {
        now.wall = now.wall.advanced(by: time - now.elapsed)
        now.elapsed = time
        state.woke(now: time)
        begin()
    }

    func resume(_ destination: String) {
        _ = state.resume(destination)
        begin()
    }

    func close(drain: Duration) {
        state.close(drain: drain, now: now.elapsed)
        begin()
    }

    func stop() {
        state.end()
        begin()
    }

    /// What happened since the last call.
    func takeLog() -> [String] {
        defer { log = [] }
        return log
    }

    private func begin() {
        var isBusy = true
        while isBusy {
            isBusy = false
            let attempts = state.begin(now: now.elapsed)
            note(state.takeNews())
            for attempt in attempts {
                let id = attempt.queued.job.id
                if let permission = permissions[id] {
                    state.refuse(attempt, with: permission, now: now)
                    isBusy = true
                } else {
                    lanes[id] = attempt.lane
                    log.append("\(id) begins" + (attempt.number > 1 ? " x\(attempt.number)" : ""))
                }
            }
        }
        if let due = state.alarm(now: now.elapsed) { log.append("alarm at \(due.components.seconds)") }
    }

    private func note(_ news: DispatchState.News) {
        for end in news.ended {
            switch end.consequence {
            case .takenBack: log.append("\(end.job) taken back")
            case .again(let due): log.append("\(end.job) again at \(due.milliseconds / 1000)")
            case .settled: break
            }
        }
        log += news.reports.map { "\($0.job.job.id) \($0.settlement.text)" }
        log += news.notices.map(\.text)
        if news.freesLane { log.append("rescan") }
    }
}
