import ActionKit

@testable import Delivery

/// A dispatch state with a hand-moved clock and a log of what it asks for.
final class World {
    private var now = Duration.zero

    private var log: [String] = []
    private var state: DispatchState
    private var lanes: [String: String] = [:]

    init(concurrency: Int = 8, rate: Int = 1_000, period: Duration = .seconds(1), attempts: Int = 12) {
        var policy = DeliveryPolicy(concurrency: concurrency, rateCount: rate, ratePeriod: period)
        policy.retry.attemptsMax = attempts
        state = DispatchState(policy: policy)
    }

    func submit(_ texts: String...) {
        for text in texts {
            note(state.submit(FiringDelivery(text)))
            begin()
        }
    }

    func end(_ id: String, _ outcome: DeliveryOutcome = .done) {
        guard let lane = lanes.removeValue(forKey: id) else {
            log.append("no attempt at \(id) to end")
            return
        }
        note(state.attempted(lane: lane, outcome, jitter: 0, now: now))
        begin()
    }

    func wake(at time: Duration) {
        now = time
        note(state.woke(now: now))
        begin()
    }

    func close(drain: Duration) {
        note(state.close(drain: drain, now: now))
        begin()
    }

    func stop() {
        note(state.end(because: Reason("stopped", "The run was stopped.")))
        begin()
    }

    /// What happened since the last call.
    func takeLog() -> [String] {
        defer { log = [] }
        return log
    }

    private func note(_ reports: [DispatchState.Report]) {
        log += reports.map(\.text)
    }

    private func begin() {
        for attempt in state.begin(now: now) {
            lanes[attempt.job.id] = attempt.lane
            log.append("\(attempt.job.id) begins")
        }
        if let due = state.alarm(now: now) { log.append("alarm at \(due.components.seconds)") }
    }
}
