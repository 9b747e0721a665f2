public import ActionKit

/// The jobs of one firing on their way: performed in order, each only if those before it did not fail.
public struct FiringDelivery: Sendable {
    /// A job with what is to be done about it.
    public struct Task: Sendable {
        /// What is to be done about a job.
        public enum Work: Sendable {
            /// Its action performs it.
            case perform(any Action)

            /// Nothing: it is settled already, and is here so that it is reported in its place.
            case settled(Settlement)
        }

        /// The job.
        public let job: Job

        /// What is to be done about it.
        public let work: Work

        /// The service that the job goes to; `nil` for none.
        let destination: String?

        /// What a second attempt may do.
        let effect: EffectClass

        /// Creates a task.
        public init(job: Job, _ work: Work) {
            self.job = job
            self.work = work
            switch work {
            case .perform(let action):
                let spec = type(of: action).spec
                destination = spec.destination
                effect = spec.effect
            case .settled:
                destination = nil
                effect = .atMostOnce
            }
        }
    }

    /// Tells the caller's firings apart.
    public var number: Int

    /// Firings of one lane are performed one after the other: the conversation, where there is one.
    public var lane: String

    /// The jobs in order.
    public var tasks: [Task]

    /// Creates a delivery.
    public init(number: Int, lane: String, tasks: [Task]) {
        self.number = number
        self.lane = lane
        self.tasks = tasks
    }
}

/// What became of a job in the end.
public struct Settlement: Hashable, Sendable {
    /// How a job can end, in the words of the output records.
    public enum Status: String, Sendable {
        /// It is done.
        case delivered
        /// It is done for some.
        case partial
        /// It is not done and will not be tried again.
        case failed
        /// It may be done: the outcome could not be learnt.
        case unknown
        /// It was held back.
        case suppressed
    }

    /// How it ended.
    public var status: Status

    /// A short code; `nil` where there is nothing to explain.
    public var reason: String?

    /// One sentence for people.
    public var detail: String?

    /// How many attempts were made.
    public var attempts: Int

    /// Creates a settlement.
    public init(_ status: Status, reason: String? = nil, detail: String? = nil, attempts: Int) {
        self.status = status
        self.reason = reason
        self.detail = detail
        self.attempts = attempts
    }
}
