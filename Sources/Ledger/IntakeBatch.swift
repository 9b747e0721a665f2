public import ActionKit
public import Directory
public import Events

/// What was read and decided since the last batch: written whole or not at all.
public struct IntakeBatch: Sendable {
    /// Digests of the ids of the events that were decided, to recognise them when they come again.
    public var seen: [EventDigest] = []

    /// The events that fired.
    public var events: [FiredEvent] = []

    /// How far inputs were read.
    public var marks: [InputMark] = []

    /// Up to which number the events of the inbox are decided.
    public var inboxEnd: Int64?

    /// What teams picked, in order.
    public var picks: [Picks.Change] = []

    /// The latest time that an event carried so far.
    public var latestTime: Instant?

    /// The engine's clock, up to which everything is decided.
    public var clock: Instant?

    /// What is remembered now, and what no more; of several changes under one slot and key the last one counts.
    public var stateChanges: [KeptChange] = []

    /// The numbers of the requests of people that these changes carry out.
    public var requestsDone: [Int64] = []

    /// Creates an empty batch.
    public init() {}

    /// Whether there is nothing to write; the latest time alone is nothing.
    public var isEmpty: Bool {
        seen.isEmpty && events.isEmpty && marks.isEmpty && inboxEnd == nil && picks.isEmpty && stateChanges.isEmpty
            && requestsDone.isEmpty && clock == nil
    }
}

/// An event on which rules fired.
///
/// The event of a timer may have been written before, with what fired at once, in whatever batch: each firing of a timer
/// stands by itself, with the event once more.
public struct FiredEvent: Sendable {
    /// Its id, where it has one.
    public var id: String?
    /// Its type.
    public var type: String
    /// When it happened, where that is known.
    public var time: Instant?
    /// Its customer, where it has one.
    public var customer: String?
    /// Its conversation, where it has one.
    public var conversation: String?
    /// Where it came from.
    public var origin: EventOrigin
    /// The original as JSON text.
    public var original: String
    /// When a timer fired for it; `nil` for what it caused at once.
    public var firedAt: Instant?
    /// The firings in the order in which their rules were decided.
    public var firings: [NewFiring]

    /// Creates an event.
    public init(
        id: String?,
        type: String,
        time: Instant?,
        customer: String?,
        conversation: String?,
        origin: EventOrigin,
        original: String,
        firedAt: Instant? = nil,
        firings: [NewFiring]
    ) {
        self.id = id
        self.type = type
        self.time = time
        self.customer = customer
        self.conversation = conversation
        self.origin = origin
        self.original = original
        self.firedAt = firedAt
        self.firings = firings
    }
}

/// A firing that is to be delivered.
public struct NewFiring: Sendable {
    /// The rule as it stood when it fired.
    public var rule: RuleVersion
    /// Firings of one lane are performed one after the other.
    public var lane: String
    /// The jobs in order.
    public var jobs: [NewJob]

    /// Creates a firing.
    public init(rule: RuleVersion, lane: String, jobs: [NewJob]) {
        self.rule = rule
        self.lane = lane
        self.jobs = jobs
    }
}

/// A job that a firing asks for.
public struct NewJob: Sendable {
    /// The job as its action receives it.
    public var job: Job
    /// The action's id.
    public var action: String
    /// The service that it goes to; `nil` for none.
    public var destination: String?
    /// What a second attempt may do.
    public var effect: EffectClass
    /// The settings as rendered.
    public var settings: Settings
    /// What the rules decided about it; `nil` for a job that is to be performed.
    public var verdict: Settlement?

    /// Creates a job.
    public init(
        job: Job,
        action: String,
        destination: String?,
        effect: EffectClass,
        settings: Settings,
        verdict: Settlement? = nil
    ) {
        self.job = job
        self.action = action
        self.destination = destination
        self.effect = effect
        self.settings = settings
        self.verdict = verdict
    }
}

/// A rule as it stood when it fired.
public struct RuleVersion: Hashable, Sendable {
    /// The rule's id.
    public var id: String
    /// A digest of its text.
    public var version: String
    /// The file in which it stood.
    public var file: String
    /// The 1-based line on which it began.
    public var line: Int
    /// Its text.
    public var text: String

    /// Creates a version.
    public init(id: String, version: String, file: String, line: Int, text: String) {
        self.id = id
        self.version = version
        self.file = file
        self.line = line
        self.text = text
    }
}
