import ActionKit

@testable import Delivery

/// What may happen in a simulated world, told in the simplest way that is right, and what happened that may not.
struct Account {
    private struct Entry {
        var firing: Int
        var index: Int
        var isLast: Bool
        var task: FiringDelivery.Task
        var attempts = 0
        var firstAttempt: Duration?
        var due: Duration = .zero
        var mayBeDone = false
        var lastReason: String?
        var final: (status: Settlement.Status, reason: String?)?

        var destination: String? { task.destination }
    }

    private struct Line {
        var entries: [Entry] = []
        var isUnderWay = false
    }

    private(set) var violations: [String] = []

    private let policy: DeliveryPolicy
    private var lines: [String: Line] = [:]
    private var begun: [String: [Duration]] = [:]
    private var refusing: Set<String> = []
    private var ending: String?
    private var deadline: Duration?

    init(policy: DeliveryPolicy) {
        self.policy = policy
    }

    /// Notes a violation unless that holds.
    mutating func require(_ holds: Bool, _ sentence: @autoclosure () -> String) {
        if !holds { violations.append(sentence()) }
    }

    // MARK: - What is done to the state

    mutating func submit(_ firing: FiringDelivery) {
        for (index, task) in firing.tasks.enumerated() {
            var entry = Entry(firing: firing.number, index: index, isLast: index == firing.tasks.count - 1, task: task)
            if case .settled(let settlement) = task.work { entry.final = (settlement.status, settlement.reason) }
            lines[firing.lane, default: Line()].entries.append(entry)
        }
    }

    mutating func stop() { ending = ending ?? "stopped" }

    mutating func close(at deadline: Duration, now: Duration) {
        self.deadline = deadline
        if deadline <= now { ending = ending ?? "drain-ended" }
    }

    mutating func wake(now: Duration) {
        if let end = naturalEnd(now: now), end <= now { ending = ending ?? "drain-ended" }
    }

    /// The end is due at its time, or now if nothing can begin before it.
    private func naturalEnd(now: Duration) -> Duration? {
        guard let deadline, ending == nil else { return nil }
        let next = lines.values.compactMap { earliest($0) }.min() ?? deadline
        return next >= deadline && !lines.values.contains { $0.isUnderWay } ? now : deadline
    }

    mutating func end(_ lane: String, _ outcome: DeliveryOutcome, jitter: Double, now: Duration) {
        guard var line = lines[lane], line.isUnderWay, var entry = line.entries.first else {
            return require(false, "an attempt ended in lane \(lane), where none was made")
        }
        line.isUnderWay = false
        var asked: Duration?
        var mayTryAgain = false
        switch outcome {
        case .delivered: entry.final = (.delivered, nil)
        case .partial: entry.final = (.partial, "partial")
        case .rejected(let reason): entry.final = (.failed, reason.code)
        case .unauthorized(let reason):
            entry.final = (entry.mayBeDone ? .unknown : .failed, reason.code)
            if let destination = entry.destination { refusing.insert(destination) }
        case .retry(_, let after):
            asked = after
            mayTryAgain = true
        case .unknown:
            entry.mayBeDone = true
            mayTryAgain = entry.task.effect != .atMostOnce
        }
        if entry.final == nil {
            // As long as it is not tried again, this is what the job comes to.
            entry.lastReason = outcome.code
            entry.final = (entry.mayBeDone ? .unknown : .failed, outcome.code)
            let whole = Duration.seconds(min(1 << min(entry.attempts - 1, 6), 60))
            let delay = max(whole * (1 - jitter / 2), asked ?? .zero)
            let isTooOld = now + delay - (entry.firstAttempt ?? now) > policy.retry.giveUpAfter
            mayTryAgain = mayTryAgain && entry.attempts < policy.retry.attemptsMax && !isTooOld
            entry.due = now + delay
        }
        if mayTryAgain, !isHeld(entry) { entry.final = nil }
        line.entries[0] = entry
        lines[lane] = line
    }

    // MARK: - What the state answers

    /// A job was settled: it must be the next one of its lane, and must have come to what the account says.
    mutating func note(_ report: DispatchState.Report) {
        let lane = report.firing.lane
        let id = report.firing.tasks[report.index].job.id
        guard var line = lines[lane], !line.isUnderWay, let entry = line.entries.first, entry.task.job.id == id,
            entry.firing == report.firing.number, entry.index == report.index
        else { return require(false, "\(id) was settled out of turn") }
        line.entries.removeFirst()
        let final = entry.final ?? (isHeld(entry) ? heldBack(entry) : nil)
        let said = report.settlement
        require(
            final.map { $0 == (said.status, said.reason) && said.attempts == entry.attempts } ?? false,
            "\(id) was settled as \(said.text), not as \(final.map { "\($0)" } ?? "nothing yet")"
        )
        require(report.isLast == entry.isLast, "\(id) is the last of its firing or not")
        if said.status == .failed || said.status == .unknown {
            for index in line.entries.indices where line.entries[index].firing == entry.firing {
                line.entries[index].final = (.suppressed, "earlier-failed")
            }
        }
        lines[lane] = line
    }

    /// After the reports, nothing may be left that could be settled.
    mutating func noteReported() {
        for line in lines.values {
            guard !line.isUnderWay, let entry = line.entries.first else { continue }
            require(entry.final == nil && !isHeld(entry), "\(entry.task.job.id) should be settled by now")
        }
    }

    /// An attempt begins: it must be allowed to.
    mutating func note(_ attempt: DispatchState.Attempt, now: Duration) {
        guard var line = lines[attempt.lane], let entry = line.entries.first, entry.task.job.id == attempt.job.id else {
            return require(false, "\(attempt.job.id) began out of turn")
        }
        let id = attempt.job.id
        require(!line.isUnderWay, "\(id) began while another of its lane was under way")
        require(!isHeld(entry), "\(id) began after the end")
        require(entry.due <= now, "\(id) began before its time")
        require(entry.attempts < policy.retry.attemptsMax, "\(id) got too many attempts")
        let underWay = lines.values.count { $0.isUnderWay }
        require(underWay < policy.concurrency, "\(id) began though all places were taken")
        if let destination = entry.destination {
            let recent = begun[destination, default: []].count { $0 > now - policy.ratePeriod }
            require(recent < policy.rateCount, "\(id) began too soon after others")
            begun[destination, default: []].append(now)
        }
        line.isUnderWay = true
        line.entries[0].attempts += 1
        line.entries[0].firstAttempt = entry.firstAttempt ?? now
        lines[attempt.lane] = line
    }

    /// After the attempts, nothing may be left that could begin.
    mutating func noteBegun(now: Duration) {
        for line in lines.values {
            let isReady = earliest(line).map { $0 <= now } ?? false
            require(!isReady, "\(line.entries.first?.task.job.id ?? "nothing") could have begun and did not")
        }
    }

    /// Nothing happens between these times: nothing may have become possible.
    mutating func noteSilence(from: Duration, until: Duration) {
        for line in lines.values {
            guard let time = earliest(line) else { continue }
            require(time >= until, "\(line.entries.first?.task.job.id ?? "nothing") was not woken at \(time)")
        }
        if let end = naturalEnd(now: from) { require(end >= until, "the end was slept through") }
    }

    /// Nothing will happen any more: everything must be settled.
    mutating func noteEnd() {
        for line in lines.values where !line.entries.isEmpty {
            violations.append("never settled: \(line.entries.map(\.task.job.id))")
        }
    }

    // MARK: - What may happen

    private func isHeld(_ entry: Entry) -> Bool {
        ending != nil || entry.destination.map { refusing.contains($0) } ?? false
    }

    private func heldBack(_ entry: Entry) -> (Settlement.Status, String?) {
        let isRefused = entry.destination.map { refusing.contains($0) } ?? false
        guard entry.attempts == 0 else { return (entry.mayBeDone ? .unknown : .failed, entry.lastReason) }
        return (.failed, isRefused ? "unauthorized" : ending)
    }

    /// When the next job of a line could begin, if no attempt under way ends before.
    private func earliest(_ line: Line) -> Duration? {
        guard !line.isUnderWay, let entry = line.entries.first, entry.final == nil, !isHeld(entry),
            lines.values.count(where: { $0.isUnderWay }) < policy.concurrency
        else { return nil }
        guard let destination = entry.destination else { return entry.due }
        let recent = begun[destination, default: []].suffix(policy.rateCount)
        guard recent.count == policy.rateCount, let first = recent.first else { return entry.due }
        return max(entry.due, first + policy.ratePeriod)
    }
}

extension DeliveryOutcome {
    fileprivate var code: String? {
        switch self {
        case .delivered, .partial: nil
        case .retry(let reason, _), .rejected(let reason), .unauthorized(let reason), .unknown(let reason): reason.code
        }
    }
}
