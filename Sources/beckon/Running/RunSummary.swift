import Foundation
import Logging
import RuleEngine

/// What a run has seen and done, in numbers.
struct RunSummary {
    var lines = 0
    var blank = 0
    var events = 0
    var unknownEvents = 0
    var rejected = 0
    /// Events that were known by their ids and not decided again.
    var repeated = 0
    var matched = 0
    var firings = 0
    var faults = 0
    /// Events that came too late or too early for time, and windows that were forgotten.
    var time = StateCounts()
    var jobs: [JobRecord.Status: Int] = [:]

    /// Counts what else was seen and done.
    mutating func add(_ other: RunSummary) {
        lines += other.lines
        blank += other.blank
        events += other.events
        unknownEvents += other.unknownEvents
        rejected += other.rejected
        repeated += other.repeated
        matched += other.matched
        firings += other.firings
        faults += other.faults
        time.late += other.time.late
        time.ahead += other.time.ahead
        time.forgotten += other.time.forgotten
        jobs.merge(other.jobs) { $0 + $1 }
    }

    /// Counts what was decided, but for what could not be.
    mutating func count(_ decisions: Decisions) {
        guard !decisions.firings.isEmpty else { return }
        if decisions.firedAt == nil { matched += 1 }
        firings += decisions.firings.count
    }

    /// The statuses that leave something for a person to do.
    private static let problemStatuses: [JobRecord.Status] = [.partial, .failed, .unknown, .waiting]

    /// Whether everything went as it should.
    var isClean: Bool {
        rejected == 0 && faults == 0 && Self.problemStatuses.allSatisfy { jobs[$0] == nil }
    }

    /// Tells people, or log collectors, how the run went.
    func log(_ logger: Logger, took: Duration, format: String) {
        let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
        let rate = seconds > 0 ? Int(Double(events) / seconds) : 0
        let statuses = JobRecord.Status.allCases.compactMap { status in jobs[status].map { (status.rawValue, $0) } }
        let jobText = statuses.isEmpty ? "no jobs" : statuses.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
        var read = "read \(events.counted("event"))"
        if rejected > 0 { read += ", \(rejected.counted("line")) rejected" }
        if repeated > 0 { read += ", \(repeated) known already" }
        if time.late > 0 { read += ", \(time.late) too late" }
        if time.ahead > 0 { read += ", \(time.ahead) ahead of the clock" }
        if faults > 0 { read += ", \(faults.counted("fault"))" }
        logger.info(
            """
            \(read); \(matched) matched, \(firings.counted("firing")): \(jobText) \
            (\(String(format: "%.1f", seconds)) s, \(rate) events/s)
            """
        )
        if time.forgotten > 0 {
            let count = time.forgotten
            logger.warning(
                """
                \(count.counted("window")) \(count == 1 ? "was" : "were") forgotten before \(count == 1 ? "its" : "their") \
                time, since more than \(StateLimits().windowsMax) were open
                """
            )
        }
        if events > 0, unknownEvents == events {
            logger.warning(
                "no event was of a known kind; is the input format '\(format)' right? '--input-format' sets another"
            )
        }
    }
}
