internal import Ledger

/// What the dispatcher needs of the ledger.
///
/// A protocol so that tests can have one that fails.
protocol JobLedger: Sendable {
    /// How many jobs are not settled.
    var openCount: Int { get }

    /// The jobs that are not settled, in order, of one lane or all, without those that wait for one of these destinations or
    /// behind such a job.
    func queued(
        behind position: Int64,
        limit: Int,
        avoiding destinations: Set<String>,
        lane: String?
    ) async throws(LedgerProblem) -> QueuePage

    /// Writes what happened and says which attempts may begin.
    func take(_ step: DeliveryStep, guards: DeliveryGuards) async throws(LedgerProblem) -> [Permission]
}

extension Ledger: JobLedger {}

/// How far the queue was read into memory.
struct QueueCursor {
    /// Behind which position to go on.
    private(set) var position: Int64 = 0

    /// Whether nothing stood behind it when it was last looked.
    private(set) var isExhausted = false

    private var isRefilling = true

    /// Whether to read on: from when the window is half empty until it is full.
    mutating func wantsPage(count: Int, windowMax: Int) -> Bool {
        if count <= windowMax / 2 { isRefilling = true }
        if count >= windowMax { isRefilling = false }
        return isRefilling && !isExhausted
    }

    /// Notes that a page was read.
    mutating func take(_ page: QueuePage) {
        position = page.end
        isExhausted = page.isLast
    }

    /// Notes that something was put behind the end.
    mutating func noteArrival() {
        isExhausted = false
    }

    /// Goes back to the beginning.
    mutating func rewind() {
        position = 0
        isExhausted = false
        isRefilling = true
    }
}
