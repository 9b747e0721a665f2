internal import ActionKit
internal import Ledger

/// The turns of a dispatcher: each takes in all that has happened, writes one step, and acts on what the ledger permits.
///
/// What happens while a step is written waits for the next one, so that the steps grow with the load and their number does
/// not.
struct DispatchTurns {
    /// Why the ledger could not be read or written.
    private(set) var problem: LedgerProblem?

    private let dispatcher: Dispatcher
    private let intake: Dispatcher.Intake
    private let drain: Duration
    private let work: @Sendable (QueuedJob) -> FiringDelivery.Work
    private let stopwatch: Stopwatch
    private var state: DispatchState
    private var cursor = QueueCursor()
    private var isFed = false
    private var attemptsUnderWay = 0

    init(
        _ dispatcher: Dispatcher,
        intake: Dispatcher.Intake,
        drain: Duration,
        work: @escaping @Sendable (QueuedJob) -> FiringDelivery.Work
    ) {
        self.dispatcher = dispatcher
        self.intake = intake
        self.drain = drain
        self.work = work
        stopwatch = Stopwatch(dispatcher.clock)
        state = DispatchState(policy: dispatcher.policy)
    }

    private var now: Moment { Moment(elapsed: stopwatch.elapsed(), wall: dispatcher.now()) }

    /// Takes turns until there is nothing more to do.
    mutating func run(
        in group: inout DiscardingTaskGroup,
        canReport: () -> Bool,
        report: (QueuedJob, Settlement) async -> Void,
        notice: (DeliveryNotice) async -> Void
    ) async {
        while true {
            for occurrence in intake.mailbox.takeAll() { take(occurrence) }
            // Attempts that a cancelled task began would end before they are made.
            if Task.isCancelled { state.end() }
            let isHeldUp = !canReport()
            let attempts = isHeldUp ? [] : state.begin(now: stopwatch.elapsed())
            let news = state.takeNews()
            var isBusy = act(on: await write(news, attempts), attempts, in: &group)
            if !isHeldUp, await load() { isBusy = true }
            for message in news.notices { await notice(message) }
            if problem == nil {
                for settled in news.reports { await report(settled.job, settled.settlement) }
            }
            makeRoom()
            guard !isBusy else { continue }
            if isOver { break }
            if !isHeldUp { setAlarm(in: &group) }
            await intake.mailbox.wait()
        }
    }

    private mutating func take(_ occurrence: Dispatcher.Occurrence) {
        switch occurrence {
        case .arrived: cursor.noteArrival()
        case .rescan: rewind()
        case .roomIsWanted, .reportsHaveRoom: break
        case .resumed(let destination): if state.resume(destination) { rewind() }
        case .attempted(let lane, let outcome, let exchange):
            attemptsUnderWay -= 1
            state.attempted(lane: lane, outcome, exchange: exchange, jitter: dispatcher.jitter(), now: now)
        case .woke: state.woke(now: stopwatch.elapsed())
        case .fed:
            isFed = true
            state.close(drain: drain, now: stopwatch.elapsed())
        case .stopped: state.end()
        }
    }

    // MARK: - Reading and writing

    /// Has everything that is not in memory read again.
    private mutating func rewind() {
        cursor.rewind()
        state.overflowing = [:]
    }

    /// Reads on in the queue, or in a long lane, if there is room in the window; whether there is more to do for it.
    ///
    /// Not before the ledger knows what became of the jobs that left the window, since it would hand them out again.
    private mutating func load() async -> Bool {
        guard !state.isEnding, state.news.isWritten else { return false }
        let policy = dispatcher.policy
        do throws(LedgerProblem) {
            if let stretch = state.nextStretch {
                let page = try await page(behind: stretch.position, limit: stretch.limit, lane: stretch.lane)
                state.load(page, of: stretch, work: work, now: now)
            } else if cursor.wantsPage(count: state.count, windowMax: policy.windowMax) {
                let limit = min(policy.pageMax, policy.windowMax - state.count)
                let page = try await page(behind: cursor.position, limit: limit, lane: nil)
                cursor.take(page)
                state.load(page.jobs, work: work, now: now)
            } else {
                return false
            }
        } catch {
            fail(error)
        }
        return true
    }

    private func page(
        behind position: Int64,
        limit: Int,
        lane: String?
    ) async throws(LedgerProblem) -> QueuePage {
        try await dispatcher.ledger.queued(behind: position, limit: limit, avoiding: state.refusing, lane: lane)
    }

    /// Writes what happened and what is about to; which attempts may begin, or `nil` when it could not be written.
    private mutating func write(
        _ news: DispatchState.News,
        _ attempts: [DispatchState.Attempt]
    ) async -> [Permission]? {
        if news.freesLane { rewind() }
        var step = DeliveryStep(now: dispatcher.now())
        step.ended = news.ended
        step.settled = news.settled
        step.beginning = attempts.map(\.beginning)
        guard problem == nil, !step.isEmpty else { return [] }
        do throws(LedgerProblem) {
            let permissions = try await dispatcher.ledger.take(step, guards: dispatcher.guards)
            precondition(
                permissions.count == attempts.count,
                "the ledger answered for other attempts than it was asked for"
            )
            return permissions
        } catch {
            fail(error)
            return nil
        }
    }

    /// Lets the attempts under way end, and nothing else.
    private mutating func fail(_ problem: LedgerProblem) {
        self.problem = problem
        state.end()
        state.news.notices.append(.ledgerFailed(problem))
        intake.room.close()
    }

    // MARK: - Acting

    /// Makes the attempts that are permitted; whether there is more to do at once.
    private mutating func act(
        on permissions: [Permission]?,
        _ attempts: [DispatchState.Attempt],
        in group: inout DiscardingTaskGroup
    ) -> Bool {
        guard let permissions else { return true }
        var isBusy = false
        for (attempt, permission) in zip(attempts, permissions) {
            switch permission {
            case .granted: start(attempt.action, attempt, in: &group)
            case .narrowed(let members): start(attempt.action.narrowed(to: members), attempt, in: &group)
            case .settled, .gone:
                state.refuse(attempt, with: permission, now: now)
                isBusy = true
            }
        }
        return isBusy
    }

    private mutating func start(
        _ action: any Action,
        _ attempt: DispatchState.Attempt,
        in group: inout DiscardingTaskGroup
    ) {
        attemptsUnderWay += 1
        group.addTask { [transport = dispatcher.transport, mailbox = intake.mailbox] in
            let recorder = ExchangeRecorder(transport)
            let outcome = await action.deliver(attempt.queued.job, over: recorder)
            mailbox.post(.attempted(lane: attempt.lane, outcome, recorder.record))
        }
    }

    /// Lets those in who wait for room, or sends them away if there can be none.
    private mutating func makeRoom() {
        intake.room.update()
        let isStuck = state.count == 0 && cursor.isExhausted && !state.refusing.isEmpty && !dispatcher.keysMayChange
        if isStuck { intake.room.turnAway() }
    }

    /// Sees to it that the next attempt is not missed.
    private mutating func setAlarm(in group: inout DiscardingTaskGroup) {
        guard let due = state.alarm(now: stopwatch.elapsed()) else { return }
        group.addTask { [stopwatch, mailbox = intake.mailbox] in
            guard await stopwatch.sleep(until: due) else { return }
            mailbox.post(.woke)
        }
    }

    private var isOver: Bool {
        isFed && attemptsUnderWay == 0 && (state.isEnding || (state.count == 0 && cursor.isExhausted))
    }
}

extension DispatchState.Attempt {
    fileprivate var beginning: BeginningAttempt {
        BeginningAttempt(
            job: queued.number,
            attempt: number,
            repeatGuard: action.repeatGuard,
            isSynced: effect == .atMostOnce
        )
    }
}
