internal import ActionKit
internal import Events
internal import Ledger

extension DispatchState {
    /// Takes the outcome of an attempt in.
    ///
    /// The wait before the next attempt, if there is one, depends on `jitter`, a number from `0..<1`.
    mutating func attempted(
        lane: String,
        _ outcome: DeliveryOutcome,
        exchange: ExchangeRecord? = nil,
        jitter: Double,
        now: Moment
    ) {
        let (place, task, attempt) = finishAttempt(in: lane)
        // A job that was let through ends a loop; the next one is told again.
        loops.remove(task.queued.job.conversation ?? lane)
        noteHealth(task.queued.destination, outcome, attempt, now: now.elapsed)
        guard var progress = lanes.values[place].progress else { preconditionFailure("an attempt without progress") }
        var ended = EndedAttempt(
            job: task.queued.number,
            attempt: progress.attempts,
            outcome: outcome,
            exchange: exchange,
            consequence: .takenBack
        )
        if case .unauthorized(let reason) = outcome, let destination = task.queued.destination {
            news.ended.append(ended)
            progress.takeBack()
            lanes.values[place].progress = progress
            // An answer to the old key says nothing about the new one.
            let isOutdated = attempt.keyVersion != gates[gateNumber(destination)].keyVersion
            if !isOutdated { pause(destination, because: reason) }
            return advance(lane, now: now)
        }
        let step = progress.take(outcome, effect: task.effect, policy: policy.retry, jitter: jitter, now: now.elapsed)
        lanes.values[place].progress = progress
        switch step {
        case .again(let due):
            ended.consequence = .again(due: now.wall.advanced(by: due - now.elapsed))
            news.ended.append(ended)
        case .settled(let settlement):
            ended.consequence = .settled(settlement)
            news.ended.append(ended)
            settle(place, task.queued, settlement)
        }
        advance(lane, now: now)
    }

    /// Takes in that an attempt may not be made, and why.
    mutating func refuse(_ attempt: Attempt, with permission: Permission, now: Moment) {
        let (place, task, begun) = finishAttempt(in: attempt.lane)
        gates[gateNumber(task.queued.destination)].giveBack(isProbe: begun.isProbe, now: now.elapsed)
        switch permission {
        case .granted, .narrowed: preconditionFailure("an attempt was refused that may be made")
        case .settled(let settlement):
            noteLoop(attempt.queued.job.conversation ?? attempt.lane, settlement)
            settle(place, task.queued, settlement)
        case .gone:
            forget(CollectionOfOne(task.queued.number))
            lanes.values[place].advance()
        }
        advance(attempt.lane, now: now)
    }

    /// Notes how a destination is, as an attempt has shown.
    private mutating func noteHealth(
        _ destination: String?,
        _ outcome: DeliveryOutcome,
        _ attempt: Lane.AttemptUnderWay,
        now: Duration
    ) {
        // At the end attempts are cancelled, which is no failure of their destination.
        guard !isEnding, let destination else { return }
        let askedMax = policy.retry.askedMax
        let gate = gateNumber(destination)
        switch gates[gate].take(outcome, isProbe: attempt.isProbe, askedMax: askedMax, now: now) {
        case .opened?: news.notices.append(.circuitOpened(destination: destination, outcome.reason))
        case .closed?: news.notices.append(.circuitClosed(destination: destination))
        case nil: break
        }
    }

    /// Tells of a conversation that is taken for a loop, if that is new.
    private mutating func noteLoop(_ conversation: String, _ settlement: Settlement) {
        guard settlement.reason == JobReason.loopGuard, !loops.contains(conversation) else { return }
        if loops.count >= Self.loopsRememberedMax { loops = [] }
        loops.insert(conversation)
        news.notices.append(.loopStopped(conversation: conversation, settlement))
    }

    // MARK: - Lanes

    /// Brings a lane to its next attempt, and settles the jobs on the way there that need none.
    mutating func advance(_ lane: String, now: Moment) {
        while let place = lanes.index(forKey: lane) {
            guard let task = lanes.values[place].task else {
                lanes.remove(at: place)
                return
            }
            guard !isEnding, !isHeld(task.queued) else { return leave(lane) }
            guard case .settled(let settlement) = task.work else { return makeReady(lane, place, task, now: now) }
            news.settled.append(SettledJob(job: task.queued.number, settlement: settlement))
            settle(place, task.queued, settlement)
        }
    }

    /// Whether a job waits for its destination to have another key.
    private func isHeld(_ job: QueuedJob) -> Bool {
        guard let destination = job.destination, let gate = gateNumbers[destination] else { return false }
        return gates[gate].isRefusing
    }

    private mutating func makeReady(
        _ lane: String,
        _ place: Dictionary<String, Lane>.Index,
        _ task: FiringDelivery.Task,
        now: Moment
    ) {
        let progress =
            lanes.values[place].progress ?? JobProgress(task.queued.history, policy: policy.retry, now: now)
        lanes.values[place].progress = progress
        if progress.due > now.elapsed {
            waiting.insert(lane, due: progress.due)
        } else {
            enqueue(lane)
        }
    }

    /// Settles the job in hand, whose settlement is written or in the news, and those behind it in its firing if it was not
    /// done.
    private mutating func settle(_ place: Dictionary<String, Lane>.Index, _ job: QueuedJob, _ settlement: Settlement) {
        noteSettled(job, settlement)
        lanes.values[place].advance()
        guard settlement.status == .failed || settlement.status == .unknown else { return }
        for left in lanes.values[place].abandonFiring() {
            var settlement = Settlement.earlierFailed
            settlement.attempts = left.history.attempts
            news.settled.append(SettledJob(job: left.number, settlement: settlement))
            noteSettled(left, settlement)
        }
    }

    private mutating func noteSettled(_ job: QueuedJob, _ settlement: Settlement) {
        news.reports.append(Report(job: job, settlement: settlement))
        forget(CollectionOfOne(job.number))
        // While its destination refuses the key, what comes behind such a job is left in the ledger.
        if isHeld(job) { news.freesLane = true }
    }
}

extension DeliveryOutcome {
    /// Why the attempt did not succeed, for people.
    fileprivate var reason: Reason {
        switch self {
        case .retry(let reason, _), .rejected(let reason), .unauthorized(let reason), .unknown(let reason): reason
        case .delivered(let receipt), .partial(let receipt): Reason("delivered", receipt.detail)
        }
    }
}
