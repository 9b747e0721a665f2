import ActionKit
import Events
import Ledger
import RuleEngine

/// One line of output: what became of one job.
struct JobRecord {
    /// The statuses that a record can have.
    enum Status: String, CaseIterable {
        case planned
        case delivered
        case partial
        case failed
        case unknown
        case suppressed
        case waiting
    }

    /// Where its event came from.
    var origin: EventOrigin

    /// When the timer fired that its event had started; `nil` for a job that its event asked for at once.
    var firedAt: Instant?

    /// The job.
    var job: Job

    /// Its number in the ledger; `nil` for a job that is in none, or in one that ends with the run.
    var number: Int64?

    /// Its action's id.
    var action: String

    /// Its settings as rendered.
    var settings: Settings

    /// What became of it.
    var status: Status

    /// Why, as a short code.
    var reason: String?

    /// Why, as a sentence.
    var detail: String?

    /// Writes the record as a JSON object, the members in the order that the product shows.
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("line", ifPresent: origin.line)
            $0.member("input", ifPresent: origin.input)
            $0.member("event", ifPresent: job.event)
            $0.member("at", ifPresent: firedAt?.iso8601)
            $0.member("rule", job.rule)
            $0.member("action", action)
            $0.member("conversation", ifPresent: job.conversation)
            $0.member("with", settings)
            $0.member("status", status.rawValue)
            $0.member("reason", ifPresent: reason)
            $0.member("detail", ifPresent: detail)
            $0.member("job", ifPresent: number)
        }
    }
}

extension JobRecord {
    /// A record of a job as the rules decided it, nothing performed.
    init(_ planned: PlannedJob, of decisions: Decisions) {
        self.init(
            origin: EventOrigin(input: decisions.place.input, line: decisions.place.line),
            firedAt: decisions.firedAt,
            job: planned.job,
            action: planned.action,
            settings: planned.settings,
            status: .planned
        )
        switch planned.plan {
        case .perform: break
        case .suppressed(let why): (status, reason, detail) = (.suppressed, why.code, why.detail)
        case .failed(let why): (status, reason, detail) = (.failed, why.code, why.detail)
        }
    }

    /// A record of a job with what became of it.
    ///
    /// Its number is told if the job is kept: only then can it be found when the run is over.
    init(_ job: QueuedJob, _ settlement: Settlement, isKept: Bool) {
        self.init(job, Status(settlement.status), settlement.reason, settlement.detail, isKept: isKept)
    }

    /// A record of a job that a run leaves behind.
    ///
    /// If it is kept, the next run goes on with it; if not, it ends with this one.
    init(_ job: QueuedJob, isKept: Bool) {
        // What the rules decided needs no attempt to be true.
        if !isKept, let verdict = job.verdict {
            self.init(job, verdict, isKept: false)
            return
        }
        let reason = job.history.lastReason
        let status: Status = isKept ? .waiting : job.history.mayBeDone ? .unknown : .failed
        let code = isKept ? reason?.code : reason?.code ?? "not-attempted"
        let detail = reason?.detail ?? (isKept ? nil : "The run ended before it was attempted, and keeps no state.")
        self.init(job, status, code, detail, isKept: isKept)
    }

    private init(_ job: QueuedJob, _ status: Status, _ reason: String?, _ detail: String?, isKept: Bool) {
        self.init(
            origin: job.origin,
            firedAt: job.firedAt,
            job: job.job,
            number: isKept ? job.number : nil,
            action: job.action,
            settings: job.settings,
            status: status,
            reason: reason,
            detail: detail
        )
    }
}

extension JobRecord.Status {
    fileprivate init(_ status: Settlement.Status) {
        switch status {
        case .delivered: self = .delivered
        case .partial: self = .partial
        case .failed: self = .failed
        case .unknown: self = .unknown
        case .suppressed: self = .suppressed
        }
    }
}
