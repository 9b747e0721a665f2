public import Events

/// The durable record of jobs, attempts and outcomes: what was asked for, tried and done.
public final class Ledger: Sendable {
    /// How many jobs are not settled.
    public var openCount: Int { 0 }

    /// Creates a ledger that lives as long as the process.
    public static func inMemory() throws(LedgerProblem) -> Ledger { Ledger() }

    /// The jobs that are not settled, in order, without those that wait for one of these destinations or behind such a job.
    public func queued(
        behind position: Int64,
        limit: Int,
        avoiding destinations: Set<String>
    ) async throws(LedgerProblem) -> QueuePage {
        QueuePage(jobs: [], end: position, isLast: true)
    }

    /// Writes what happened and says which attempts may begin.
    public func take(_ step: DeliveryStep, guards: DeliveryGuards) async throws(LedgerProblem) -> [Permission] { [] }

    /// Writes what was decided.
    public func take(_ batch: IntakeBatch, now: Instant) throws(LedgerProblem) {}
}
