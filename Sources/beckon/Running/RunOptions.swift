import Delivery
import Events
import Ledger
import RuleCompiler
import RuleEngine

/// What a run was told on its command line.
struct RunOptions: Sendable {
    /// How inputs are read.
    enum Reading: Sendable {
        /// One after the other, each to its end; from the first line even of those that were read before, if that is asked for.
        case once(fromStart: Bool)
        /// On and on, as they grow.
        case following(fromStart: Bool)
        /// The standard input, written to disk before it is decided.
        case spooling
        /// What others put into the ledger's inbox.
        case inbox(InboxBell)
    }

    /// What becomes of the timers that wait when the input has ended.
    enum AtEnd: String, CaseIterable, Sendable {
        /// They fire, however far off their time is.
        case fire
        /// They wait for what another run reads; in a dry run those that are due at the time of the last event fire.
        case wait
    }

    /// Whether rules are passed over whose conditions cannot hold.
    enum Prefilter: Sendable {
        /// They are.
        case used
        /// Every rule is evaluated.
        case unused
        /// Both is done for each event, and the run ends where they differ.
        case verified
    }

    /// The inputs, read in this order.
    var inputs: [InputSource]

    /// How they are read.
    var reading = Reading.once(fromStart: false)

    /// The shape of the events.
    var format: InputFormat

    /// Longer lines are rejected.
    var lineBytesMax: Int

    /// Where the ledger is kept; `nil` for one that ends with the run.
    var state: StateFolder?

    /// What becomes of timers at the end.
    var atEnd = AtEnd.wait

    /// How long jobs are still attempted after the end of the input.
    var drain: Duration

    /// On how many threads a dry run decides.
    var threads = 1

    /// Whether rules are passed over.
    var prefilter = Prefilter.used
}

extension RuleEngine {
    /// Creates an engine that passes over rules, or does not.
    init(_ program: Program, prefilter: RunOptions.Prefilter) {
        self.init(program, index: prefilter == .unused ? nil : RuleIndex(program))
    }
}

extension DeliveryPolicy {
    /// The policy that settings ask for.
    init(_ settings: DeliverySettings) {
        var retry = RetryPolicy()
        retry.attemptsMax = settings.attempts
        retry.giveUpAfter = settings.giveUpAfter
        self.init(
            concurrency: settings.concurrency,
            rateCount: settings.rate.count,
            ratePeriod: settings.rate.per,
            retry: retry
        )
    }
}
