import ActionKit
import Events
import Ledger

@testable import Delivery

/// What may happen in a simulated world, told in the simplest way that is right, and what happened that may not.
///
/// It is the ledger of that world too: jobs stand here until they are settled, whatever process delivers them.
struct Account {
    /// A job and what is known of it.
    struct Entry {
        let written: WrittenJob
        let number: Int64
        let firing: Int64
        let lane: String
        var attempts = 0
        var began: Instant?
        var due: Instant?
        var mayBeDone = false
        var isOpen = true
        var isUnderWay = false
        /// What it must be settled as next.
        var final: Settlement?
        /// Since the process has it in hand: when the first attempt began, and before when none may.
        var hand: (first: Duration?, due: Duration)?

        var queued: QueuedJob {
            var job = written.queued(number, firing: firing, lane: lane)
            job.history = AttemptHistory(attempts: attempts, began: began, due: due, mayBeDone: mayBeDone)
            return job
        }
    }

    /// What is known of a destination since the process began.
    struct Service {
        var begun: [Duration] = []
        var isRefusing = false
        var asked = Duration.zero
        var failures = 0
        /// When the circuit is open: how long it is shut, and until when.
        var open: (delay: Duration, next: Duration)?
        var probe: Int64?
    }

    let policy: DeliveryPolicy
    private(set) var violations: [String] = []
    private(set) var entries: [Entry] = []
    var services: [String: Service] = [:]
    var isEnding = false

    init(policy: DeliveryPolicy) {
        self.policy = policy
    }

    /// Notes a violation unless that holds.
    mutating func require(_ holds: Bool, _ sentence: @autoclosure () -> String) {
        if !holds { violations.append(sentence()) }
    }

    // MARK: - The ledger

    mutating func put(_ text: String) {
        let first = Int64(entries.count + 1)
        for job in WrittenJob.firing(text) {
            let number = Int64(entries.count + 1)
            var entry = Entry(written: job, number: number, firing: first, lane: String(text.prefix(1)))
            entry.final = job.verdict
            entries.append(entry)
        }
    }

    /// Whole firings, without those that wait for a destination and those behind them.
    func page(behind position: Int64, limit: Int, avoiding avoided: Set<String>, lane: String? = nil) -> QueuePage {
        var jobs: [QueuedJob] = []
        for entry in entries where entry.isOpen && entry.number > position && entry.lane == lane ?? entry.lane {
            if jobs.count >= limit, jobs.last?.firing != entry.firing {
                return QueuePage(jobs: jobs, end: jobs.last?.number ?? position, isLast: false)
            }
            let isHeld = entries.contains { other in
                other.isOpen && other.lane == entry.lane && other.firing <= entry.firing
                    && other.written.destination.map(avoided.contains) ?? false
            }
            if !isHeld { jobs.append(entry.queued) }
        }
        return QueuePage(jobs: jobs, end: Int64(entries.count), isLast: true)
    }

    /// A new process begins: what was under way is not known.
    mutating func restart() {
        services = [:]
        for place in entries.indices {
            entries[place].hand = nil
            guard entries[place].isUnderWay else { continue }
            entries[place].isUnderWay = false
            entries[place].mayBeDone = true
            entries[place].due = nil
            if entries[place].written.effect == .atMostOnce { close(place, failed: true) }
        }
    }

    private mutating func close(_ place: Int, failed: Bool) {
        entries[place].isOpen = false
        guard failed else { return }
        for other in entries.indices
        where other > place && entries[other].firing == entries[place].firing && entries[other].isOpen {
            entries[other].isOpen = false
        }
    }

    // MARK: - What happens

    private func place(_ number: Int64) -> Int { Int(number) - 1 }

    mutating func end(_ number: Int64, _ outcome: DeliveryOutcome, jitter: Double, now: Moment) {
        let place = place(number)
        var entry = entries[place]
        require(entry.isUnderWay, "an attempt at \(entry.written.id) ended that had not begun")
        entry.isUnderWay = false
        noteHealth(entry, outcome, now: now.elapsed)
        switch outcome {
        case .delivered: entry.final = Settlement(.delivered, attempts: entry.attempts)
        case .partial: entry.final = Settlement(.partial, reason: "partial", attempts: entry.attempts)
        case .rejected(let reason): entry.final = Settlement(.failed, reason: reason.code, attempts: entry.attempts)
        case .unauthorized(let reason):
            if let destination = entry.written.destination {
                services[destination]?.isRefusing = true
                takeBack(&entry)
            } else {
                entry.final = Settlement(
                    entry.mayBeDone ? .unknown : .failed,
                    reason: reason.code,
                    attempts: entry.attempts
                )
            }
        case .retry(let reason, let after):
            again(&entry, reason.code, asked: after, jitter: jitter, now: now)
        case .unknown(let reason):
            entry.mayBeDone = true
            again(&entry, reason.code, asked: nil, jitter: jitter, now: now)
            if entry.written.effect == .atMostOnce {
                entry.final = Settlement(.unknown, reason: reason.code, attempts: entry.attempts)
            }
        }
        entries[place] = entry
    }

    /// Nothing was tried: the job is as it was before.
    private func takeBack(_ entry: inout Entry) {
        entry.attempts -= 1
        entry.due = nil
        guard entry.attempts == 0 else { return }
        entry.began = nil
        entry.hand?.first = nil
    }

    private func again(_ entry: inout Entry, _ code: String, asked: Duration?, jitter: Double, now: Moment) {
        let whole = Duration.seconds(min(1 << min(entry.attempts - 1, 6), 60))
        let delay = max(whole * (1 - jitter / 2), min(asked ?? .zero, policy.retry.askedMax))
        let age = now.elapsed - (entry.hand?.first ?? now.elapsed)
        if entry.attempts >= policy.retry.attemptsMax || age + delay > policy.retry.giveUpAfter {
            entry.final = Settlement(entry.mayBeDone ? .unknown : .failed, reason: code, attempts: entry.attempts)
        }
        entry.due = now.wall.advanced(by: delay)
        entry.hand?.due = now.elapsed + delay
    }

    private mutating func noteHealth(_ entry: Entry, _ outcome: DeliveryOutcome, now: Duration) {
        guard !isEnding, let destination = entry.written.destination, var service = services[destination] else {
            return
        }
        let isProbe = service.probe == entry.number
        if isProbe { service.probe = nil }
        if case .retry(_, let after?) = outcome {
            service.asked = max(service.asked, now + min(after, policy.retry.askedMax))
        }
        switch outcome {
        case .retry, .unknown:
            if let open = service.open {
                let delay = min(open.delay * 2, policy.circuit.delayMax)
                if isProbe { service.open = (delay, now + delay) }
            } else {
                service.failures += 1
                let first = policy.circuit.delayFirst
                if service.failures == policy.circuit.failuresMax { service.open = (first, now + first) }
            }
        case .delivered, .partial, .rejected, .unauthorized:
            service.open = nil
            service.probe = nil
            service.failures = 0
        }
        services[destination] = service
    }

    // MARK: - What the state answers

    /// A job was settled: it must be the next one of its lane, and must have come to what the account says.
    mutating func note(_ report: DispatchState.Report) {
        let place = place(report.job.number)
        let entry = entries[place]
        let said = report.settlement
        require(entry.isOpen, "\(entry.written.id) was settled twice")
        require(isFirst(entry), "\(entry.written.id) was settled out of turn")
        let expected = entry.final.map { "\($0.status) \($0.reason ?? "") \($0.attempts)" }
        let text = "\(said.status) \(said.reason ?? "") \(said.attempts)"
        require(expected == text, "\(entry.written.id) was settled as \(text), not as \(expected ?? "nothing yet")")
        entries[place].isOpen = false
        guard said.status == .failed || said.status == .unknown else { return }
        for other in entries.indices where entries[other].firing == entry.firing && entries[other].isOpen {
            entries[other].final = Settlement(
                .suppressed,
                reason: "earlier-failed",
                attempts: entries[other].queued.history.attempts
            )
        }
    }

    /// What the ledger says to an attempt other than that it may be made.
    mutating func refuse(_ number: Int64, _ settlement: Settlement?) {
        let place = place(number)
        if let settlement { entries[place].final = settlement } else { entries[place].isOpen = false }
    }

    /// An attempt begins: it must be allowed to.
    mutating func note(_ attempt: DispatchState.Attempt, isMade: Bool, now: Moment) {
        let place = place(attempt.queued.number)
        let entry = entries[place]
        let id = entry.written.id
        require(entry.isOpen && isFirst(entry), "\(id) began out of turn")
        require(!isEnding, "\(id) began after the end")
        require(entries.count { $0.isUnderWay } < policy.concurrency, "\(id) began though all places were taken")
        require(entry.final == nil, "\(id) began though it is settled")
        require(entry.hand.map { $0.due <= now.elapsed } ?? false, "\(id) began before its time")
        require(attempt.number == entry.attempts + 1, "\(id) began with the wrong number")
        guard let destination = entry.written.destination else { return begin(place, isMade: isMade, now: now) }
        var service = services[destination] ?? Service()
        require(!service.isRefusing, "\(id) began though its destination refuses the key")
        require(service.asked <= now.elapsed, "\(id) began though its destination asked to be left alone")
        let recent = service.begun.count { $0 > now.elapsed - policy.ratePeriod }
        require(recent < policy.rateCount, "\(id) began too soon after others")
        if let open = service.open {
            require(open.next <= now.elapsed && service.probe == nil, "\(id) began though the circuit is open")
            if isMade { service.probe = entry.number }
        }
        if isMade { service.begun.append(now.elapsed) }
        services[destination] = service
        begin(place, isMade: isMade, now: now)
    }

    private mutating func begin(_ place: Int, isMade: Bool, now: Moment) {
        guard isMade else { return }
        entries[place].isUnderWay = true
        entries[place].attempts += 1
        entries[place].began = entries[place].began ?? now.wall
        let first = entries[place].hand?.first ?? now.elapsed
        entries[place].hand?.first = first
    }

    /// Whether no other job of its lane stands before it.
    private func isFirst(_ entry: Entry) -> Bool {
        entries.first { $0.isOpen && $0.lane == entry.lane }?.number == entry.number
    }

    /// Memory has its bounds, and while there is room in it every lane that does not wait for a key is at work.
    mutating func noteMemory(_ numbers: Set<Int64>, avoiding avoided: Set<String>) {
        let held = Dictionary(grouping: entries.filter { numbers.contains($0.number) }, by: \.lane)
        for (lane, entries) in held {
            let last = entries.last.map { last in entries.count { $0.firing == last.firing } } ?? 0
            require(entries.count - last < policy.laneMax, "lane \(lane) has too many jobs in memory")
        }
        guard !isEnding, numbers.count <= policy.windowMax / 2 else { return }
        for job in page(behind: 0, limit: .max, avoiding: avoided).jobs where isFirst(entries[place(job.number)]) {
            require(numbers.contains(job.number), "\(job.job.id) is not in memory though there is room")
        }
    }

    /// The process looks at the first job of each lane that it has in memory, and forgets what it has not.
    mutating func noteMemory(_ numbers: Set<Int64>, now: Moment) {
        var seen: Set<String> = []
        for place in entries.indices where entries[place].isOpen {
            let entry = entries[place]
            let isFirst = seen.insert(entry.lane).inserted
            if !numbers.contains(entry.number) {
                entries[place].hand = nil
            } else if isFirst, entry.hand == nil {
                let longest = max(policy.retry.askedMax, policy.retry.delayMax)
                let wait = entry.due.map { now.wall.duration(to: $0) }.flatMap { $0 > longest ? nil : $0 }
                let age = entry.began.map { max($0.duration(to: now.wall), .zero) }
                entries[place].hand = (age.map { now.elapsed - $0 }, wait.map { now.elapsed + $0 } ?? .zero)
            }
        }
    }

    // MARK: - What may happen

    /// When the first job of a lane could begin; `nil` when that depends on something else.
    private func earliest(_ entry: Entry) -> Duration? {
        guard !entry.isUnderWay, entry.final == nil, let hand = entry.hand else { return nil }
        guard let destination = entry.written.destination, let service = services[destination] else { return hand.due }
        guard !service.isRefusing, service.probe == nil else { return nil }
        let recent = service.begun.suffix(policy.rateCount)
        let pace = recent.count == policy.rateCount ? (recent.first ?? .zero) + policy.ratePeriod : .zero
        return max(hand.due, service.asked, service.open?.next ?? .zero, pace)
    }

    /// Nothing happens before that time: nothing may become possible.
    mutating func noteSilence(until: Duration) {
        var lanes: Set<String> = []
        let hasRoom = !isEnding && entries.count { $0.isUnderWay } < policy.concurrency
        for entry in entries where entry.isOpen && lanes.insert(entry.lane).inserted {
            let isLeftOver = entry.final.map { $0.reason != "planned" } ?? false
            require(!isLeftOver, "\(entry.written.id) was not settled")
            guard hasRoom, let time = earliest(entry) else { continue }
            require(time >= until, "\(entry.written.id) could have begun at \(time)")
        }
    }

    /// Nothing will happen any more: what is open waits for a key, unless it all ended.
    mutating func noteEnd() {
        guard !isEnding else { return }
        for entry in entries where entry.isOpen {
            let isHeld = entries.contains { other in
                other.isOpen && other.lane == entry.lane && other.number <= entry.number
                    && other.written.destination.map { services[$0]?.isRefusing ?? false } ?? false
            }
            let ofFiring = entries.contains { other in
                other.isOpen && other.firing == entry.firing
                    && other.written.destination.map { services[$0]?.isRefusing ?? false } ?? false
            }
            require(isHeld || ofFiring, "\(entry.written.id) was never settled")
        }
    }
}
