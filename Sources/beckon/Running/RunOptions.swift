import Delivery
import Events
import RuleCompiler

/// What a run was told on its command line.
struct RunOptions: Sendable {
    /// The inputs, read in this order.
    var inputs: [InputSource]

    /// The shape of the events.
    var format: InputFormat

    /// Longer lines are rejected.
    var lineBytesMax: Int

    /// Whether nothing is performed.
    var isDryRun: Bool

    /// How long jobs are still attempted after the end of the input.
    var drain: Duration
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
