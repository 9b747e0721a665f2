public import ActionKit
public import Events

/// What the dispatcher has to write down before it goes on: written whole or not at all.
public struct DeliveryStep: Sendable {
    /// The time of the step on the wall.
    public var now: Instant

    /// Attempts that ended.
    public var ended: [EndedAttempt] = []

    /// Jobs that are settled without an attempt.
    public var settled: [SettledJob] = []

    /// Attempts that are about to begin.
    public var beginning: [BeginningAttempt] = []

    /// Creates an empty step.
    public init(now: Instant) {
        self.now = now
    }

    /// Whether there is nothing to write.
    public var isEmpty: Bool { ended.isEmpty && settled.isEmpty && beginning.isEmpty }
}

/// An attempt that ended, and what follows for its job.
public struct EndedAttempt: Sendable {
    /// What follows for a job from the end of an attempt.
    public enum Consequence: Hashable, Sendable {
        /// Another attempt is to be made, not before that time.
        case again(due: Instant)
        /// The key was refused, so that nothing was tried: the attempt counts for nothing, and the next one has its number.
        case takenBack
        /// It has its final outcome.
        case settled(Settlement)
    }

    /// The job's number.
    public var job: Int64

    /// Which attempt at it, from 1.
    public var attempt: Int

    /// What became of the attempt.
    public var outcome: DeliveryOutcome

    /// What went over the wire last; `nil` for an action that sends nothing.
    public var exchange: ExchangeRecord?

    /// What follows.
    public var consequence: Consequence

    /// Creates an end.
    public init(
        job: Int64,
        attempt: Int,
        outcome: DeliveryOutcome,
        exchange: ExchangeRecord? = nil,
        consequence: Consequence
    ) {
        self.job = job
        self.attempt = attempt
        self.outcome = outcome
        self.exchange = exchange
        self.consequence = consequence
    }
}

/// A request without its key, and what came back.
public struct ExchangeRecord: Hashable, Sendable {
    /// What was sent; the key is no part of it.
    public var request: ActionRequest

    /// The status code of the answer; `nil` when none came.
    public var status: Int?

    /// The beginning of the answer's body, at most ``LedgerLimits/answerBytesMax`` bytes.
    public var answer: String?

    /// Creates a record.
    public init(request: ActionRequest, status: Int? = nil, answer: String? = nil) {
        self.request = request
        self.status = status
        self.answer = answer
    }
}

/// A job that is settled without an attempt of its own.
public struct SettledJob: Hashable, Sendable {
    /// The job's number.
    public var job: Int64

    /// What became of it.
    public var settlement: Settlement

    /// Creates the end of a job.
    public init(job: Int64, settlement: Settlement) {
        self.job = job
        self.settlement = settlement
    }
}

/// An attempt that is about to begin.
public struct BeginningAttempt: Sendable {
    /// The job's number.
    public var job: Int64

    /// Which attempt at it, from 1.
    public var attempt: Int

    /// Whom the job is for, and for how long that counts as done; `nil` where it may be done again at any time.
    public var repeatGuard: RepeatGuard?

    /// Whether the beginning must survive a power failure, since a second attempt might do it twice.
    public var isSynced: Bool

    /// Creates a beginning.
    public init(job: Int64, attempt: Int, repeatGuard: RepeatGuard?, isSynced: Bool) {
        self.job = job
        self.attempt = attempt
        self.repeatGuard = repeatGuard
        self.isSynced = isSynced
    }
}

/// Whether an attempt may begin.
public enum Permission: Hashable, Sendable {
    /// It may; its beginning is written.
    case granted
    /// It may, for these members only: for the others it is done already. Its beginning is written.
    case narrowed([String])
    /// It may not, and the job is settled so, by this step or by a person beside the run.
    case settled(Settlement)
    /// The job is not there any more: a person has forgotten its customer.
    case gone
}

/// What keeps jobs from being performed that rules asked for.
public struct DeliveryGuards: Hashable, Sendable {
    /// How many jobs of one conversation may begin in a time before it is taken for a loop.
    public struct LoopGuard: Hashable, Sendable {
        /// How many.
        public var count: Int
        /// In which time.
        public var period: Duration

        /// Creates a guard.
        public init(count: Int = 50, period: Duration = .seconds(600)) {
            self.count = count
            self.period = period
        }
    }

    /// The loop guard; `nil` for none.
    public var loop: LoopGuard?

    /// Jobs of events that happened longer ago are not performed; `nil` for no such bound.
    public var eventAgeMax: Duration?

    /// Creates guards.
    public init(loop: LoopGuard? = LoopGuard(), eventAgeMax: Duration? = nil) {
        self.loop = loop
        self.eventAgeMax = eventAgeMax
    }
}
