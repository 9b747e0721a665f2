import Events
import RuleEngine

/// What came of a batch of lines as far as it hangs on them alone; the rest is left, in order.
struct BatchOutcome {
    /// What is still to be done.
    enum Step {
        /// The records up to a place in ``records`` are to be written, and time goes on over those up to a place in ``times``.
        case decided(recordsEnd: Int, timesEnd: Int)
        /// An event is to be decided.
        case event(EventStream.Item, Matches)
        /// People are to know of a line that cannot be read.
        case rejected(Rejection, LinePlace)
        /// They are to know of what could not be decided.
        case fault(RuleFault, EventPlace)
        /// They are to know that the prefilter is wrong.
        case difference(PrefilterDifference, EventPlace)
    }

    /// What is still to be done, in order.
    private(set) var steps: [Step] = []

    /// What was counted; rejected lines and faults only as far as they are no steps.
    var summary = RunSummary()

    /// The records of what was decided.
    private(set) var records = RecordBatch()

    /// The times of the events of which nothing else is left.
    private(set) var times: [Instant] = []

    /// Rejected lines, each with a line feed.
    private(set) var rejects: [UInt8] = []

    /// The number of the last line; `nil` where there is none.
    var line: Int?

    /// Why the batch ended.
    var ending = BatchReader.Ending.full

    /// How far the file had been read when it did.
    var progress: (read: Int, size: Int)?

    /// Whether the prefilter was seen to be wrong, behind which nothing counts.
    private(set) var hasDifference = false

    private var rejectedSteps = 0
    private var faultSteps = 0

    /// Whether events may still be decided here.
    func hasRoom(_ limits: BatchLimits) -> Bool { records.bytes.count < limits.recordBytesMax }

    /// Notes what was decided about an event.
    mutating func add(_ decisions: Decisions) {
        for fault in decisions.faults { add(fault, decisions.place) }
        summary.count(decisions)
        for firing in decisions.firings { records.add(firing, of: decisions) }
    }

    /// Notes an event of which nothing but the time is left.
    mutating func pass(over time: Instant) { times.append(time) }

    /// Leaves an event to be decided in its turn.
    mutating func leave(_ item: EventStream.Item, _ matches: Matches) {
        markDecided()
        steps.append(.event(item, matches))
    }

    /// Notes a line that is no event; its bytes are kept if somebody wants them.
    mutating func reject(_ bytes: UnsafeRawBufferPointer?, _ rejection: Rejection, at place: LinePlace) {
        if let bytes = unsafe bytes {
            unsafe rejects.append(contentsOf: bytes)
            rejects.append(UInt8(ascii: "\n"))
        }
        guard rejectedSteps < RejectionLog.reportedMax else {
            summary.rejected += 1
            return
        }
        rejectedSteps += 1
        steps.append(.rejected(rejection, place))
    }

    /// Notes that the prefilter is wrong.
    mutating func add(_ difference: PrefilterDifference, at place: EventPlace) {
        hasDifference = true
        markDecided()
        steps.append(.difference(difference, place))
    }

    /// Notes that nothing more comes.
    mutating func end(_ ending: BatchReader.Ending) {
        markDecided()
        self.ending = ending
    }

    /// Forgets everything and keeps the memory that batches usually take.
    mutating func removeAll() {
        steps.removeAll(keepingCapacity: true)
        summary = RunSummary()
        records.removeAll()
        times.removeAll(keepingCapacity: true)
        rejects.removeAll(keepingCapacity: rejects.capacity <= BatchLimits.keptBytesMax)
        (rejectedSteps, faultSteps) = (0, 0)
        hasDifference = false
        (line, progress) = (nil, nil)
        ending = .full
    }

    private mutating func add(_ fault: RuleFault, _ place: EventPlace) {
        guard faultSteps < Decider.faultsReportedMax else {
            summary.faults += 1
            return
        }
        faultSteps += 1
        steps.append(.fault(fault, place))
    }

    private mutating func markDecided() {
        steps.append(.decided(recordsEnd: records.bytes.count, timesEnd: times.count))
    }
}
