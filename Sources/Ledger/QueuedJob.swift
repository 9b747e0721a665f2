public import ActionKit
public import Events

/// A job as it stands in the queue: not settled yet.
public struct QueuedJob: Hashable, Sendable {
    /// The job's number in the ledger, by which people name it.
    public var number: Int64

    /// Its place in the queue.
    ///
    /// A job that a person sends again gets a new one, at the end.
    public var position: Int64

    /// The number of the first job of its firing; the jobs of a firing stand behind one another.
    public var firing: Int64

    /// The job as its action receives it.
    public var job: Job

    /// The action's id.
    public var action: String

    /// The service that the job goes to; `nil` for none.
    public var destination: String?

    /// The settings as rendered.
    public var settings: Settings

    /// Jobs of one lane are performed one after the other: the conversation, or the event where there is none.
    public var lane: String

    /// Where its event came from.
    public var origin: EventOrigin

    /// When its event happened, where that is known.
    public var eventTime: Instant?

    /// When a timer fired for its event; `nil` for a job that its event asked for at once.
    public var firedAt: Instant?

    /// What the rules decided about it; `nil` for a job that is to be performed.
    public var verdict: Settlement?

    /// What attempts at it have shown so far.
    public var history: AttemptHistory

    /// Creates a job.
    public init(
        number: Int64,
        position: Int64,
        firing: Int64,
        job: Job,
        action: String,
        destination: String?,
        settings: Settings,
        lane: String,
        origin: EventOrigin = EventOrigin(),
        eventTime: Instant? = nil,
        firedAt: Instant? = nil,
        verdict: Settlement? = nil,
        history: AttemptHistory = AttemptHistory()
    ) {
        self.number = number
        self.position = position
        self.firing = firing
        self.job = job
        self.action = action
        self.destination = destination
        self.settings = settings
        self.lane = lane
        self.origin = origin
        self.eventTime = eventTime
        self.firedAt = firedAt
        self.verdict = verdict
        self.history = history
    }
}

/// Where an event came from.
public struct EventOrigin: Hashable, Sendable {
    /// The input's name in records, where there are several inputs.
    public var input: String?

    /// The 1-based line of the input; `nil` where there is none.
    public var line: Int?

    /// Creates an origin.
    public init(input: String? = nil, line: Int? = nil) {
        self.input = input
        self.line = line
    }
}

/// What attempts at a job have shown so far; survives the process.
public struct AttemptHistory: Hashable, Sendable {
    /// How many attempts were begun and not taken back.
    public var attempts: Int

    /// When the first of these began.
    public var began: Instant?

    /// Before when the next one is not to begin; `nil` for at once.
    public var due: Instant?

    /// Why the last one did not settle the job.
    public var lastReason: Reason?

    /// Whether one of them may have done it, since its outcome could not be learnt.
    public var mayBeDone: Bool

    /// Creates a history, empty or as it is remembered.
    public init(
        attempts: Int = 0,
        began: Instant? = nil,
        due: Instant? = nil,
        lastReason: Reason? = nil,
        mayBeDone: Bool = false
    ) {
        self.attempts = attempts
        self.began = began
        self.due = due
        self.lastReason = lastReason
        self.mayBeDone = mayBeDone
    }
}

/// A stretch of the queue: whole firings in order.
public struct QueuePage: Hashable, Sendable {
    /// The jobs.
    public var jobs: [QueuedJob]

    /// Behind which position to go on.
    public var end: Int64

    /// Whether nothing stands behind it now.
    public var isLast: Bool

    /// Creates a page.
    public init(jobs: [QueuedJob], end: Int64, isLast: Bool) {
        self.jobs = jobs
        self.end = end
        self.isLast = isLast
    }
}
